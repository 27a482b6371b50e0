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
 *
 * <p>Where some experiment has days before exposure, also {@code <metric>__before__numerator} and {@code
 * <metric>__before__denominator}, the same over these days, null for units without data in them; and for metrics that only
 * units with a value take part in, {@code <metric>__counted}, BOOLEAN, whether the unit counts apart from that.
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

    /** The column that says of a metric that needs a value whether a unit counts, with or without one. */
    public static String counted(PlannedMetric metric, PlannedMeasure measure) {
        return column(metric, measure, "counted");
    }

    private static String column(PlannedMetric metric, PlannedMeasure measure, String side) {
        int step = measure.measure().stepIndex();
        String span = measure.isBeforeExposure() ? "before__" : "";
        return metric.name() + (step == 0 ? "__" : "__step" + step + "__") + span + side;
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
        return Stream.concat(
                metric.measures().stream().flatMap(measure -> columns(metric, measure, used)), before(metric, used));
    }

    private Stream<Column> columns(PlannedMetric metric, PlannedMeasure measure, Column used) {
        Column exposed = measure.sides().stream().map(this::counts).reduce(used, Column::and);
        Column counts = exposed.and(isShown(metric, measure));
        Column numerator = when(counts, value(metric, measure.numerator())).as(numerator(metric, measure));
        Stream<Column> others = measure.measure().percentile().isPresent()
                ? Stream.of(when(counts, sortedValues(measure)).as(sortedValues(metric, measure)))
                : measure.denominator().stream()
                        .map(side -> when(counts, value(metric, side)).as(denominator(metric, measure)));
        Stream<Column> counted = measure.needsValue() && isAdjusted(metric)
                ? Stream.of(exposed.and(isRow(metric, measure)).as(counted(metric, measure)))
                : Stream.of();
        return Stream.of(Stream.of(numerator), others, counted).flatMap(columns -> columns);
    }

    /** Values before exposure, of every unit with data then; whether it counts is for the metrics that they are covariates of. */
    private Stream<Column> before(PlannedMetric metric, Column used) {
        if (!isCovariate(metric)) {
            return Stream.of();
        }
        PlannedMeasure before = metric.beforeExposure().orElseThrow();
        Column dimension = col(UnitDaySchema.DIMENSION);
        Object[] dimensions = metric.dimensions().toArray();
        Column known = used.and(hasData(before)).and(dimension.isNull().or(dimension.isin(dimensions)));
        return Stream.concat(
                Stream.of(when(known, value(metric, before.numerator())).as(numerator(metric, before))),
                before.denominator().stream()
                        .map(side -> when(known, value(metric, side)).as(denominator(metric, before))));
    }

    /** Whether the values of the metric before exposure are covariates in some experiment. */
    private boolean isCovariate(PlannedMetric metric) {
        return experiments.stream()
                .flatMap(experiment -> experiment.metrics().stream().map(experiment::covariates))
                .anyMatch(covariates -> covariates.contains(metric));
    }

    private boolean isAdjusted(PlannedMetric metric) {
        return experiments.stream()
                .anyMatch(experiment -> experiment.metrics().contains(metric) && experiment.isAdjusted(metric));
    }

    private Column isShown(PlannedMetric metric, PlannedMeasure measure) {
        return measure.needsValue() ? hasData(measure) : isRow(metric, measure);
    }

    /**
     * Always on the top line; rows of breakdown values are shared by all metrics that some column breaks down, and belong to
     * those of which the unit has data under the value, since exposure or, of a covariate, before.
     */
    private Column isRow(PlannedMetric metric, PlannedMeasure measure) {
        Column row = col(UnitDaySchema.DIMENSION).isNull().or(hasData(measure));
        for (PlannedExperiment experiment : experiments) {
            for (PlannedMetric covariate : experiment.covariates(metric)) {
                Column before = covariate.beforeExposure().map(this::hasData).orElseThrow();
                row = row.or(col(EXPERIMENT).equalTo(lit(experiment.name())).and(before));
            }
        }
        return row;
    }

    private Column hasData(PlannedMeasure measure) {
        return measure.totals().stream().map(this::hasData).reduce(lit(false), Column::or);
    }

    private Column hasData(UnitTotal total) {
        if (total.kept() == Rollup.Kept.DAYS) {
            return ActiveDays.any(total, days.count(total));
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
                        days.count(total),
                        days.view() == View.CUMULATIVE ? ActiveDays.inSpan(total, days.asOf()) : lit(1));
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
