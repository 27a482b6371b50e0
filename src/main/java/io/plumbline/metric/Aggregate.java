package io.plumbline.metric;

/**
 * What a component keeps for one unit and day. Each is a state that merges over days, over parts of a day and over leaves,
 * in any order.
 */
public enum Aggregate {
    /** Rows that pass the filters, whatever their columns hold. */
    ROWS,
    /** Sum of the value; nulls, NaN and infinities are skipped. */
    SUM,
    /** Number of values that are neither null, NaN nor infinite. */
    VALUES,
    /** Least value; nulls, NaN and infinities are skipped, here and in the three that follow. */
    MIN,
    /** Greatest value. */
    MAX,
    /** Earliest value, with its instant; of several at one instant the least. */
    FIRST,
    /** Latest value, with its instant; of several at one instant the greatest. */
    LATEST,
    /** Whether the latest row passes the component's conditions; of several at one instant any one may. */
    LATEST_RECORD,
    /** The different values, as a set; nulls, NaN and infinities are skipped. */
    DISTINCT,
    /** The different values, as a sketch of bounded size that tells their number within a known error. */
    DISTINCT_SKETCH,
    /** All values that are neither null, NaN nor infinite, in ascending order. */
    SORTED_VALUES,
    /** Times of rows with the steps of a funnel that they qualify for, per session where there are any. */
    STEPS,
    /** The same, with only the first time of step 1, for funnels of which an attempt begins there. */
    FIRST_STEPS;

    /** Whether the state of some days says how much each of them had: it is a sum over rows. */
    boolean isAdditive() {
        return this == ROWS || this == SUM || this == VALUES;
    }
}
