package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.LAST_DAY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Rollup;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.StatePart;
import io.plumbline.unitday.States;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Builds unit totals: each component over each window, for every analysed unit, all experiments and metrics at once.
 *
 * <p>Input: unit-days and analysed units. Output: the columns of the analysed units, {@code dimension, dimension_value},
 * and the parts of every total, null where the unit has no rows. Grain: experiment, unit, breakdown value. Every analysed
 * unit has a row with a null dimension, also without any unit-day; breakdown values have rows only where there are data.
 *
 * <p>Both sides are shuffled once, by unit; the join and the aggregate stay within the partition.
 */
public final class UnitTotals {

    private final Dataset<Row> unitDays;
    private final Dataset<Row> units;
    private final List<UnitTotal> totals;

    private UnitTotals(Dataset<Row> unitDays, Dataset<Row> units, List<UnitTotal> totals) {
        this.unitDays = unitDays;
        this.units = units;
        this.totals = totals;
    }

    /**
     * Totals of the units.
     *
     * @param partitions into how many parts units are shuffled; fixed, because the order in which units are added up
     *     follows from it
     * @param days the longest time in days between an exposure and the last day that counts, both included
     */
    public static Dataset<Row> of(
            Dataset<Row> unitDays, Dataset<Row> units, List<UnitTotal> totals, int partitions, int days) {
        return new UnitTotals(
                        unitDays.repartition(partitions, col(UNIT_ID)),
                        units.repartition(partitions, col(UNIT_ID)),
                        totals)
                .aggregated(days);
    }

    private Dataset<Row> aggregated(int days) {
        Column[] keys = Stream.concat(
                        Arrays.stream(units.columns()).map(functions::col),
                        Stream.of(col(DIMENSION), col(DIMENSION_VALUE)))
                .toArray(Column[]::new);
        Map<String, Column> parts = new LinkedHashMap<>();
        totals.forEach(total -> parts.putAll(parts(total, days)));
        List<Column> columns = List.copyOf(parts.values());
        return joined().groupBy(keys)
                .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
    }

    /** Every analysed unit with its unit-days from the date of exposure to the last day; units without any stay. */
    private Dataset<Row> joined() {
        Dataset<Row> days = unitDays.withColumnRenamed(UNIT_ID, "unit_day_unit_id");
        return units.join(
                        days,
                        units.col(UNIT_ID)
                                .equalTo(days.col("unit_day_unit_id"))
                                .and(days.col(DS).geq(units.col(FIRST_EXPOSURE_DATE)))
                                .and(days.col(DS).leq(units.col(LAST_DAY))),
                        "left")
                .drop("unit_day_unit_id");
    }

    /** The aggregates of a total by the name of their column; totals that share a part name it alike. */
    private static Map<String, Column> parts(UnitTotal total, int days) {
        var component = total.component();
        Column inWindow = InWindow.of(total.window(), component.precision());
        if (total.kept() == Rollup.Kept.DAYS) {
            return ActiveDays.words(
                    total, inWindow.and(col(component.column(States.ROWS)).isNotNull()), days);
        }
        Map<String, Column> parts = new LinkedHashMap<>();
        for (StatePart part : States.parts(component.component().aggregate())) {
            String name = total.column(part.name());
            Column taken = when(inWindow, col(component.column(part.name())));
            parts.put(name, part.merge().apply(taken).as(name));
        }
        return parts;
    }

    /** The columns of unit-days that the totals are made of. */
    public static List<String> columns(List<UnitTotal> totals) {
        Stream<String> keys = Stream.of(UNIT_ID, DS, PART_START, DIMENSION, DIMENSION_VALUE);
        Stream<String> states = totals.stream()
                .flatMap(total -> States.parts(total.component().component().aggregate()).stream()
                        .map(part -> total.component().column(part.name())))
                .distinct()
                .sorted();
        return Stream.concat(keys, states).toList();
    }
}
