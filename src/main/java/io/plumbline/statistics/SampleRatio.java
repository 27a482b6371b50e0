package io.plumbline.statistics;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;

/**
 * Check of the observed split of units against the planned weights (sample ratio mismatch). A mismatch says that assignment or logging
 * is broken, and that the results of the experiment cannot be trusted.
 *
 * <pre>
 * planned_i = N·weight_i/Σweight      χ² = Σ(units_i − planned_i)²/planned_i, k − 1 degrees of freedom
 * deviation_i = 100·(units_i/N − weight_i/Σweight) percentage points
 * alert: p &lt; 0.001 and |deviation| ≥ 0.1 in some group      warn: p &lt; 0.01
 * </pre>
 *
 * <p>Assumptions: units are assigned independently, and enough of them (5 planned per group) for χ² to hold. No continuity correction.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>groups of weight 0 are left out, their units too;
 *   <li>no group above 0, or one: all numbers NaN, {@link Reason#SINGLE_GROUP}, verdict {@link Verdict#UNKNOWN};
 *   <li>no units: all numbers NaN, {@link Reason#NO_UNITS}, verdict {@link Verdict#UNKNOWN};
 *   <li>weights so far apart that χ² leaves the range of a double: {@link Reason#NOT_FINITE}, verdict {@link Verdict#UNKNOWN};
 *   <li>p &lt; 0.001 with every deviation below 0.1 percentage points, as in very large experiments: warn.
 * </ul>
 *
 * @param units number of units in groups of positive weight
 * @param statistic χ²
 * @param degreesOfFreedom groups of positive weight, less 1; 0 if there is none
 * @param pValue probability of a split at least this uneven under the planned weights
 * @param largestDeviation largest absolute deviation of a group's share, in percentage points
 * @param verdict what to make of it
 * @param reason why the numbers are undefined; empty if they are defined
 * @see <a href="https://doi.org/10.1145/3292500.3330722">Fabijan et al. 2019, doi:10.1145/3292500.3330722</a>
 */
public record SampleRatio(
        long units,
        double statistic,
        int degreesOfFreedom,
        double pValue,
        double largestDeviation,
        Verdict verdict,
        Optional<Reason> reason) {

    private static final double ALERT_BELOW = 0.001;
    private static final double ALERT_FROM_PERCENTAGE_POINTS = 0.1;
    private static final double WARN_BELOW = 0.01;

    /** What a check of the split says. */
    public enum Verdict {
        /** The split agrees with the plan. */
        OK,
        /** The split is suspicious. */
        WARN,
        /** The split is broken. */
        ALERT,
        /** There is nothing to check. */
        UNKNOWN
    }

    /**
     * Checks a split.
     *
     * @param counts the groups, each once, in any order
     * @return the check
     */
    public static SampleRatio of(List<GroupCount> counts) {
        List<GroupCount> planned =
                counts.stream().filter(count -> count.weight() > 0).toList();
        long units = planned.stream().mapToLong(GroupCount::units).reduce(0, Math::addExact);
        int degreesOfFreedom = Math.max(planned.size() - 1, 0);
        if (degreesOfFreedom == 0) {
            return undefined(units, degreesOfFreedom, Reason.SINGLE_GROUP);
        }
        if (units == 0) {
            return undefined(units, degreesOfFreedom, Reason.NO_UNITS);
        }
        double weights = planned.stream().mapToDouble(GroupCount::weight).sum();
        double statistic = 0;
        double largestDeviation = 0;
        for (GroupCount count : planned) {
            double share = count.weight() / weights;
            double difference = count.units() - units * share;
            statistic += difference / (units * share) * difference;
            largestDeviation = Math.max(largestDeviation, 100 * Math.abs(difference) / units);
        }
        if (!Double.isFinite(statistic)) {
            return undefined(units, degreesOfFreedom, Reason.NOT_FINITE);
        }
        double pValue = Gamma.regularizedGammaQ(degreesOfFreedom / 2.0, statistic / 2);
        Verdict verdict = verdict(pValue, largestDeviation);
        return new SampleRatio(units, statistic, degreesOfFreedom, pValue, largestDeviation, verdict, Optional.empty());
    }

    /** The same check with the verdict that another p-value leads to, such as one adjusted for the number of checks. */
    SampleRatio judgedBy(double adjustedPValue) {
        return reason.isPresent()
                ? this
                : new SampleRatio(
                        units,
                        statistic,
                        degreesOfFreedom,
                        pValue,
                        largestDeviation,
                        verdict(adjustedPValue, largestDeviation),
                        reason);
    }

    private static Verdict verdict(double pValue, double largestDeviation) {
        if (pValue < ALERT_BELOW && largestDeviation >= ALERT_FROM_PERCENTAGE_POINTS) {
            return Verdict.ALERT;
        }
        return pValue < WARN_BELOW ? Verdict.WARN : Verdict.OK;
    }

    /** A split of which nothing but its size is known. */
    static SampleRatio undefined(long units, int degreesOfFreedom, Reason reason) {
        return new SampleRatio(
                units, Double.NaN, degreesOfFreedom, Double.NaN, Double.NaN, Verdict.UNKNOWN, Optional.of(reason));
    }
}
