package io.plumbline.metric;

import java.time.Duration;
import java.util.Optional;

/**
 * The half-open span of elapsed time since exposure in which rows count: {@code t0 + from <= ts < t0 + to}. Half-open, so
 * that adjoining windows neither overlap nor leave a gap. A day is 24 hours. On sources without a time of day, whole days
 * are counted from the date of exposure.
 *
 * @param from start, zero by default
 * @param to end, exclusive; empty for no end
 * @param maturity which units count before their window has ended
 * @param bakeDays how old, in days, a unit-day has to be at the as-of day before it is read; a unit counts from the day
 *     on which its day of exposure is read
 */
public record CohortWindow(Duration from, Optional<Duration> to, Maturity maturity, int bakeDays) implements Span {

    /** From exposure, without end. */
    public static final CohortWindow ALL = new CohortWindow(Duration.ZERO, Optional.empty(), Maturity.ANY);

    public CohortWindow {
        if (from.isNegative()) {
            throw new IllegalArgumentException("from must not be negative, was " + from);
        }
        if (to.isPresent() && to.get().compareTo(from) <= 0) {
            throw new IllegalArgumentException("to must be after from, was " + from + " to " + to.get());
        }
        if (maturity == Maturity.ONLY_MATURED && to.isEmpty()) {
            throw new IllegalArgumentException("only_matured needs a window with an end");
        }
        if (bakeDays < 0) {
            throw new IllegalArgumentException("bake_days must not be negative, was " + bakeDays);
        }
    }

    /** A window whose days are read on the day itself. */
    public CohortWindow(Duration from, Optional<Duration> to, Maturity maturity) {
        this(from, to, maturity, 0);
    }

    /** The same span, read when its days are some days old. */
    public CohortWindow baked(int days) {
        return new CohortWindow(from, to, maturity, days);
    }

    /** Whether all rows from exposure on are in the span. */
    public boolean isWhole() {
        return from.isZero() && to.isEmpty();
    }

    /** The same span for all units, matured or not. */
    public CohortWindow ofAllUnits() {
        return new CohortWindow(from, to, Maturity.ANY, bakeDays);
    }

    /** Which units count before their window has ended. */
    public enum Maturity {
        /** All exposed units. */
        ANY,
        /** Only units with {@code t0 + to <= end of the last day that is read}, in the numerator and in N. */
        ONLY_MATURED
    }
}
