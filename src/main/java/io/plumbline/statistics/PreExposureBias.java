package io.plumbline.statistics;

import io.plumbline.statistics.SampleRatio.Verdict;

/**
 * Check that the groups were alike before the treatment could have acted: the comparison of the metric itself, made on the pre-exposure
 * values. A difference there is chance, or an assignment that is not random, and is carried into the effect.
 *
 * <pre>
 * the two-sided {@link Comparison} of the covariate      warn: p &lt; 0.01
 * </pre>
 *
 * <p>Assumptions: covariates are from before the exposure of each unit. One sound experiment in a hundred warns.
 *
 * <p>Edge cases: where the comparison has no p-value the verdict is {@link Verdict#UNKNOWN}, and the comparison says why.
 *
 * @param comparison of the covariate, at alpha = 0.01
 * @param verdict what to make of it: never an alert
 * @see <a href="https://doi.org/10.1017/9781108653985">Kohavi, Tang, Xu 2020, chapter 19, doi:10.1017/9781108653985</a>
 */
public record PreExposureBias(Comparison comparison, Verdict verdict) {

    private static final double WARN_BELOW = 0.01;

    /**
     * Compares the covariate of two groups.
     *
     * @param control moments of the control's covariate, numerator and denominator
     * @param treatment moments of the treatment's covariate
     * @param inference how groups are compared; its alpha and alternative are not read
     * @return the comparison and its verdict
     */
    public static PreExposureBias of(Moments control, Moments treatment, Inference inference) {
        Comparison comparison = Comparison.of(
                Estimate.ofRatio(control),
                Estimate.ofRatio(treatment),
                inference.withAlpha(WARN_BELOW).withAlternative(Alternative.TWO_SIDED));
        if (Double.isNaN(comparison.pValue())) {
            return new PreExposureBias(comparison, Verdict.UNKNOWN);
        }
        return new PreExposureBias(comparison, comparison.significant() ? Verdict.WARN : Verdict.OK);
    }
}
