package io.plumbline.statistics;

import java.util.List;

/**
 * A treatment compared with its control: is the difference of their means more than chance, how large is it, absolutely and relative to
 * the control?
 *
 * <pre>
 * Δ = meanT − meanC      se = √(var_t + var_c)      statistic = Δ / se      with var = variance / n of each group
 * ν = (var_t + var_c)² / (var_t²/(n_t − 1) + var_c²/(n_c − 1))
 * interval = Δ ± q·se, q from Student's t with ν degrees of freedom, or from the normal once ν reaches {@link Inference#normalFrom}
 * relative = Δ / |meanC|, interval by Fieller's theorem or the delta method with the same q
 * </pre>
 *
 * <p>Where pre-exposure covariates adjust the means, Δ and its variance are those of the adjusted means, and meanC is the control's mean
 * before adjustment; see {@link AdjustedEstimate}.
 *
 * <p>Assumptions: no unit is in both groups, units are independent, and the means are close to normal. Variances need not be equal.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>a group without a mean: every number is NaN, with the group's reason (the control's first);
 *   <li>a group of one unit: both effects have values; standard error, interval and p-value are NaN, {@link Reason#TOO_FEW_UNITS};
 *   <li>one group that does not vary: Welch's test as usual, with the degrees of freedom of the other group;
 *   <li>neither group varies: the values are defined, all else is NaN, {@link Reason#ZERO_VARIANCE}, equal means or not;
 *   <li>means too far apart for a double: every number is NaN, {@link Reason#NOT_FINITE};
 *   <li>control mean of zero: the absolute effect is complete, the relative one is NaN, {@link Reason#ZERO_CONTROL_MEAN};
 *   <li>control mean too noisy for Fieller: only the relative interval is NaN, {@link Reason#UNBOUNDED_RELATIVE_INTERVAL};
 *   <li>negative control mean: the relative effect keeps the sign of the absolute one;
 *   <li>one-sided alternative: the open side of both intervals is infinite, see {@link Alternative}.
 * </ul>
 *
 * @param control estimate of the control, with and without adjustment
 * @param treatment estimate of the treatment, likewise
 * @param inference how they are compared
 * @param absolute the difference of the means
 * @param relative the difference as a fraction of the absolute control mean: 0.05 is +5 %
 * @param statistic the difference in standard errors
 * @param degreesOfFreedom Satterthwaite's ν, also when the normal distribution is used
 * @param pValue p-value of the absolute effect
 * @see <a href="https://doi.org/10.1093/biomet/34.1-2.28">Welch 1947, doi:10.1093/biomet/34.1-2.28</a>
 */
public record Comparison(
        AdjustedEstimate control,
        AdjustedEstimate treatment,
        Inference inference,
        Effect absolute,
        Effect relative,
        double statistic,
        double degreesOfFreedom,
        double pValue) {

    /**
     * Compares two groups without covariates.
     *
     * @param control estimate of the control; without one, {@code Estimate.undefined(0, Reason.NO_CONTROL)}
     * @param treatment estimate of the treatment
     * @param inference how to compare them
     * @return the comparison; undefined parts are NaN with a reason
     */
    public static Comparison of(Estimate control, Estimate treatment, Inference inference) {
        return of(AdjustedEstimate.unadjusted(control), AdjustedEstimate.unadjusted(treatment), inference);
    }

    /**
     * Compares two groups whose means pre-exposure covariates may have adjusted.
     *
     * @param control estimate of the control
     * @param treatment estimate of the treatment, adjusted with the same coefficients
     * @param inference how to compare them
     * @return the comparison; undefined parts are NaN with a reason
     */
    public static Comparison of(AdjustedEstimate control, AdjustedEstimate treatment, Inference inference) {
        Contrast contrast = Contrast.of(List.of(control.adjusted()), List.of(treatment.adjusted()));
        if (contrast.obstacle().isPresent()) {
            Reason reason = contrast.obstacle().get();
            return new Comparison(
                    control,
                    treatment,
                    inference,
                    Effect.withoutInterval(contrast.value(), Double.NaN, reason),
                    RelativeEffects.withoutInterval(control.unadjusted(), contrast.value(), reason),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN);
        }
        ReferenceDistribution reference = ReferenceDistribution.of(contrast.degreesOfFreedom(), inference);
        double criticalValue = reference.criticalValue(inference);
        return new Comparison(
                control,
                treatment,
                inference,
                contrast.effect(criticalValue, inference.alternative()),
                RelativeEffects.of(control, treatment.adjusted(), criticalValue, inference),
                contrast.statistic(),
                contrast.degreesOfFreedom(),
                reference.pValue(contrast.statistic(), inference.alternative()));
    }

    /**
     * Whether the p-value is below alpha, which is whether the absolute interval excludes 0.
     *
     * @return false if the p-value is undefined
     */
    public boolean significant() {
        return pValue < inference.alpha();
    }

    /** The distance, in standard errors, from an estimate to a bound of its interval; only where there is a test. */
    double criticalValue() {
        return ReferenceDistribution.of(degreesOfFreedom, inference).criticalValue(inference);
    }
}
