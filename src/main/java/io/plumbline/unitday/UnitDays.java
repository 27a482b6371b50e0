package io.plumbline.unitday;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LEAF;
import static io.plumbline.unitday.UnitDaySchema.NON_FINITE;
import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static io.plumbline.unitday.UnitDaySchema.ROW_COUNT;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.UNIT_TYPE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.Filter;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.Filters;
import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Builds unit-days from the rows of a source.
 *
 * <p>Input: rows with the columns of {@link SourceSchema}. Output: the keys of {@link UnitDaySchema} but the layer, and the
 * states of all components; rows without any state are left out. Grain: unit type, unit, day, leaf, part of the day,
 * breakdown value. Rows without a unit are one group, so that they are counted; they join nothing. The result does not depend on the order of rows.
 */
public final class UnitDays {

    /** More different filter lists than this are not pushed as one OR, which would cost more than it saves. */
    private static final int MOST_PUSHED = 8;

    private final SourcePlan plan;
    private final Filters filters;
    private final Dataset<Row> rows;

    private UnitDays(SourcePlan plan, Dataset<Row> rows) {
        this.plan = plan;
        this.rows = rows;
        this.filters = new Filters(rows.schema());
    }

    /** Unit-days of the rows, cut at the edges. */
    public static Dataset<Row> of(SourcePlan plan, Dataset<Row> rows, Dataset<Row> edges) {
        UnitDays unitDays = new UnitDays(plan, rows);
        Dataset<Row> units = unitDays.perUnit(unitDays.pushed());
        return unitDays.aggregated(unitDays.perDimension(unitDays.cut(units, edges)));
    }

    /** The rows that some component takes, as far as a condition can say so that is cheap to evaluate and to push. */
    private Dataset<Row> pushed() {
        List<List<Filter>> lists = plan.components().stream()
                .map(component -> component.component().rows().filters())
                .distinct()
                .toList();
        if (lists.stream().anyMatch(List::isEmpty)) {
            return rows;
        }
        if (lists.size() <= MOST_PUSHED) {
            return rows.filter(
                    lists.stream().map(filters::all).reduce(Column::or).orElse(lit(true)));
        }
        return plan.leaf()
                .filter(leaf -> lists.stream().allMatch(leaf::restricts))
                .map(leaf -> rows.filter(
                        Sources.quoted(leaf.column()).isin(leaf.values().toArray())))
                .orElse(rows);
    }

    /** One row per unit type: only sources whose experiments randomize several unit types multiply. */
    private Dataset<Row> perUnit(Dataset<Row> passing) {
        Column[] ids = plan.unitTypes().stream()
                .map(type -> struct(
                        lit(type).as(UNIT_TYPE),
                        Sources.quoted(plan.source().unitColumn(type))
                                .cast(DataTypes.StringType)
                                .as(UNIT_ID)))
                .toArray(Column[]::new);
        Column unit = ids.length == 1 ? ids[0] : explode(array(ids));
        return passing.withColumn(Working.UNIT, unit);
    }

    private Dataset<Row> cut(Dataset<Row> units, Dataset<Row> edges) {
        boolean wholeDays = plan.source().time().precision() == EventTime.Precision.DAY
                || plan.edges().stream().allMatch(e -> e.offsets().isEmpty());
        return wholeDays
                ? units.withColumn(Working.PART_START, lit(null).cast(DataTypes.TimestampType))
                : Splits.cut(units, edges);
    }

    /** One row more for every dimension of a component that takes the row. */
    private Dataset<Row> perDimension(Dataset<Row> parts) {
        Map<String, Column> takers = takersByDimension();
        List<Column> copies = new ArrayList<>();
        copies.add(copy(lit(null), lit(null)));
        takers.forEach((dimension, taken) -> copies.add(when(
                taken,
                copy(
                        lit(dimension),
                        coalesce(Sources.quoted(dimension).cast(DataTypes.StringType), lit(UnitDaySchema.UNKNOWN))))));
        Column copy = copies.size() == 1 ? copies.get(0) : explode(array_compact(array(copies.toArray(Column[]::new))));
        return parts.withColumn(Working.COPY, copy);
    }

    private static Column copy(Column dimension, Column value) {
        return struct(
                dimension.cast(DataTypes.StringType).as(DIMENSION),
                value.cast(DataTypes.StringType).as(DIMENSION_VALUE));
    }

    private Map<String, Column> takersByDimension() {
        Map<String, Column> takers = new TreeMap<>();
        for (PlannedComponent component : plan.components()) {
            Column passes = filters.all(component.component().rows().filters());
            component.dimensions().forEach(dimension -> takers.merge(dimension, passes, Column::or));
        }
        return takers;
    }

    private Dataset<Row> aggregated(Dataset<Row> copies) {
        List<Slot> slots = Slot.of(plan, rows.schema());
        Column whole = Working.dimension().isNull();
        Column rowCount = States.counted(when(whole, lit(1))).as(ROW_COUNT);
        Column nonFinite = States.nonFinite(plan.components(), rows).as(NON_FINITE);
        Column leaf = plan.leaf()
                .map(l -> when(
                        Sources.quoted(l.column()).isin(l.values().toArray()),
                        Sources.quoted(l.column()).cast(DataTypes.StringType)))
                .orElse(lit(null).cast(DataTypes.StringType));
        Dataset<Row> days = copies.groupBy(
                        Working.unitType().as(UNIT_TYPE),
                        Working.unitId().as(UNIT_ID),
                        col(SourceSchema.DAY).as(DS),
                        leaf.as(LEAF),
                        col(Working.PART_START).as(PART_START),
                        Working.dimension().as(DIMENSION),
                        Working.dimensionValue().as(DIMENSION_VALUE))
                .agg(
                        rowCount,
                        Stream.concat(
                                        Stream.of(nonFinite),
                                        slots.stream().flatMap(slot -> slot.states(filters, rows).stream()))
                                .toArray(Column[]::new));
        Stream<Column> keys = Stream.of(
                        UNIT_TYPE, UNIT_ID, DS, LEAF, PART_START, DIMENSION, DIMENSION_VALUE, ROW_COUNT, NON_FINITE)
                .map(functions::col);
        Column numbers =
                Numbers.of(slots.stream().flatMap(Slot::numbers).toList()).as(NUMBERS);
        return days.filter(
                        slots.stream().map(Slot::isPresent).reduce(Column::or).orElse(lit(false)))
                .select(Stream.of(keys, Stream.of(numbers), slots.stream().flatMap(Slot::columns))
                        .flatMap(columns -> columns)
                        .toArray(Column[]::new));
    }
}
