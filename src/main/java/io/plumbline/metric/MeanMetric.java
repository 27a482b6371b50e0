package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * Average of the non-null values: Σ values ÷ Σ number of values, over units that have at least one.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param value SQL expression over one row
 * @param window which rows and units count
 * @param numeratorWinsorization limits extreme sums
 * @param denominatorWinsorization limits extreme numbers of values
 */
public record MeanMetric(
        MetricInfo about,
        Selection rows,
        String value,
        CohortWindow window,
        Optional<Winsorization> numeratorWinsorization,
        Optional<Winsorization> denominatorWinsorization)
        implements Metric {

    @Override
    public List<Measure> measures() {
        UnitValue sum = side(Component.sum(rows, value), numeratorWinsorization);
        UnitValue number = side(Component.values(rows, value), denominatorWinsorization);
        return List.of(Measure.ratio(sum, number, Population.PARTICIPATING));
    }

    private UnitValue side(Component component, Optional<Winsorization> winsorization) {
        return new UnitValue(List.of(component), Rollup.Plain.TOTAL, window, Optional.empty(), winsorization);
    }

    @Override
    public String type() {
        return "mean";
    }
}
