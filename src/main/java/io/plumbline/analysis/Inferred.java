package io.plumbline.analysis;

import io.plumbline.statistics.AlwaysValidComparison;
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Effect;
import io.plumbline.statistics.Posterior;
import java.util.Optional;

/**
 * All that is concluded from a treatment and its control.
 *
 * @param alpha the accepted rate of false alarms of the experiment
 * @param comparison effects, intervals and p-value; intervals allow for several comparisons where the experiment asks for it
 * @param adjustedPValue the p-value after the correction for several comparisons; NaN without one
 * @param alwaysValid intervals and p-value that hold at every look; empty where the experiment has none
 * @param posterior what is believed after the experiment
 * @param dailyImpact the effect times the treatment's units, per day of the experiment
 * @param minimumDetectableEffect the smallest relative effect that would have been found with the experiment's power; NaN
 *     if it is undefined
 */
public record Inferred(
        double alpha,
        Comparison comparison,
        double adjustedPValue,
        Optional<AlwaysValidComparison> alwaysValid,
        Posterior posterior,
        Effect dailyImpact,
        double minimumDetectableEffect) {

    /** Whether the treatment differs, after the correction for several comparisons where there is one. */
    public boolean significant() {
        return Double.isNaN(adjustedPValue) ? comparison.pValue() < alpha : adjustedPValue < alpha;
    }
}
