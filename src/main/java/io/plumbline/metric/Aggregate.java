package io.plumbline.metric;

/** What a component adds up for one unit and day. Each is additive over days and over parts of a day. */
public enum Aggregate {
    /** Rows that pass the filters, whatever their columns hold. */
    ROWS,
    /** Sum of the value; nulls, NaN and infinities are skipped. */
    SUM,
    /** Number of values that are neither null, NaN nor infinite. */
    VALUES
}
