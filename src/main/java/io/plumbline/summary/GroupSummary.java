package io.plumbline.summary;

import io.plumbline.statistics.CoMoments;
import io.plumbline.statistics.Moments;
import java.util.Optional;

/**
 * All that the analysis needs to know of the units of one group.
 *
 * @param experiment the experiment's name
 * @param metric the metric's name
 * @param step the number of the step, 0 for the metric's own number
 * @param group the group's name
 * @param slice the breakdown value, or the whole
 * @param moments of the pairs (numerator, denominator) of the analysed units; the denominator is 1 where there is none
 * @param totals sums of the same pairs, exact for whole numbers
 * @param winsorizedUnits units of which a value was limited
 * @param covered the same pairs together with covariates; empty where the metric has none
 */
public record GroupSummary(
        String experiment,
        String metric,
        int step,
        String group,
        Slice slice,
        Moments moments,
        Totals totals,
        long winsorizedUnits,
        Optional<Covered> covered) {

    /**
     * Sums over the analysed units.
     *
     * @param numerator Σ numerator
     * @param denominator Σ denominator; the number of units where there is none
     */
    public record Totals(double numerator, double denominator) {
        Totals plus(Totals other) {
            return new Totals(numerator + other.numerator, denominator + other.denominator);
        }
    }

    /**
     * Outcomes with what is known from before exposure, over all units that count: those that take no part in the metric
     * have 0 for both of the pair, so that the quotient of the sums is the same.
     *
     * @param moments of numerator, denominator (1 where there is none) and the columns of {@link CovariateColumns}
     * @param withData number of units with any value before exposure
     */
    public record Covered(CoMoments moments, long withData) {
        Covered merge(Covered other) {
            return new Covered(moments.merge(other.moments), withData + other.withData);
        }
    }

    /** The summary of both sets of units, which must be disjoint. */
    GroupSummary merge(GroupSummary other) {
        return new GroupSummary(
                experiment,
                metric,
                step,
                group,
                slice,
                moments.merge(other.moments),
                totals.plus(other.totals),
                winsorizedUnits + other.winsorizedUnits,
                merged(other));
    }

    private Optional<Covered> merged(GroupSummary other) {
        if (covered.isEmpty() || other.covered.isEmpty()) {
            return covered.or(other::covered);
        }
        return Optional.of(covered.get().merge(other.covered.get()));
    }
}
