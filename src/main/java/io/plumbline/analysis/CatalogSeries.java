package io.plumbline.analysis;

import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.Rollup;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.summary.CatalogTotal;
import io.plumbline.summary.FunnelDay;
import io.plumbline.summary.Slice;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Daily values of metrics over the whole population: rows for counts, sums for sums, pairs of unit and value for numbers of
 * distinct values, the least and the greatest value for minima and maxima, the average of the units' values for first and
 * latest values, daily active units for unit counts (those whose latest row of the day passes, where the latest row
 * decides), the quotient for means and ratios, for funnels the
 * units that started on the day and converted, also later, divided by those that started, and the number of values for
 * percentiles, whose own value comes from the values themselves. A side of a ratio is the sum of the units' values of the day whatever
 * its type, as it is in an experiment. Windows, thresholds and winsorization speak of exposed units and play no part.
 */
public final class CatalogSeries {

    private record Cell(LocalDate day, Slice slice) {}

    private final Map<String, Map<Cell, CatalogTotal>> bySource;
    private final Map<String, List<FunnelDay>> funnels;

    private CatalogSeries(Map<String, List<CatalogTotal>> totals, Map<String, List<FunnelDay>> funnels) {
        this.bySource = new HashMap<>();
        this.funnels = funnels;
        totals.forEach((source, list) -> {
            Map<Cell, CatalogTotal> cells = new HashMap<>();
            list.forEach(total -> cells.put(new Cell(total.day(), total.slice()), total));
            bySource.put(source, cells);
        });
    }

    /**
     * The values of the metrics.
     *
     * @param metrics only those of which every source is a key of the totals
     * @param totals by source, then as the source's days gave them
     * @param funnels by metric: every funnel that is among the metrics
     * @param days every day on which all of these sources were read; a day without rows has the value of no rows
     */
    public static List<CatalogValue> of(
            Collection<PlannedMetric> metrics,
            Map<String, List<CatalogTotal>> totals,
            Map<String, List<FunnelDay>> funnels,
            Collection<LocalDate> days) {
        CatalogSeries series = new CatalogSeries(totals, funnels);
        return metrics.stream()
                .filter(metric -> metric.metric().hasDailyValue())
                .flatMap(metric -> days.stream().sorted().flatMap(day -> series.values(metric, day)))
                .toList();
    }

    private Stream<CatalogValue> values(PlannedMetric metric, LocalDate day) {
        return Stream.concat(
                        Stream.of(Slice.TOP_LINE),
                        metric.dimensions().stream().flatMap(dimension -> slices(metric, day, dimension)))
                .filter(slice -> slice.isTopLine() || hasData(metric, new Cell(day, slice)))
                .map(slice -> value(metric, new Cell(day, slice)));
    }

    /** Breakdown values of a source are shared by its metrics; a metric shows those under which one of its sides has data. */
    private boolean hasData(PlannedMetric metric, Cell cell) {
        return Stream.concat(Stream.of(metric.catalogRows()), metric.components().stream())
                .anyMatch(component ->
                        found(component.component().source(), cell).units().getOrDefault(component.id(), 0L) > 0);
    }

    private Stream<Slice> slices(PlannedMetric metric, LocalDate day, String dimension) {
        return metric.metric().sources().stream()
                .flatMap(source -> bySource.getOrDefault(source, Map.of()).keySet().stream())
                .filter(cell ->
                        cell.day().equals(day) && dimension.equals(cell.slice().dimension()))
                .map(Cell::slice)
                .distinct()
                .sorted(Comparator.comparing(slice -> String.valueOf(slice.value())));
    }

    private CatalogValue value(PlannedMetric metric, Cell cell) {
        if (metric.metric() instanceof FunnelMetric) {
            Optional<FunnelDay> day = funnels.getOrDefault(metric.name(), List.of()).stream()
                    .filter(found -> cell.equals(new Cell(found.day(), found.slice())))
                    .findFirst();
            double started = day.map(FunnelDay::started).orElse(0.0);
            double converted = day.map(FunnelDay::converted).orElse(0.0);
            return value(metric, cell, converted, started, converted / started);
        }
        PlannedSide upper = metric.measure().numerator();
        boolean alone = metric.measure().denominator().isEmpty();
        double numerator = alone ? single(upper, cell) : total(upper, cell);
        double denominator =
                metric.measure().denominator().map(side -> total(side, cell)).orElse(Double.NaN);
        double value = alone ? numerator : numerator / denominator;
        return value(metric, cell, numerator, denominator, value);
    }

    private CatalogValue value(PlannedMetric metric, Cell cell, double numerator, double denominator, double value) {
        String rows = metric.catalogRows().id();
        CatalogTotal found = found(metric.catalogRows().component().source(), cell);
        return new CatalogValue(
                cell.day(),
                metric.name(),
                metric.hash(),
                cell.slice(),
                value,
                numerator,
                denominator,
                found.units().getOrDefault(rows, 0L),
                Math.round(found.totals().getOrDefault(rows, 0.0)));
    }

    /** The value of a metric that is no quotient; NaN where an average or an extreme of no unit is unknown. */
    private double single(PlannedSide side, Cell cell) {
        CatalogTotal found = found(source(side), cell);
        String id = side.total().component().id();
        return switch (side.value().component().aggregate()) {
            case MIN, MAX -> found.extremes().getOrDefault(id, Double.NaN);
            case FIRST, LATEST ->
                found.totals().getOrDefault(id, 0.0) / found.units().getOrDefault(id, 0L);
            case ROWS, SUM, VALUES, SORTED_VALUES, LATEST_RECORD, DISTINCT, DISTINCT_SKETCH, STEPS, FIRST_STEPS ->
                total(side, cell);
        };
    }

    /** Unit counts count units; every other component adds up. */
    private double total(PlannedSide side, Cell cell) {
        CatalogTotal found = found(source(side), cell);
        String id = side.total().component().id();
        return side.value().rollup() == Rollup.Plain.TOTAL || side.value().rollup() instanceof Rollup.Percentile
                ? found.totals().getOrDefault(id, 0.0)
                : found.units().getOrDefault(id, 0L);
    }

    private CatalogTotal found(String source, Cell cell) {
        return bySource.getOrDefault(source, Map.of()).getOrDefault(cell, CatalogTotal.none(cell.day(), cell.slice()));
    }

    private static String source(PlannedSide side) {
        return side.value().component().source();
    }
}
