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
    /** Times of rows with the steps of a funnel that they qualify for, per session where there are any. */
    STEPS,
    /** The same, with only the first time of step 1, for funnels of which an attempt begins there. */
    FIRST_STEPS
}
