package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * Sum of a value per unit. Null values are skipped; an exposed unit without rows counts as 0.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param value SQL expression over one row
 * @param window which rows and units count
 * @param threshold turns the total into 1 or 0
 * @param winsorization limits extreme totals
 */
public record SumMetric(
        MetricInfo about,
        Selection rows,
        String value,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization)
        implements Metric {

    @Override
    public List<Measure> measures() {
        return List.of(Measure.mean(new UnitValue(
                List.of(Component.sum(rows, value)), Rollup.Plain.TOTAL, window, threshold, winsorization)));
    }

    @Override
    public String type() {
        return "sum";
    }
}
