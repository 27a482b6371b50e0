package io.plumbline.metric;

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
    public UnitValue numerator() {
        return new UnitValue(
                Component.sum(rows, value), Rollup.TOTAL, window, Optional.empty(), numeratorWinsorization);
    }

    @Override
    public Optional<UnitValue> denominator() {
        return Optional.of(new UnitValue(
                Component.values(rows, value), Rollup.TOTAL, window, Optional.empty(), denominatorWinsorization));
    }

    @Override
    public String type() {
        return "mean";
    }
}
