package io.plumbline.summary;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;

import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.Moments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Summarises unit values by experiment, metric, group and breakdown value.
 *
 * @param groups the summaries
 * @param percentiles what the percentiles of the same groups need beside their summaries
 * @param bounds winsorization bounds by experiment and metric
 */
public record Summaries(
        List<GroupSummary> groups, List<PercentileSummary> percentiles, Map<String, Map<String, MetricBounds>> bounds) {

    /** Of no experiment at all. */
    public static final Summaries NONE = new Summaries(List.of(), List.of(), Map.of());

    private record Key(String experiment, String metric, int step, String group, Slice slice) {}

    /** The bounds of a metric in an experiment. */
    public MetricBounds bounds(String experiment, String metric) {
        return bounds.getOrDefault(experiment, Map.of()).getOrDefault(metric, MetricBounds.NONE);
    }

    /**
     * Summaries of the experiments.
     *
     * @param values one row per experiment, unit and breakdown value, partitioned by unit; read once, and again where there
     *     is winsorization or a percentile
     * @param relativeError rank error of winsorization bounds
     */
    public static Summaries of(Dataset<Row> values, List<PlannedExperiment> experiments, double relativeError) {
        Map<String, Map<String, MetricBounds>> bounds = Winsorizing.bounds(values, experiments, relativeError);
        SummaryKernel kernel = kernel(values.schema(), experiments, bounds);
        List<Row> parts = values.sortWithinPartitions(UNIT_ID, EXPERIMENT, DIMENSION, DIMENSION_VALUE)
                .mapPartitions(kernel, Encoders.row(SummaryKernel.SCHEMA))
                .collectAsList();
        Map<Key, GroupSummary> merged = new LinkedHashMap<>();
        parts.stream().map(Summaries::group).forEach(g -> merged.merge(key(g), g, GroupSummary::merge));
        return new Summaries(
                Imputation.complete(List.copyOf(merged.values()), experiments, bounds),
                Percentiles.of(values, experiments),
                bounds);
    }

    private static SummaryKernel kernel(
            StructType schema, List<PlannedExperiment> experiments, Map<String, Map<String, MetricBounds>> bounds) {
        Map<String, SummaryKernel.Reading> readings = new LinkedHashMap<>();
        for (PlannedExperiment experiment : experiments) {
            List<Cell> cells = new ArrayList<>();
            for (PlannedMetric metric : experiment.metrics()) {
                MetricBounds limits =
                        bounds.getOrDefault(experiment.name(), Map.of()).getOrDefault(metric.name(), MetricBounds.NONE);
                List<String> dimensions = experiment.columnDimensions(metric);
                metric.measures().forEach(measure -> cells.add(Cell.of(metric, measure, dimensions, schema, limits)));
            }
            Map<String, Integer> properties = new LinkedHashMap<>();
            experiment
                    .experiment()
                    .breakdowns()
                    .forEach(name -> properties.put(name, schema.fieldIndex(PROPERTY + name)));
            readings.put(experiment.name(), new SummaryKernel.Reading(cells, properties));
        }
        return new SummaryKernel(readings, schema);
    }

    private static Key key(GroupSummary summary) {
        return new Key(summary.experiment(), summary.metric(), summary.step(), summary.group(), summary.slice());
    }

    private static GroupSummary group(Row row) {
        Moments moments = new Moments(
                row.<Long>getAs("n"),
                row.<Double>getAs("mean_x"),
                row.<Double>getAs("mean_y"),
                row.<Double>getAs("m2_x"),
                row.<Double>getAs("m2_y"),
                row.<Double>getAs("c_xy"));
        return new GroupSummary(
                row.getAs("experiment"),
                row.getAs("metric"),
                row.<Integer>getAs("step"),
                row.getAs("group_name"),
                new Slice(row.getAs("dimension"), row.getAs("dimension_value")),
                moments,
                new GroupSummary.Totals(row.<Double>getAs("total_x"), row.<Double>getAs("total_y")),
                row.<Long>getAs("winsorized_units"));
    }
}
