package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.LAST_WINDOW_DAY;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.OTHER;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import io.plumbline.definition.Settings;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.States;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Decides which breakdown values an experiment shows by name: those with the most analysed units, at most {@link
 * Settings#breakdownTopValues()}, of those with at least {@link Settings#breakdownMinUnits()}. The number of units ranks them
 * because it is the one total that all metrics share. {@code (unknown)} is a value like any other. Values with as many units
 * stand in alphabetical order.
 *
 * <p>Under a source column, a unit counts for every value under which some metric of the experiment has data of it within
 * that metric's window.
 */
public final class ValueRanking {

    private static final String UNITS = "units";
    private static final String RANK = "plumbline__rank";

    private final Settings settings;
    private final List<PlannedExperiment> experiments;
    private final LocalDate asOf;

    /** A ranking of the values of experiments as of a day. */
    public ValueRanking(Settings settings, List<PlannedExperiment> experiments, LocalDate asOf) {
        this.settings = settings;
        this.experiments = List.copyOf(experiments);
        this.asOf = asOf;
    }

    /** Whether some experiment is broken down by a column of a source. */
    public boolean needsUnitDays() {
        return experiments.stream()
                .anyMatch(experiment -> !BreakdownValues.columns(experiment).isEmpty());
    }

    /** The values that are shown, of the properties of units alone. */
    public BreakdownValues of(Dataset<Row> units) {
        return new BreakdownValues(experiments, best(properties(units)));
    }

    /** The values that are shown, of properties and of the columns of unit-days. */
    public BreakdownValues of(Dataset<Row> units, Dataset<Row> unitDays) {
        return new BreakdownValues(experiments, best(properties(units).unionByName(columns(units, unitDays))));
    }

    /** One row per experiment, unit and property. */
    private Dataset<Row> properties(Dataset<Row> units) {
        List<Column> values = new ArrayList<>();
        AnalysedUnits.properties(experiments)
                .forEach(name -> values.add(
                        struct(lit(name).as(DIMENSION), col(PROPERTY + name).as(DIMENSION_VALUE))));
        if (values.isEmpty()) {
            Column none = lit("");
            return units.select(col(EXPERIMENT), col(UNIT_ID), none.as(DIMENSION), none.as(DIMENSION_VALUE))
                    .limit(0);
        }
        Dataset<Row> all = units.select(col(EXPERIMENT), col(UNIT_ID), inline(array(values.toArray(Column[]::new))));
        return all.filter(any(experiments.stream()
                .flatMap(e -> e.experiment().breakdowns().stream().map(name -> BreakdownValues.isOf(e, name)))
                .toList()));
    }

    /** One row per experiment, unit and value of a column under which it has data. */
    private Dataset<Row> columns(Dataset<Row> units, Dataset<Row> unitDays) {
        Dataset<Row> days = unitDays.filter(col(DIMENSION).isNotNull()).withColumnRenamed(UNIT_ID, "unit_day_unit_id");
        List<Column> withData = experiments.stream()
                .flatMap(e -> BreakdownValues.columns(e).stream()
                        .map(dimension -> BreakdownValues.isOf(e, dimension).and(hasData(e, dimension))))
                .toList();
        return units.join(
                        days,
                        units.col(UNIT_ID)
                                .equalTo(days.col("unit_day_unit_id"))
                                .and(days.col(DS).geq(units.col(FIRST_EXPOSURE_DATE)))
                                .and(days.col(DS).leq(units.col(LAST_WINDOW_DAY))))
                .filter(any(withData))
                .select(EXPERIMENT, UNIT_ID, DIMENSION, DIMENSION_VALUE)
                .distinct();
    }

    private Column hasData(PlannedExperiment experiment, String dimension) {
        Map<Column, Set<PlannedComponent>> byWindow = experiment.metrics().stream()
                .filter(metric -> experiment.columnDimensions(metric).contains(dimension))
                .flatMap(metric -> metric.totals().stream())
                .collect(Collectors.groupingBy(
                        total -> InWindow.of(total.span(), total.component().precision(), asOf),
                        LinkedHashMap::new,
                        Collectors.mapping(UnitTotal::component, Collectors.toCollection(LinkedHashSet::new))));
        return any(byWindow.entrySet().stream()
                .map(entry -> entry.getKey().and(States.hasAny(entry.getValue())))
                .toList());
    }

    private static Column any(List<Column> conditions) {
        return conditions.stream().reduce(Column::or).orElse(lit(false));
    }

    private Map<BreakdownValues.Key, List<String>> best(Dataset<Row> values) {
        WindowSpec byUnits =
                Window.partitionBy(EXPERIMENT, DIMENSION).orderBy(col(UNITS).desc(), col(DIMENSION_VALUE));
        List<Row> rows = values.filter(col(DIMENSION_VALUE).notEqual(lit(OTHER)))
                .groupBy(EXPERIMENT, DIMENSION, DIMENSION_VALUE)
                .agg(count(lit(1)).as(UNITS))
                .filter(col(UNITS).geq(lit(settings.breakdownMinUnits())))
                .withColumn(RANK, row_number().over(byUnits))
                .filter(col(RANK).leq(lit(settings.breakdownTopValues())))
                .orderBy(EXPERIMENT, DIMENSION, RANK)
                .collectAsList();
        Map<BreakdownValues.Key, List<String>> best = new LinkedHashMap<>();
        rows.forEach(row -> best.computeIfAbsent(
                        new BreakdownValues.Key(row.getAs(EXPERIMENT), row.getAs(DIMENSION)), key -> new ArrayList<>())
                .add(row.getAs(DIMENSION_VALUE)));
        return best;
    }
}
