package io.plumbline.metric;

/** How the unit-days of a component become one value per unit. */
public enum Rollup {
    /** Their sum. */
    TOTAL,
    /** 1 if there is any row, else 0. */
    ANY,
    /** Days with a row, divided by the days since exposure, the day of exposure included. */
    ACTIVE_DAY_SHARE
}
