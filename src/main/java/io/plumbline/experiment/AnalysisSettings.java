package io.plumbline.experiment;

import io.plumbline.statistics.Alternative;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.PowerTarget;
import io.plumbline.statistics.Prior;
import io.plumbline.statistics.RelativeInterval;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an experiment's groups are compared.
 *
 * @param alpha probability of a false alarm that is accepted, in (0, 1)
 * @param alternative what the tests look for
 * @param relativeInterval how the interval of the relative effect is made
 * @param plannedUnits units of two compared groups together at which always-valid intervals are narrowest; empty when the
 *     experiment has none
 * @param correction how p-values of several comparisons are corrected; empty for not at all
 * @param prior what is believed of relative effects before the experiment
 * @param power probability with which the smallest detectable effect is found
 * @param preExposure what is known of units from before, to make results more precise; empty for results without covariates
 */
public record AnalysisSettings(
        double alpha,
        Alternative alternative,
        RelativeInterval relativeInterval,
        OptionalLong plannedUnits,
        Optional<MultipleComparisons> correction,
        Prior prior,
        double power,
        Optional<PreExposure> preExposure) {

    /** Planned units of sequential experiments that name none. */
    public static final long DEFAULT_PLANNED_UNITS = 10_000;

    /** The power of experiments that name none. */
    public static final double DEFAULT_POWER = 0.8;

    public AnalysisSettings {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must lie between 0 and 1, was " + alpha);
        }
    }

    /** Two-sided comparisons with Fieller's interval, and nothing else. */
    public static AnalysisSettings of(double alpha) {
        return new AnalysisSettings(
                alpha,
                Alternative.TWO_SIDED,
                RelativeInterval.FIELLER,
                OptionalLong.empty(),
                Optional.empty(),
                Prior.FLAT,
                DEFAULT_POWER,
                Optional.empty());
    }

    /** What a single comparison needs to know. */
    public Inference inference() {
        return Inference.STANDARD.withAlpha(alpha).withAlternative(alternative).withRelativeInterval(relativeInterval);
    }

    /** What the smallest detectable effect is asked for. */
    public PowerTarget powerTarget() {
        return new PowerTarget(power, inference());
    }
}
