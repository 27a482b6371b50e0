package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.StateInput;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;

/**
 * Builds unit totals: each component over each window, for every analysed unit, all experiments and metrics at once.
 *
 * <p>Input: unit-days and analysed units. Output: the columns of the analysed units, {@code dimension, dimension_value},
 * and the parts of every total, null where the unit has no rows. Grain: experiment, unit, breakdown value; in the view of
 * days since exposure also {@code day_index}. Every analysed unit has a row with a null dimension, also without any
 * unit-day, for every day that is over; breakdown values have rows only where there are data.
 *
 * <p>Totals over the days before exposure come from the same rows, which reach back to the first of them. They add nothing
 * to totals since exposure, whose windows begin with it.
 *
 * <p>Both sides are shuffled once, by unit, and sorted by it, which needs no more memory than there is; {@link
 * TotalsKernel} then meets each unit once, with its exposures and its days. A join of the two would copy every unit-day for
 * every experiment of its unit. Partitions hold their units in order.
 */
public final class UnitTotals {

    private UnitTotals() {}

    /**
     * Totals of the units.
     *
     * @param partitions into how many parts units are shuffled; fixed, because the order in which units are added up
     *     follows from it
     * @param days the days of the view
     * @param values the breakdown values that are shown by name
     */
    public static Dataset<Row> of(
            Dataset<Row> unitDays,
            Dataset<Row> units,
            List<UnitTotal> totals,
            int partitions,
            ViewDays days,
            BreakdownValues values) {
        TotalLayout layout = new TotalLayout(List.of(units.columns()), totals, days);
        Dataset<Row> known = unitDays.filter(col(UNIT_ID).isNotNull()).select(layout.unitDays());
        return layout.finished(byUnit(units.select(layout.exposures()), partitions)
                .cogroup(
                        byUnit(known, partitions), layout.kernel(values), Encoders.row(layout.schema(units.schema()))));
    }

    /** Spark takes two sides together only if both may be null or neither: here no unit is. */
    private static KeyValueGroupedDataset<String, Row> byUnit(Dataset<Row> rows, int partitions) {
        Dataset<Row> known = rows.withColumn(UNIT_ID, coalesce(col(UNIT_ID), lit("")));
        return known.repartition(partitions, col(UNIT_ID))
                .groupBy(UNIT_ID)
                .as(Encoders.STRING(), Encoders.row(known.schema()));
    }

    /** The columns of unit-days that the totals of some components are made of. */
    public static List<String> columns(List<PlannedComponent> components) {
        Stream<String> keys = Stream.of(UNIT_ID, DS, PART_START, DIMENSION, DIMENSION_VALUE);
        return Stream.concat(keys, StateInput.columns(components).stream()).toList();
    }
}
