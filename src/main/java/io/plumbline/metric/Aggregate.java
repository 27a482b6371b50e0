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
    VALUES;

    /** Whether the state of some days says how much each of them had: it is a sum over rows. */
    boolean isAdditive() {
        return this == ROWS || this == SUM || this == VALUES;
    }
}
