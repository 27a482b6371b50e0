package io.plumbline.statistics;

import java.util.Locale;

/**
 * Why a number is undefined. An undefined number is NaN here and NULL in a table, never 0, and its reason is stored beside it.
 */
public enum Reason {

    /** The group holds no unit, so that not even its mean is defined. */
    NO_UNITS,

    /** The group holds a single unit: its mean is defined, its variance is not. */
    TOO_FEW_UNITS,

    /** The denominators of the group add up to zero, so that its ratio is undefined. */
    ZERO_DENOMINATOR,

    /** Neither group varies, so that the effect has no standard error to be measured by. */
    ZERO_VARIANCE,

    /** The control mean is zero, so that nothing can be expressed relative to it. */
    ZERO_CONTROL_MEAN,

    /** The control mean is not distinguishable from zero, so that the set of plausible relative effects is unbounded. */
    UNBOUNDED_RELATIVE_INTERVAL,

    /** There is no control to compare with. */
    NO_CONTROL,

    /** The inputs are infinite or NaN, or so large or so small that a result leaves the range of a double. */
    NOT_FINITE,

    /** Only one group has a planned weight above zero, so that there is no split to check. */
    SINGLE_GROUP,

    /** The rows around a percentile are all equal, so that its interval has no width to measure precision by. */
    EQUAL_VALUES,

    /** Fewer than five units of a group have an event, or lack it, so that the normal approximation of their share is doubtful. */
    SMALL_CELL;

    /**
     * The stable machine-readable form, for example {@code too_few_units}.
     *
     * @return the name in snake case
     */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
