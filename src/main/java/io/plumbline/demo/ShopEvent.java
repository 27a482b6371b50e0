package io.plumbline.demo;

import java.time.Instant;
import java.util.Optional;

/**
 * A row of the event log, without what its visitor brings.
 *
 * @param session id of the session
 * @param position place in the session, from zero
 * @param at when it happened
 * @param name what happened
 * @param page where, as a path
 * @param category of the product, where there is one
 * @param revenueCents of a checkout
 * @param latencyMillis how long the page took, where there is a page
 * @param campaign the link that brought the session, where there is one
 * @param tracking how the row reaches the log
 */
record ShopEvent(
        String session,
        int position,
        Instant at,
        String name,
        String page,
        Optional<String> category,
        Optional<Long> revenueCents,
        Optional<Long> latencyMillis,
        Optional<String> campaign,
        Tracking tracking) {

    /** How a session's rows reach the log. */
    enum Tracking {
        /** On the day itself. */
        SAME_DAY,
        /** A day later: the phone was offline. */
        NEXT_DAY,
        /** On the day itself, without the visitor's id, and without exposures: cookies were refused. */
        ANONYMOUS
    }
}
