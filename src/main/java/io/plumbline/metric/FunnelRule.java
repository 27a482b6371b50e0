package io.plumbline.metric;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a unit has completed the steps of a funnel. Times are those of the unit's qualifying rows; all bounds are inclusive.
 *
 * <p>The canonical time of step 1 is the first row of step 1. The canonical time of a later step is its first row at or
 * after ({@link Order#ORDERED}) or strictly after ({@link Order#STRICT}) the canonical time of the step before, or its
 * first row of all ({@link Order#UNORDERED}). A step is completed if all steps before it are and its canonical time
 * keeps the limits. Rows of equal time have no order among themselves.
 *
 * <ul>
 *   <li>Under {@code UNORDERED} a window from step 1 reaches to both sides: a row may come before step 1. The
 *       limit after the previous canonical time is one to one side: a row before the previous canonical time always keeps it.
 *   <li>Step 1 may stand at the instant of the exposure, also under {@code STRICT}: the exposure is no row.
 * </ul>
 *
 * @param withins by step: the longest time after the previous canonical time; that of step 1 counts from exposure
 * @param order how the rows of consecutive steps must follow each other
 * @param window the longest time from the start to any step
 * @param start what the window is counted from and who is divided by
 * @param attempts which rows of step 1 may begin an attempt
 * @param session the column that all rows of an attempt must share; rows where it is null are ignored
 * @param counted what is counted of a unit
 * @param maturity whether attempts count before their window has elapsed
 */
public record FunnelRule(
        List<Optional<Duration>> withins,
        Order order,
        Optional<Duration> window,
        Start start,
        Attempts attempts,
        Optional<String> session,
        Counted counted,
        CohortWindow.Maturity maturity) {

    /** The most steps that a funnel may have. */
    public static final int MOST_STEPS = 30;

    /** How the rows of consecutive steps must follow each other. */
    public enum Order {
        /** At the same time or later: one row may complete two steps. */
        ORDERED,
        /** Later. */
        STRICT,
        /** In any order. */
        UNORDERED
    }

    /** What the window is counted from. */
    public enum Start {
        /** The canonical time of step 1; units that started are divided by. */
        FIRST_STEP,
        /** The exposure, as step 0; all exposed units are divided by. */
        EXPOSURE
    }

    /** Which rows of step 1 may begin an attempt. */
    public enum Attempts {
        /** The first row only: an abandoned attempt is not tried again. */
        FIRST,
        /** Every row; the attempt that gets furthest is kept, the earliest of several. */
        BEST
    }

    /** What is counted of a unit. */
    public enum Counted {
        /** The unit, with its furthest session, the earliest of several. */
        UNITS,
        /** Its sessions. */
        SESSIONS
    }

    public FunnelRule {
        withins = List.copyOf(withins);
        if (withins.isEmpty() || withins.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a funnel has 1 to " + MOST_STEPS + " steps, not " + withins.size());
        }
        if (maturity == CohortWindow.Maturity.ONLY_MATURED && window.isEmpty()) {
            throw new IllegalArgumentException("only_matured needs a window");
        }
        if (counted == Counted.SESSIONS && (session.isEmpty() || start == Start.EXPOSURE)) {
            throw new IllegalArgumentException("sessions are counted from their own first step");
        }
        if (start == Start.FIRST_STEP && withins.get(0).isPresent()) {
            throw new IllegalArgumentException("the first step has no step before it");
        }
    }

    /** The number of steps. */
    public int steps() {
        return withins.size();
    }

    /**
     * The same rule for units that were never exposed, as the catalog series sees them: the window begins with step 1,
     * and no attempt is left out because its window is still open.
     */
    public FunnelRule ofAnyUnit() {
        List<Optional<Duration>> later = new ArrayList<>(withins);
        later.set(0, Optional.empty());
        return new FunnelRule(
                later, order, window, Start.FIRST_STEP, attempts, session, counted, CohortWindow.Maturity.ANY);
    }

    /**
     * Whether only the first row of step 1 of a stretch of time can matter. Not so where every row of step 1 begins an
     * attempt.
     */
    public boolean needsFirstStartOnly() {
        return attempts == Attempts.FIRST;
    }
}
