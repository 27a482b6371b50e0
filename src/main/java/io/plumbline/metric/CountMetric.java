package io.plumbline.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rows per unit. Rows count even where columns are null; an exposed unit without rows counts as 0.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param window which rows and units count
 * @param threshold turns the total into 1 or 0
 * @param winsorization limits extreme totals
 * @param cap limits the value of every day
 * @param log takes the logarithm of positive totals; other units leave the metric
 */
public record CountMetric(
        MetricInfo about,
        Selection rows,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization,
        OptionalDouble cap,
        Optional<Logarithm> log)
        implements Metric {

    /** A count whose days are added as they are, without logarithm. */
    public CountMetric(
            MetricInfo about,
            Selection rows,
            CohortWindow window,
            Optional<Threshold> threshold,
            Optional<Winsorization> winsorization) {
        this(about, rows, window, threshold, winsorization, OptionalDouble.empty(), Optional.empty());
    }

    @Override
    public List<Measure> measures() {
        List<Component> components = List.of(Component.rows(rows));
        return List.of(Measure.mean(
                new UnitValue(components, Rollup.Plain.TOTAL, window, threshold, winsorization, cap, log)));
    }

    @Override
    public String type() {
        return "count";
    }
}
