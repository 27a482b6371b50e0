package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.INDEXED_DAY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.experiment.View;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitValue;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.States;
import io.plumbline.unitday.UnitDaySchema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * From unit totals to the values of metrics.
 *
 * <p>Output: the given key columns, and for every metric {@code <metric>__numerator} and, where it has one, {@code
 * <metric>__denominator}, for the steps of a funnel {@code <metric>__step<n>__…}, DOUBLE: rolled up, with the threshold applied, not yet
 * winsorized, before the logarithm; for percentiles the number of the unit's values, and {@code <metric>__sorted_values},
 * ARRAY&lt;DOUBLE&gt;. Null where the unit does not count for the metric: its day of exposure is not baked, its window has not
 * matured, its experiment does not have the metric, or, under a breakdown value,
 * the unit has no data for it.
 */
public final class UnitValues {

    private final List<PlannedExperiment> experiments;
    private final ViewDays days;

    private UnitValues(List<PlannedExperiment> experiments, ViewDays days) {
        this.experiments = experiments;
        this.days = days;
    }

    /** The column of a measure's numerator. */
    public static String numerator(PlannedMetric metric, PlannedMeasure measure) {
        return column(metric, measure, "numerator");
    }

    /** The column of a measure's denominator. */
    public static String denominator(PlannedMetric metric, PlannedMeasure measure) {
        return column(metric, measure, "denominator");
    }

    /** The column that holds a unit's values where the measure is a percentile; its numerator is their number. */
    public static String sortedValues(PlannedMetric metric, PlannedMeasure measure) {
        return column(metric, measure, "sorted_values");
    }

    private static String column(PlannedMetric metric, PlannedMeasure measure, String side) {
        int step = measure.measure().stepIndex();
        return metric.name() + (step == 0 ? "__" : "__step" + step + "__") + side;
    }

    /** The values of the experiments' metrics. */
    public static Dataset<Row> of(
            Dataset<Row> totals, List<PlannedExperiment> experiments, ViewDays days, List<String> keys) {
        UnitValues values = new UnitValues(experiments, days);
        Stream<Column> columns = metrics(experiments).stream().flatMap(metric -> values.columns(metric));
        return FunnelValues.withPaths(totals, metrics(experiments))
                .select(Stream.concat(keys.stream().map(functions::col), columns)
                        .toArray(Column[]::new));
    }

    /** The metrics of the experiments, once each. */
    public static Collection<PlannedMetric> metrics(List<PlannedExperiment> experiments) {
        Map<String, PlannedMetric> metrics = new LinkedHashMap<>();
        experiments.forEach(e -> e.metrics().forEach(m -> metrics.putIfAbsent(m.name(), m)));
        return metrics.values();
    }

    /** The value that a unit without rows has. */
    public static double ofNoRows(UnitValue value) {
        return value.threshold()
                .map(threshold -> passes(threshold, 0) ? 1.0 : 0.0)
                .orElse(0.0);
    }

    private Stream<Column> columns(PlannedMetric metric) {
        Object[] users = experiments.stream()
                .filter(e -> e.metrics().contains(metric))
                .map(PlannedExperiment::name)
                .toArray();
        Column used = col(EXPERIMENT).isin(users);
        return metric.measures().stream().flatMap(measure -> columns(metric, measure, used));
    }

    private Stream<Column> columns(PlannedMetric metric, PlannedMeasure measure, Column used) {
        Column counts = measure.sides().stream().map(this::counts).reduce(used.and(isShown(measure)), Column::and);
        Column numerator = when(counts, value(metric, measure.numerator())).as(numerator(metric, measure));
        Stream<Column> others = measure.measure().percentile().isPresent()
                ? Stream.of(when(counts, sortedValues(measure)).as(sortedValues(metric, measure)))
                : measure.denominator().stream()
                        .map(side -> when(counts, value(metric, side)).as(denominator(metric, measure)));
        return Stream.concat(Stream.of(numerator), others);
    }

    /**
     * Always on the top line, unless only units with a value count; rows of breakdown values are shared by all metrics
     * that some column breaks down.
     */
    private Column isShown(PlannedMeasure measure) {
        Column anyData = measure.sides().stream()
                .flatMap(side -> side.totals().stream())
                .map(this::hasData)
                .reduce(lit(false), Column::or);
        boolean needsData = measure.denominator().isEmpty() && measure.isOfParticipants();
        return needsData ? anyData : col(UnitDaySchema.DIMENSION).isNull().or(anyData);
    }

    private Column hasData(UnitTotal total) {
        if (total.kept() == Rollup.Kept.DAYS) {
            return ActiveDays.any(total, days.count());
        }
        String part = States.parts(total.aggregate()).get(0).name();
        return col(total.column(part)).isNotNull();
    }

    /** Whether the unit counts; of the as-of day alone nothing is known before it is baked. */
    private Column counts(PlannedSide side) {
        CohortWindow window = side.value().window();
        Column counts = InWindow.counts(window, side.total().component().precision(), days.asOf());
        return switch (days.view()) {
            case CUMULATIVE -> counts;
            case DAILY -> window.bakeDays() > 0 ? lit(false) : counts;
            case DAYS_SINCE_EXPOSURE -> counts.and(col(INDEXED_DAY).leq(InWindow.lastRead(window, days.asOf())));
        };
    }

    private Column value(PlannedMetric metric, PlannedSide side) {
        Column rolledUp = rolledUp(metric, side);
        return side.value()
                .threshold()
                .map(threshold -> flag(passes(threshold, rolledUp)))
                .orElse(rolledUp);
    }

    private Column rolledUp(PlannedMetric metric, PlannedSide side) {
        UnitTotal total = side.total();
        if (side.value().rollup() instanceof Rollup.Return window) {
            return StartDays.retained(total, side.totals().get(1), days, window);
        }
        if (side.value().rollup() instanceof Rollup.CompleteStarts starts) {
            return StartDays.complete(total, days, starts.endDays());
        }
        if (side.value().rollup() instanceof Rollup.Percentile) {
            return sum(total);
        }
        if (side.value().rollup() instanceof Rollup.FunnelPart part) {
            return FunnelValues.part(metric, part);
        }
        return switch ((Rollup.Plain) side.value().rollup()) {
            case TOTAL -> sum(total);
            case ANY -> flag(sum(total).gt(lit(0)));
            case ACTIVE_DAY_SHARE ->
                ActiveDays.share(
                        total,
                        days.count(),
                        days.view() == View.CUMULATIVE ? ActiveDays.sinceExposure(total, days.asOf()) : lit(1));
        };
    }

    private static Column sortedValues(PlannedMeasure measure) {
        return col(measure.numerator().total().column(States.SORTED_VALUES));
    }

    private static Column sum(UnitTotal total) {
        return States.result(total.aggregate(), part -> col(total.column(part)));
    }

    private static Column flag(Column condition) {
        return when(condition, lit(1.0)).otherwise(lit(0.0)).cast(DataTypes.DoubleType);
    }

    private static Column passes(Threshold threshold, Column value) {
        return switch (threshold.kind()) {
            case AT_LEAST -> value.geq(lit(threshold.limit()));
            case MORE_THAN -> value.gt(lit(threshold.limit()));
        };
    }

    private static boolean passes(Threshold threshold, double value) {
        return switch (threshold.kind()) {
            case AT_LEAST -> value >= threshold.limit();
            case MORE_THAN -> value > threshold.limit();
        };
    }
}
