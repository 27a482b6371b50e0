package io.plumbline.statistics;

/**
 * What is known of a metric before an experiment, from its history or from a control group.
 *
 * @param mean mean of the unit values, or the ratio
 * @param variance variance of the unit values (for a ratio, n times the variance of the ratio), after any adjustment by covariates
 */
public record Baseline(double mean, double variance) {

    /**
     * The baseline that a group shows.
     *
     * @param group estimate of the group
     * @return its unadjusted mean, which relative effects divide by, and its adjusted variance; NaN where they are undefined
     */
    public static Baseline of(AdjustedEstimate group) {
        return new Baseline(group.unadjusted().mean(), group.adjusted().variance());
    }
}
