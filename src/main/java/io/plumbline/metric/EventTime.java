package io.plumbline.metric;

import java.util.Optional;

/**
 * How a source tells when a row happened.
 *
 * @param column the timestamp column, of the source or of its named expressions
 * @param precision whether the column has a time of day
 * @param partition the partition column that prunes, when there is one
 */
public record EventTime(String column, Precision precision, Optional<DatePartition> partition) {

    /** Whether a row is known to the instant or only to the day. */
    public enum Precision {
        /** The timestamp orders rows within a day; exposure and window edges are exact. */
        INSTANT,
        /** Only the local date counts: the day of exposure is counted whole. */
        DAY
    }
}
