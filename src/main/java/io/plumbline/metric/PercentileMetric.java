package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * A percentile of a value over the rows of a group, by linear interpolation: with the group's n values in order, the one
 * at position {@code (n − 1)·p} counted from 0. Every row counts alike, so that a unit with many rows counts much; values
 * that are null, NaN or infinite are skipped, and units without any value leave.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param value SQL expression over one row
 * @param percentile share of values below, between 0 and 1
 * @param window which rows and units count
 */
public record PercentileMetric(
        MetricInfo about, Selection rows, String value, Rollup.Percentile percentile, CohortWindow window)
        implements Metric {

    @Override
    public List<Measure> measures() {
        Component values = Component.of(rows, Aggregate.SORTED_VALUES, value);
        return List.of(new Measure(
                Optional.empty(),
                UnitValue.of(values, percentile, window),
                Optional.empty(),
                Population.PARTICIPATING));
    }

    @Override
    public String type() {
        return "percentile";
    }
}
