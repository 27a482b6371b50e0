package io.plumbline.metric;

/** Comparisons that a filter can make, with the number of values each takes. */
public enum FilterOp {
    IN(1, Integer.MAX_VALUE),
    NOT_IN(1, Integer.MAX_VALUE),
    EQ(1, 1),
    NE(1, 1),
    GT(1, 1),
    GTE(1, 1),
    LT(1, 1),
    LTE(1, 1),
    BETWEEN(2, 2),
    IS_NULL(0, 0),
    NOT_NULL(0, 0),
    CONTAINS(1, Integer.MAX_VALUE),
    NOT_CONTAINS(1, Integer.MAX_VALUE),
    STARTS_WITH(1, Integer.MAX_VALUE),
    ENDS_WITH(1, Integer.MAX_VALUE),
    IS_TRUE(0, 0),
    IS_FALSE(0, 0);

    private final int minValues;
    private final int maxValues;

    FilterOp(int minValues, int maxValues) {
        this.minValues = minValues;
        this.maxValues = maxValues;
    }

    /** The fewest values that the operator takes. */
    public int minValues() {
        return minValues;
    }

    /** The most values that the operator takes; with several, any one that matches is enough. */
    public int maxValues() {
        return maxValues;
    }
}
