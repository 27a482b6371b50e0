package io.plumbline.summary;

import io.plumbline.statistics.Moments;

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
 */
public record GroupSummary(
        String experiment,
        String metric,
        int step,
        String group,
        Slice slice,
        Moments moments,
        Totals totals,
        long winsorizedUnits) {

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
                winsorizedUnits + other.winsorizedUnits);
    }
}
