package io.plumbline.statistics;

import java.util.Optional;

/**
 * The relative effect of a treatment and its interval.
 *
 * <pre>
 * value = Δ / |meanC|, Δ = difference of the adjusted means      z = critical value of the absolute interval
 * β = slope of the control's adjusted mean on its unadjusted mean meanC, 1 without adjustment
 * R = (Δ + β·meanC) / meanC, which is meanT / meanC without adjustment
 * free = variance of Δ that is independent of meanC, var_t without adjustment
 * standard error = √(free + R²·var_c) / |meanC|
 *
 * delta     value ± z · standard error
 * Fieller   g = z²·var_c / meanC²
 *           (value ± β·g)/(1 − g) ± (z/|meanC|)·√(R²·var_c + (1 − g)·free)/(1 − g), first sign that of meanC
 * </pre>
 *
 * <p>Fieller's bounds are those of R, less 1, rearranged so that a small effect is not the difference of two numbers near 1.
 *
 * <p>Dividing by |meanC| keeps the sign of the absolute effect when the control mean is negative: from −2 to −1 is +50 %, as is from +2
 * to +3. The interval is then the mirror image of the one for the negated values.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>control mean of zero: all NaN, {@link Reason#ZERO_CONTROL_MEAN};
 *   <li>g of 1 or more: the value is defined, the interval NaN, {@link Reason#UNBOUNDED_RELATIVE_INTERVAL};
 *   <li>no interval of the absolute effect: the value is defined if both means are, the interval is NaN for the same reason;
 *   <li>a quotient too large for a double: {@link Reason#NOT_FINITE}.
 * </ul>
 *
 * @see <a href="https://arxiv.org/abs/0710.2024">Franz 2007, arXiv:0710.2024</a>
 */
final class RelativeEffects {

    private RelativeEffects() {}

    /** The value alone, for groups whose absolute effect has no interval. */
    static Effect withoutInterval(Estimate control, double difference, Reason reason) {
        if (control.mean() == 0) {
            return Effect.withoutInterval(Double.NaN, Double.NaN, Reason.ZERO_CONTROL_MEAN);
        }
        return Effect.withoutInterval(difference / Math.abs(control.mean()), Double.NaN, reason);
    }

    /** Value and interval, for groups whose means and standard errors are all defined. */
    static Effect of(AdjustedEstimate control, Estimate treatment, double criticalValue, Inference inference) {
        double controlMean = control.unadjusted().mean();
        double controlError = control.unadjusted().standardError();
        double scale = Math.abs(controlMean);
        if (scale == 0) {
            return Effect.withoutInterval(Double.NaN, Double.NaN, Reason.ZERO_CONTROL_MEAN);
        }
        double value = (treatment.mean() - control.adjusted().mean()) / scale;
        double level = treatment.mean()
                + (control.slope() * controlMean - control.adjusted().mean());
        double controlPart = level / scale * (controlError / scale);
        double freePart = Math.hypot(treatment.standardError(), control.residualStandardError()) / scale;
        double standardError = Math.hypot(controlPart, freePart);
        if (!Double.isFinite(value) || !Double.isFinite(standardError)) {
            return Effect.withoutInterval(Double.NaN, Double.NaN, Reason.NOT_FINITE);
        }
        double centre = value;
        double halfWidth = criticalValue * standardError;
        if (inference.relativeInterval() == RelativeInterval.FIELLER) {
            double controlNoise = criticalValue * controlError / scale;
            double g = controlNoise * controlNoise;
            if (g >= 1) {
                return Effect.withoutInterval(value, standardError, Reason.UNBOUNDED_RELATIVE_INTERVAL);
            }
            centre = (value + Math.signum(controlMean) * control.slope() * g) / (1 - g);
            halfWidth = criticalValue * Math.hypot(controlPart, Math.sqrt(1 - g) * freePart) / (1 - g);
        }
        Interval interval = Interval.around(centre, halfWidth, inference.alternative());
        return new Effect(value, standardError, interval, Optional.empty());
    }
}
