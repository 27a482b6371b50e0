package io.plumbline.summary;

import io.plumbline.statistics.Estimate;
import io.plumbline.statistics.PercentileInterval;

/**
 * A percentile of the rows of one group, and the values between which it lies.
 *
 * @param experiment the experiment's name
 * @param metric the metric's name
 * @param group the group's name
 * @param slice the breakdown value, or the whole
 * @param percentile of the group's values, interpolated
 * @param interval ranks of the values between which it lies
 * @param lower the value at the lower rank
 * @param upper the value at the upper rank
 */
public record PercentileSummary(
        String experiment,
        String metric,
        String group,
        Slice slice,
        double percentile,
        PercentileInterval interval,
        double lower,
        double upper) {

    /** The percentile with its standard error, over units. */
    public Estimate estimate() {
        return interval.estimate(percentile, lower, upper);
    }
}
