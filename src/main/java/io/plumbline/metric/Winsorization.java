package io.plumbline.metric;

import java.util.OptionalDouble;

/**
 * Sets unit totals outside two quantiles to the quantile. The quantiles are those of the unit totals at the as-of day,
 * pooled over all groups of the experiment; per group they would bias the effect.
 *
 * @param lower probability of the lower bound
 * @param upper probability of the upper bound
 * @param population whose totals the quantiles are taken from, and who may be changed
 */
public record Winsorization(OptionalDouble lower, OptionalDouble upper, Population population) {

    public Winsorization {
        double low = lower.orElse(0);
        double high = upper.orElse(1);
        if (!(low >= 0 && low < high && high <= 1)) {
            throw new IllegalArgumentException(
                    "bounds must satisfy 0 <= lower < upper <= 1, were " + low + " and " + high);
        }
        if (lower.isEmpty() && upper.isEmpty()) {
            throw new IllegalArgumentException("give lower, upper or both");
        }
    }

    /** Whose totals the quantiles are taken from, and who may be changed. */
    public enum Population {
        /** Units with a non-zero total; for means and ratios, non-zero on both sides. Zeros stay zero. */
        NONZERO,
        /** All analysed units. */
        ALL
    }
}
