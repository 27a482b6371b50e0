package io.plumbline.definition;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.CountDistinctMetric;
import io.plumbline.metric.CountMetric;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.MeanMetric;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricInfo;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.OneValueMetric;
import io.plumbline.metric.PercentileMetric;
import io.plumbline.metric.Population;
import io.plumbline.metric.RatioMetric;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Selection;
import io.plumbline.metric.SumMetric;
import io.plumbline.metric.UnitCountMetric;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a metric whose keys have been checked. */
final class MetricReader {

    private final OptionReader options;
    private final FilterReader filters;
    private final UnitCountRule unitCounts;
    private final RatioSideReader sides;
    private final RetentionReader retentions;
    private final FunnelReader funnels;

    MetricReader(Checker checker, Map<String, MetricSource> sources) {
        this.options = new OptionReader(checker);
        this.filters = new FilterReader(checker);
        this.unitCounts = new UnitCountRule(checker);
        this.retentions = new RetentionReader(checker, filters);
        this.sides = new RatioSideReader(options, filters, unitCounts);
        this.funnels = new FunnelReader(checker, filters, sources);
    }

    /** The metric; empty, with problems reported, when its options contradict each other. */
    Optional<Metric> read(Fields metric) {
        return switch (metric.text("type")) {
            case "count" -> Optional.of(count(metric));
            case "sum" -> Optional.of(sum(metric));
            case "mean" -> Optional.of(mean(metric));
            case "count_distinct" -> Optional.of(countDistinct(metric));
            case "min", "max", "first_value", "latest_value" -> Optional.of(oneValue(metric));
            case "unit_count" -> unitCount(metric);
            case "retention" -> retentions.read(metric, about(metric)).map(found -> found);
            case "percentile" -> Optional.of(percentile(metric));
            case "funnel" -> funnels.read(metric, about(metric), window(metric));
            default -> ratio(metric);
        };
    }

    private Metric count(Fields metric) {
        return new CountMetric(
                about(metric),
                rows(metric),
                window(metric),
                options.threshold(metric),
                options.winsorization(metric),
                metric.number("cap"),
                options.logarithm(metric));
    }

    private Metric sum(Fields metric) {
        return new SumMetric(
                about(metric),
                rows(metric),
                metric.text("value"),
                window(metric),
                options.threshold(metric),
                options.winsorization(metric),
                metric.number("cap"),
                options.logarithm(metric));
    }

    private Metric mean(Fields metric) {
        return new MeanMetric(
                about(metric),
                rows(metric),
                metric.text("value"),
                window(metric),
                sideWinsorization(metric, "numerator"),
                sideWinsorization(metric, "denominator"));
    }

    private Metric countDistinct(Fields metric) {
        return new CountDistinctMetric(
                about(metric),
                rows(metric),
                metric.text("value"),
                OptionReader.counting(metric),
                window(metric),
                options.threshold(metric),
                options.winsorization(metric));
    }

    private Metric oneValue(Fields metric) {
        OneValueMetric.Pick pick = OneValueMetric.Pick.of(metric.text("type"));
        return new OneValueMetric(
                about(metric),
                rows(metric),
                metric.text("value"),
                pick,
                OptionReader.population(metric, pick.population()),
                window(metric),
                options.threshold(metric),
                options.winsorization(metric));
    }

    private Metric percentile(Fields metric) {
        double probability = metric.number("percentile").orElseThrow();
        return new PercentileMetric(
                about(metric), rows(metric), metric.text("value"), new Rollup.Percentile(probability), window(metric));
    }

    private Optional<Metric> unitCount(Fields metric) {
        UnitCountMetric.Mode mode = UnitCountRule.mode(metric);
        Selection rows = rows(metric);
        return unitCounts
                .window(metric, mode, options.window(metric))
                .map(window -> new UnitCountMetric(about(metric), rows, mode, window));
    }

    private Optional<Metric> ratio(Fields metric) {
        Optional<CohortWindow> window = options.window(metric);
        Optional<UnitValue> numerator = metric.fields("numerator").flatMap(side -> sides.read(side, window));
        Optional<UnitValue> denominator = metric.fields("denominator").flatMap(side -> sides.read(side, window));
        String policy = metric.optional("denominator_policy").orElse("participating");
        return numerator.flatMap(upper -> denominator.map(lower ->
                new RatioMetric(about(metric), upper, lower, Population.valueOf(policy.toUpperCase(Locale.ROOT)))));
    }

    private Optional<Winsorization> sideWinsorization(Fields metric, String side) {
        return metric.fields(side).flatMap(options::winsorization);
    }

    private CohortWindow window(Fields metric) {
        return options.window(metric).orElse(CohortWindow.ALL);
    }

    private Selection rows(Fields metric) {
        return new Selection(metric.text("source"), filters.filters(metric, "filters"));
    }

    private static MetricInfo about(Fields metric) {
        String change = metric.optional("desired_change").orElse("none");
        return new MetricInfo(
                metric.info(), DesiredChange.valueOf(change.toUpperCase(Locale.ROOT)), metric.texts("breakdowns"));
    }
}
