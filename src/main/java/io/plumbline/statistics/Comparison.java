package io.plumbline.statistics;

import java.util.Optional;

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
 * @param control estimate of the control
 * @param treatment estimate of the treatment
 * @param inference how they are compared
 * @param absolute the difference of the means
 * @param relative the difference as a fraction of the absolute control mean: 0.05 is +5 %
 * @param statistic the difference in standard errors
 * @param degreesOfFreedom Satterthwaite's ν, also when the normal distribution is used
 * @param pValue p-value of the absolute effect
 * @see <a href="https://doi.org/10.1093/biomet/34.1-2.28">Welch 1947, doi:10.1093/biomet/34.1-2.28</a>
 */
public record Comparison(
        Estimate control,
        Estimate treatment,
        Inference inference,
        Effect absolute,
        Effect relative,
        double statistic,
        double degreesOfFreedom,
        double pValue) {

    /**
     * Compares two groups.
     *
     * @param control estimate of the control; without one, {@code Estimate.undefined(0, Reason.NO_CONTROL)}
     * @param treatment estimate of the treatment
     * @param inference how to compare them
     * @return the comparison; undefined parts are NaN with a reason
     */
    public static Comparison of(Estimate control, Estimate treatment, Inference inference) {
        double difference = treatment.mean() - control.mean();
        double standardError = Math.hypot(control.standardError(), treatment.standardError());
        Optional<Reason> obstacle = obstacle(control, treatment, difference, standardError);
        if (obstacle.isPresent()) {
            return undefined(control, treatment, inference, obstacle.get());
        }
        double degreesOfFreedom = satterthwaite(control, treatment, standardError);
        ReferenceDistribution reference = ReferenceDistribution.of(degreesOfFreedom, inference);
        double criticalValue = reference.criticalValue(inference);
        double statistic = difference / standardError;
        Interval interval = Interval.around(difference, criticalValue * standardError, inference.alternative());
        return new Comparison(
                control,
                treatment,
                inference,
                new Effect(difference, standardError, interval, Optional.empty()),
                RelativeEffects.of(control, treatment, criticalValue, inference),
                statistic,
                degreesOfFreedom,
                reference.pValue(statistic, inference.alternative()));
    }

    /**
     * Whether the p-value is below alpha, which is whether the absolute interval excludes 0.
     *
     * @return false if the p-value is undefined
     */
    public boolean significant() {
        return pValue < inference.alpha();
    }

    private static Optional<Reason> obstacle(
            Estimate control, Estimate treatment, double difference, double standardError) {
        if (control.reason().isPresent() || treatment.reason().isPresent()) {
            return control.reason().or(treatment::reason);
        }
        if (!Double.isFinite(difference)) {
            return Optional.of(Reason.NOT_FINITE);
        }
        return standardError == 0 ? Optional.of(Reason.ZERO_VARIANCE) : Optional.empty();
    }

    private static Comparison undefined(Estimate control, Estimate treatment, Inference inference, Reason reason) {
        double subtracted = treatment.mean() - control.mean();
        double difference = Double.isFinite(subtracted) ? subtracted : Double.NaN;
        return new Comparison(
                control,
                treatment,
                inference,
                Effect.withoutInterval(difference, Double.NaN, reason),
                RelativeEffects.withoutInterval(control, difference, reason),
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    /** Satterthwaite's ν from the shares of the variance, so that no variance is squared out of the range of a double. */
    private static double satterthwaite(Estimate control, Estimate treatment, double standardError) {
        double controlShare = square(control.standardError() / standardError);
        double treatmentShare = square(treatment.standardError() / standardError);
        return 1 / (square(controlShare) / (control.n() - 1) + square(treatmentShare) / (treatment.n() - 1));
    }

    private static double square(double value) {
        return value * value;
    }
}
