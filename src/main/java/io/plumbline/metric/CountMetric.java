package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * Rows per unit. Rows count even where columns are null; an exposed unit without rows counts as 0.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param window which rows and units count
 * @param threshold turns the total into 1 or 0
 * @param winsorization limits extreme totals
 */
public record CountMetric(
        MetricInfo about,
        Selection rows,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization)
        implements Metric {

    @Override
    public List<Measure> measures() {
        return List.of(Measure.mean(
                new UnitValue(List.of(Component.rows(rows)), Rollup.Plain.TOTAL, window, threshold, winsorization)));
    }

    @Override
    public String type() {
        return "count";
    }
}
