package io.plumbline.metric;

/** Which exposed units count for a metric. */
public enum Population {
    /** Those that have a value: a denominator other than zero or, without denominator, any row with a value. */
    PARTICIPATING,
    /** All; a unit without rows has the value of no rows, nearly always 0. */
    ALL_UNITS,
    /** Those of which the value is known: the roll-up itself says so. A zero denominator counts, none is added. */
    KNOWN
}
