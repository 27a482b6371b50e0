package io.plumbline.statistics;

/**
 * Estimate of one group, with and without the adjustment by pre-exposure covariates.
 *
 * <pre>
 * adjusted = unadjusted − Σ θ_j·(X̄_j − E[X_j])
 * </pre>
 *
 * <p>Absolute effects are differences of adjusted means. Relative effects divide them by the unadjusted mean of the control, because that
 * is the number that the metric shows without an experiment, and because it does not move with the choice of covariates.
 *
 * <p>Edge cases: a group that is not adjusted has the same estimate twice, and its variance for covariance.
 *
 * @param adjusted the estimate to compare by
 * @param unadjusted the estimate from the outcome alone
 * @param covariance n times the covariance of the two means; NaN where a variance is
 */
public record AdjustedEstimate(Estimate adjusted, Estimate unadjusted, double covariance) {

    /**
     * A group without adjustment.
     *
     * @param estimate its estimate
     * @return the same estimate twice
     */
    public static AdjustedEstimate unadjusted(Estimate estimate) {
        return new AdjustedEstimate(estimate, estimate, estimate.variance());
    }

    /**
     * The share of the group's variance that the adjustment takes away.
     *
     * @return 0 without adjustment, negative if the variance grew, NaN if it is undefined or was 0 before
     */
    public double varianceReduction() {
        return 1 - adjusted.variance() / unadjusted.variance();
    }

    /** Slope of the regression of the adjusted on the unadjusted mean: 1 without adjustment. */
    double slope() {
        return unadjusted.variance() == 0 ? 1 : covariance / unadjusted.variance();
    }

    /** Standard error of that part of the adjusted mean which is independent of the unadjusted mean: 0 without adjustment. */
    double residualStandardError() {
        double residual = adjusted.variance() - slope() * covariance;
        return residual > 0 ? Math.sqrt(residual / adjusted.n()) : 0;
    }
}
