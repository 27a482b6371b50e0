package io.plumbline.summary;

import static io.plumbline.exposure.ExposureSchema.DAY_INDEX;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;

import io.plumbline.experiment.View;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.statistics.CoMoments;
import io.plumbline.statistics.Moments;
import io.plumbline.unittotal.UnitValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

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

    /** Stands for the whole time or the as-of day, in place of a number of days since exposure. */
    public static final int NO_DAY = -1;

    private record Key(String experiment, String metric, int step, String group, Slice slice) {}

    /** The bounds of a metric in an experiment. */
    public MetricBounds bounds(String experiment, String metric) {
        return bounds.getOrDefault(experiment, Map.of()).getOrDefault(metric, MetricBounds.NONE);
    }

    /**
     * Summaries of the experiments for every value of {@code day_index}; {@link #NO_DAY} where it is null. Winsorization
     * bounds are those of all days together, so that the days can be compared.
     *
     * @param values in the same order however often the same data are computed, because units are added up in it; read
     *     once, and again where there is winsorization or a percentile
     * @param view which days a value is made of; percentiles are not told by day
     * @param relativeError rank error of winsorization bounds
     */
    public static Map<Integer, Summaries> byDay(
            UnitValues values, List<PlannedExperiment> experiments, View view, double relativeError) {
        Map<String, Map<String, MetricBounds>> bounds = Winsorizing.bounds(values, experiments, relativeError);
        List<Row> parts = values.rows()
                .mapPartitions(kernel(values, experiments, bounds), Encoders.row(SummaryKernel.SCHEMA))
                .collectAsList();
        Map<Integer, Map<Key, GroupSummary>> merged = new TreeMap<>();
        for (Row part : parts) {
            Integer day = part.getAs(DAY_INDEX);
            GroupSummary group = group(part);
            merged.computeIfAbsent(day == null ? NO_DAY : day, key -> new LinkedHashMap<>())
                    .merge(key(group), group, GroupSummary::merge);
        }
        Map<Integer, Summaries> byDay = new TreeMap<>();
        merged.forEach((day, groups) -> byDay.put(
                day,
                new Summaries(
                        Imputation.complete(List.copyOf(groups.values()), experiments, bounds), List.of(), bounds)));
        byDay.computeIfAbsent(NO_DAY, none -> new Summaries(List.of(), List.of(), bounds));
        if (view != View.DAYS_SINCE_EXPOSURE) {
            byDay.computeIfPresent(
                    NO_DAY,
                    (none, whole) -> new Summaries(whole.groups(), Percentiles.of(values, experiments), bounds));
        }
        return byDay;
    }

    private static SummaryKernel kernel(
            UnitValues values, List<PlannedExperiment> experiments, Map<String, Map<String, MetricBounds>> bounds) {
        Map<String, SummaryKernel.Reading> readings = new LinkedHashMap<>();
        for (PlannedExperiment experiment : experiments) {
            List<Cell> cells = Cell.of(experiment, values.index(), bounds.getOrDefault(experiment.name(), Map.of()));
            Map<String, Integer> properties = new LinkedHashMap<>();
            experiment
                    .experiment()
                    .breakdowns()
                    .forEach(name -> properties.put(name, values.rows().schema().fieldIndex(PROPERTY + name)));
            readings.put(
                    experiment.name(),
                    SummaryKernel.Reading.of(cells, values.index().size(), properties));
        }
        return new SummaryKernel(readings, values);
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
                row.<Long>getAs("winsorized_units"),
                covariates(row));
    }

    private static Optional<GroupSummary.Covered> covariates(Row row) {
        if (row.isNullAt(row.fieldIndex("means"))) {
            return Optional.empty();
        }
        CoMoments moments =
                CoMoments.of(row.<Long>getAs("counted_units"), numbers(row, "means"), numbers(row, "products"));
        return Optional.of(new GroupSummary.Covered(moments, row.<Long>getAs("units_with_data")));
    }

    private static double[] numbers(Row row, String column) {
        return row.<Double>getList(row.fieldIndex(column)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
