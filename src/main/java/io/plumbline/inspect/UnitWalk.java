package io.plumbline.inspect;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.plumbline.experiment.Crossover;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Measure;
import io.plumbline.metric.Population;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The units of one measure, counted at every step from exposure to the group's total.
 *
 * @param units the exposed units
 * @param measure the number that is walked to
 * @param relativeError of the quantiles that bound winsorized values
 */
record UnitWalk(WalkedUnits units, Measure measure, double relativeError) {

    /** The step whose units are the measure's N. */
    static final String ANALYSED = "analysed";

    /** The step after which values are those that are added up. */
    static final String TOTAL = "total";

    /** The sum of the denominators of {@link #TOTAL}. */
    static final String DENOMINATOR = "denominator";

    private static final String NUMERATOR_VALUE = "plumbline__x";
    private static final String DENOMINATOR_VALUE = "plumbline__y";
    private static final String LIMITED_NUMERATOR = "plumbline__limited_x";
    private static final String LIMITED_DENOMINATOR = "plumbline__limited_y";

    /** The column that holds how many units are at a step. */
    static String count(String step) {
        return "units " + step;
    }

    /** The column that holds the sum of their values. */
    static String value(String step) {
        return "value " + step;
    }

    /** Whether every value of the measure is made in a way that walks know. */
    boolean isKnown() {
        return measure.sides().stream().allMatch(side -> UnitAggregate.of(side).isPresent());
    }

    /** Names of the steps, in their order. */
    List<String> steps() {
        return List.copyOf((isKnown() ? conditions() : withoutValues()).keySet());
    }

    /**
     * Units at every step, per group: {@code group_name}, {@link #count} and {@link #value} of every step.
     *
     * @param exposed what {@link WalkedUnits} gives
     * @param perUnit what {@link RowWalk} gives, numerator first
     */
    Dataset<Row> perGroup(Dataset<Row> exposed, List<Dataset<Row>> perUnit) {
        return isKnown()
                ? counted(limited(values(exposed, perUnit)), conditions(), col(NUMERATOR_VALUE))
                : counted(exposed, withoutValues(), lit(null).cast(DataTypes.DoubleType));
    }

    /** Steps that only some measures have are left out of the walks of others. */
    private Map<String, Column> withoutValues() {
        Map<String, Column> conditions = new LinkedHashMap<>();
        conditions.put("exposed", lit(true));
        if (units.experiment().crossover() == Crossover.EXCLUDE) {
            conditions.put("in one group", col(WalkedUnits.ONE_GROUP));
        }
        if (units.areLeftOut()) {
            conditions.put("with ids that are 1:1", col(WalkedUnits.ONE_GROUP).and(col(WalkedUnits.LINKED)));
        }
        if (measure.sides().stream().anyMatch(side -> side.window().maturity() == CohortWindow.Maturity.ONLY_MATURED)) {
            conditions.put("matured", WalkedUnits.isKept());
        }
        return conditions;
    }

    private Column analysed() {
        if (measure.population() == Population.ALL_UNITS) {
            return WalkedUnits.isKept();
        }
        return WalkedUnits.isKept()
                .and(measure.denominator().isPresent() ? col(DENOMINATOR_VALUE).notEqual(lit(0)) : hasValue());
    }

    private Map<String, Column> conditions() {
        Map<String, Column> conditions = withoutValues();
        conditions.put(ANALYSED, analysed());
        conditions.put("analysed, with a row", analysed().and(rowsOf("x").gt(lit(0))));
        conditions.put("analysed, not zero", analysed().and(col(NUMERATOR_VALUE).notEqual(lit(0))));
        if (measure.sides().stream().anyMatch(side -> side.winsorization().isPresent())) {
            conditions.put("analysed, winsorized", analysed().and(changed()));
        }
        return conditions;
    }

    private Column hasValue() {
        boolean valued = measure.numerator().component().value().isPresent();
        return valued ? col("plumbline__values_x").gt(lit(0)) : rowsOf("x").gt(lit(0));
    }

    private static Column rowsOf(String side) {
        return col("plumbline__rows_" + side);
    }

    private static Column changed() {
        return col(LIMITED_NUMERATOR)
                .notEqual(col(NUMERATOR_VALUE))
                .or(col(LIMITED_DENOMINATOR).notEqual(col(DENOMINATOR_VALUE)));
    }

    /** Every exposed unit with its numerator and denominator, 1 where the measure has none. */
    private Dataset<Row> values(Dataset<Row> exposed, List<Dataset<Row>> perUnit) {
        Dataset<Row> joined = exposed.withColumn(
                UnitAggregate.DAYS_EXPOSED,
                date_diff(lit(units.lastDay()), col(FIRST_EXPOSURE_DATE)).plus(lit(1)));
        joined = joined(joined, perUnit.get(0), measure.numerator(), "x");
        return measure.denominator().isPresent()
                ? joined(joined, perUnit.get(1), measure.denominator().get(), "y")
                : joined.withColumn(DENOMINATOR_VALUE, lit(1.0));
    }

    private static Dataset<Row> joined(Dataset<Row> exposed, Dataset<Row> perUnit, UnitValue side, String name) {
        UnitAggregate aggregate = UnitAggregate.of(side).orElseThrow();
        boolean valued = side.component().value().isPresent();
        String key = "plumbline__unit_" + name;
        Dataset<Row> rows = perUnit.filter(col(UNIT_ID).isNotNull())
                .select(
                        col(UNIT_ID).as(key),
                        col("`" + RowWalk.rows(RowWalk.COUNTED) + "`").as("plumbline__rows_" + name),
                        col("`" + RowWalk.rows(valued ? RowWalk.WITH_VALUE : RowWalk.COUNTED) + "`")
                                .as("plumbline__values_" + name),
                        col("`" + aggregate.column() + "`").as("plumbline__aggregate_" + name));
        Dataset<Row> joined = exposed.join(rows, exposed.col(UNIT_ID).equalTo(rows.col(key)), "left");
        Column value = aggregate.value().apply(col("plumbline__aggregate_" + name));
        return joined.withColumn("plumbline__" + name, withThreshold(side, value));
    }

    private static Column withThreshold(UnitValue side, Column value) {
        return side.threshold()
                .map(threshold -> {
                    Column passes = threshold.kind() == Threshold.Kind.MORE_THAN
                            ? value.gt(lit(threshold.limit()))
                            : value.geq(lit(threshold.limit()));
                    return when(passes, lit(1.0)).otherwise(lit(0.0));
                })
                .orElse(value);
    }

    private Dataset<Row> limited(Dataset<Row> values) {
        Dataset<Row> numerators =
                values.withColumn(LIMITED_NUMERATOR, limited(values, measure.numerator(), NUMERATOR_VALUE));
        Column denominator = measure.denominator()
                .map(side -> limited(values, side, DENOMINATOR_VALUE))
                .orElseGet(() -> col(DENOMINATOR_VALUE));
        return numerators.withColumn(LIMITED_DENOMINATOR, denominator);
    }

    /** The value within the bounds of its population, which are quantiles over all groups; others keep their value. */
    private Column limited(Dataset<Row> values, UnitValue side, String column) {
        Optional<Winsorization> winsorization = side.winsorization();
        if (winsorization.isEmpty()) {
            return col(column);
        }
        Column member = winsorization.get().population() == Winsorization.Population.NONZERO
                ? col(NUMERATOR_VALUE)
                        .notEqual(lit(0))
                        .and(col(DENOMINATOR_VALUE).notEqual(lit(0)))
                : lit(true);
        Dataset<Row> population = values.filter(analysed().and(member));
        Column limited = col(column);
        for (double p : winsorization.get().lower().stream().toArray()) {
            limited = greatest(limited, bound(population, column, p));
        }
        for (double p : winsorization.get().upper().stream().toArray()) {
            limited = least(limited, bound(population, column, p));
        }
        return when(member, limited).otherwise(col(column));
    }

    private Column bound(Dataset<Row> population, String column, double p) {
        double[] found = population.stat().approxQuantile(column, new double[] {p}, relativeError);
        return found.length == 0 ? col(column) : lit(found[0]);
    }

    private Dataset<Row> counted(Dataset<Row> rows, Map<String, Column> conditions, Column value) {
        List<Column> columns = new ArrayList<>();
        conditions.forEach((step, condition) -> {
            columns.add(functions.count(when(condition, lit(1))).as(count(step)));
            columns.add(sum(when(condition, value)).as(value(step)));
        });
        if (isKnown()) {
            columns.add(sum(when(analysed(), col(LIMITED_NUMERATOR))).as(value(TOTAL)));
            columns.add(sum(when(analysed(), col(LIMITED_DENOMINATOR))).as(value(DENOMINATOR)));
        }
        return rows.groupBy(GROUP_NAME)
                .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
    }
}
