package io.plumbline.statistics;

/**
 * What a test looks for: the alternative to "treatment and control are equal". It decides the p-value and which sides of an interval
 * are bounded.
 */
public enum Alternative {

    /** Treatment differs from control. Both bounds of an interval are finite. */
    TWO_SIDED,

    /** Treatment is above control. The upper bound of an interval is +∞, stored as NULL. */
    GREATER,

    /** Treatment is below control. The lower bound of an interval is −∞, stored as NULL. */
    LESS
}
