package io.plumbline.inspect;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.source.DayRange;
import io.plumbline.source.Filters;
import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of one component over one window, counted at every step on their way to the unit.
 *
 * <p>Steps are cumulative: a row is at a step when it has passed all before it. Whatever the metric's type, rows are walked
 * alike; types differ in what becomes of a unit's rows, which is {@link UnitAggregate}.
 *
 * @param units whose rows
 * @param component which rows
 * @param window when
 * @param aggregate what becomes of the rows of a unit; empty where walks do not know it
 */
record RowWalk(WalkedUnits units, Component component, CohortWindow window, Optional<UnitAggregate> aggregate) {

    /** The first of the steps that belong to a group. */
    static final String EXPOSED = "of an exposed unit";

    /** The last step: these rows make the unit's value. */
    static final String COUNTED = "of an analysed unit";

    /** The rows of these that have a finite value. */
    static final String WITH_VALUE = "with a value";

    private static final String READ = "in the days of the experiment";
    private static final String VALUE = "plumbline__value";
    private static final String PASSES = "plumbline__passes";

    /** The column that holds how many rows are at a step. */
    static String rows(String step) {
        return "rows " + step;
    }

    /** The column that holds the sum of their values. */
    static String value(String step) {
        return "value " + step;
    }

    /** Names of the steps, in their order. */
    List<String> steps() {
        return List.copyOf(conditions().keySet());
    }

    /**
     * Rows at every step, per exposed unit that has rows, and in one row without unit for all other rows: {@code unit_id,
     * group_name}, {@link #rows} and {@link #value} of every step (rows that do not pass have no value), and the column of the aggregate.
     *
     * @param read reads the source
     * @param exposed what {@link WalkedUnits} gives
     */
    Dataset<Row> perUnit(Sources read, Dataset<Row> exposed) {
        DayRange range = new DayRange(units.experiment().period().start(), units.lastDay());
        Dataset<Row> rows = read.read(units.source(component.source()), range);
        Column passes = coalesce(new Filters(rows.schema()).all(component.rows().filters()), lit(false));
        Dataset<Row> needed = rows.withColumn(PASSES, passes)
                .select(
                        col(PASSES),
                        units.rowUnit(component.source()),
                        col(SourceSchema.AT),
                        col(SourceSchema.DAY),
                        when(col(PASSES), finite()).as(VALUE));
        Dataset<Row> joined = units.owned(component.source(), needed, exposed);
        List<Column> columns = new ArrayList<>();
        conditions().forEach((step, condition) -> {
            columns.add(count(when(condition, lit(1))).as(rows(step)));
            Column value = step.equals(READ) ? lit(null).cast(DataTypes.DoubleType) : col(VALUE);
            columns.add(sum(when(condition, value)).as(value(step)));
        });
        Column counted = Objects.requireNonNull(conditions().get(COUNTED));
        aggregate.ifPresent(a -> columns.add(a.of(when(counted, col(VALUE)), when(counted, col(SourceSchema.DAY)))
                .as(a.column())));
        return joined.groupBy(col(UNIT_ID), col(GROUP_NAME))
                .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
    }

    /** The same steps per group, and in one row without group for the rows of units that were never exposed. */
    Dataset<Row> perGroup(Dataset<Row> perUnit) {
        List<Column> sums = steps().stream()
                .flatMap(step -> Stream.of(rows(step), value(step)))
                .map(name -> sum(col("`" + name + "`")).as(name))
                .toList();
        return perUnit.groupBy(GROUP_NAME)
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    }

    private Map<String, Column> conditions() {
        Map<String, Column> conditions = new LinkedHashMap<>();
        Column passes = col(PASSES);
        conditions.put(READ, lit(true));
        conditions.put("that pass the filters", passes);
        conditions.put("with a unit", passes.and(WalkedUnits.hasUnit()));
        Column exposed = passes.and(col(UNIT_ID).isNotNull());
        conditions.put(EXPOSED, exposed);
        Column after = exposed.and(elapsed().geq(lit(0)));
        conditions.put("at or after exposure", after);
        Column counted = after;
        if (!window.ofAllUnits().equals(CohortWindow.ALL)) {
            counted = counted.and(inWindow());
            conditions.put("in the window", counted);
        }
        counted = counted.and(WalkedUnits.isKept());
        conditions.put(COUNTED, counted);
        if (component.value().isPresent()) {
            conditions.put(WITH_VALUE, counted.and(col(VALUE).isNotNull()));
        }
        return conditions;
    }

    private Column inWindow() {
        Column elapsed = elapsed();
        Column from = elapsed.geq(lit(length(window.from())));
        return window.to().map(to -> from.and(elapsed.lt(lit(length(to))))).orElse(from);
    }

    /** Time between exposure and row: microseconds, or days where the source knows no time of day. */
    private Column elapsed() {
        return units.isDaily(component.source())
                ? date_diff(col(SourceSchema.DAY), col(FIRST_EXPOSURE_DATE))
                : unix_micros(col(SourceSchema.AT)).minus(unix_micros(col(FIRST_EXPOSURE_AT)));
    }

    private long length(Duration elapsed) {
        return units.isDaily(component.source()) ? elapsed.toDays() : WalkedUnits.micros(elapsed);
    }

    /** The row's value; null where there is none, and where it is NaN or infinite, which no metric takes. */
    private Column finite() {
        return component
                .value()
                .map(text -> expr("(" + text + ")").cast(DataTypes.DoubleType))
                .map(number -> when(abs(number).lt(lit(Double.POSITIVE_INFINITY)), number))
                .orElseGet(() -> lit(null).cast(DataTypes.DoubleType));
    }
}
