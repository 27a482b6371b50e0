package io.plumbline.statistics;

import java.util.Optional;

/**
 * How surely an effect is to be seen, and by which test: relates the number of units and the smallest effect that they show.
 *
 * <pre>
 * MDE = (z_power + z)·√(variance/n_t + variance/n_c) / |mean|      z = z_{1−alpha/2}, z_{1−alpha} for a one-sided alternative
 * n_c = (z_power + z)²·variance·(1 + n_c/n_t) / (MDE·mean)²        n_t = n_c·share/(1 − share), both rounded up
 * </pre>
 *
 * <p>MDE is the relative effect that is significant with probability {@code power}.
 *
 * <p>Assumptions: the treatment has the variance of the baseline; the means are normal, so that Student's t is not used; the control mean is
 * known well compared with the effect.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>a baseline mean of zero, no variance, or numbers that are not finite: NaN; a {@link SampleSize} says why;
 *   <li>groups without units: the MDE is infinite.
 * </ul>
 *
 * @param power probability with which the smallest effect is to be significant, above alpha
 * @param inference alpha and alternative of the test
 * @see <a href="https://doi.org/10.4324/9780203771587">Cohen 1988, doi:10.4324/9780203771587</a>
 */
public record PowerTarget(double power, Inference inference) {

    /** Power 0.8 of a two-sided test at alpha = 0.05. */
    public static final PowerTarget STANDARD = new PowerTarget(0.8, Inference.STANDARD);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code power} is not above alpha and below 1
     */
    public PowerTarget {
        if (!(power > inference.alpha() && power < 1)) {
            throw new IllegalArgumentException(
                    "power is " + power + ": give a number between alpha, " + inference.alpha() + ", and 1");
        }
    }

    /**
     * The smallest relative effect that groups of a given size show.
     *
     * @param baseline mean and variance of the metric
     * @param controlUnits units of the control
     * @param treatmentUnits units of the treatment
     * @return a positive fraction: 0.05 is 5 %
     * @throws IllegalArgumentException if a number of units is negative
     */
    public double minimumDetectableEffect(Baseline baseline, long controlUnits, long treatmentUnits) {
        if (controlUnits < 0 || treatmentUnits < 0) {
            throw new IllegalArgumentException(
                    "numbers of units are " + controlUnits + " and " + treatmentUnits + ": give 0 or more");
        }
        if (obstacle(baseline).isPresent()) {
            return Double.NaN;
        }
        double standardError = Math.sqrt(baseline.variance() / treatmentUnits + baseline.variance() / controlUnits);
        return multiplier() * standardError / Math.abs(baseline.mean());
    }

    /**
     * The smallest relative effect that a comparison would have shown, from the standard error that it reached. Groups may have different
     * variances here.
     *
     * <pre>
     * MDE = (z_power + z)·se / |meanC|
     * </pre>
     *
     * @param comparison of control and treatment
     * @return a positive fraction; NaN if the absolute effect has no standard error or the control mean is zero
     */
    public double minimumDetectableEffect(Comparison comparison) {
        double controlMean = Math.abs(comparison.control().unadjusted().mean());
        double effect = multiplier() * comparison.absolute().standardError() / controlMean;
        return Double.isFinite(effect) ? effect : Double.NaN;
    }

    /**
     * The number of units that show a given effect.
     *
     * @param baseline mean and variance of the metric
     * @param relativeEffect the smallest relative effect to be seen, of either sign: 0.05 is 5 %
     * @param treatmentShare share of the units of the two groups that the treatment gets: 0.5 for equal groups
     * @return units of each group, rounded up
     * @throws IllegalArgumentException if the effect is 0 or not finite, or {@code treatmentShare} is not between 0 and 1, exclusive
     */
    public SampleSize sampleSize(Baseline baseline, double relativeEffect, double treatmentShare) {
        if (relativeEffect == 0 || !Double.isFinite(relativeEffect)) {
            throw new IllegalArgumentException("relative effect is " + relativeEffect + ": give a number such as 0.05");
        }
        if (!(treatmentShare > 0 && treatmentShare < 1)) {
            throw new IllegalArgumentException(
                    "share of the treatment is " + treatmentShare + ": give a number between 0 and 1, such as 0.5");
        }
        return obstacle(baseline).map(SampleSize::undefined).orElseGet(() -> {
            double deviations = multiplier() * Math.sqrt(baseline.variance()) / (relativeEffect * baseline.mean());
            double harmonic = deviations * deviations;
            double control = Math.ceil(harmonic / treatmentShare);
            double treatment = Math.ceil(harmonic / (1 - treatmentShare));
            return Double.isFinite(control + treatment)
                    ? new SampleSize(control, treatment, Optional.empty())
                    : SampleSize.undefined(Reason.NOT_FINITE);
        });
    }

    private double multiplier() {
        ReferenceDistribution normal = ReferenceDistribution.normal();
        return normal.criticalValue(inference) + normal.distribution().inverseCumulativeProbability(power);
    }

    private static Optional<Reason> obstacle(Baseline baseline) {
        if (!Double.isFinite(baseline.mean())
                || !(baseline.variance() >= 0 && baseline.variance() < Double.POSITIVE_INFINITY)) {
            return Optional.of(Reason.NOT_FINITE);
        }
        if (baseline.mean() == 0) {
            return Optional.of(Reason.ZERO_CONTROL_MEAN);
        }
        return baseline.variance() == 0 ? Optional.of(Reason.ZERO_VARIANCE) : Optional.empty();
    }
}
