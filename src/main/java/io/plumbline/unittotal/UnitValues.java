package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.DAY_INDEX;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.metric.UnitValue;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.unitday.StateInput;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The values of metrics, for every analysed unit, all experiments and metrics at once.
 *
 * <p>Grain: experiment, unit, breakdown value; in the view of days since exposure also {@code day_index}. Every analysed unit
 * has a row with a null dimension, also without any unit-day, for every day that is over; breakdown values have rows only
 * where there are data. Columns: {@code experiment, group_name, property__<name>…, day_index, dimension, dimension_value},
 * and
 *
 * <ul>
 *   <li>{@link #VALUES}, BINARY, see {@link PackedValues}: the measures that the unit has data of and counts for; rolled up,
 *       with the threshold applied, not yet winsorized, before the logarithm. For percentiles the number of the unit's values;
 *   <li>{@link #WAITING}, BINARY: as bits, the numbers of what the unit does not count for, because its day of exposure is
 *       not baked or its window has not matured; null where it counts for all;
 *   <li>{@link #SORTED_VALUES}, ARRAY&lt;STRUCT&lt;measure INT, cell_values ARRAY&lt;DOUBLE&gt;&gt;&gt;: of percentiles the
 *       values themselves; null where there are none.
 * </ul>
 *
 * <p>Of what it has no data of, a unit that counts has {@link #ofNoRows}. The row does not say so metric by metric: of most it has
 * none. Values over the days before exposure come from the same rows, which reach back to the first of them.
 *
 * <p>Both sides are shuffled once, by unit, and sorted by it, which needs no more memory than there is; {@link
 * ValuesKernel} then meets each unit once, with its exposures and its days. A join of the two would copy every unit-day for
 * every experiment of its unit. Partitions hold their units in order.
 *
 * @param rows the rows
 * @param index the numbers of measures
 */
public record UnitValues(Dataset<Row> rows, ValueIndex index) {

    static final String VALUES = "unit_values";
    static final String WAITING = "waiting";

    /** The column with the values of percentiles. */
    public static final String SORTED_VALUES = "sorted_values";

    /** Its field with the number of the measure. */
    public static final String MEASURE = "measure";

    /** Its field with the values. */
    public static final String CELL_VALUES = "cell_values";

    private static final StructType OWN =
            StructType.fromDDL(DAY_INDEX + " INT, " + DIMENSION + " STRING, " + DIMENSION_VALUE + " STRING, " + VALUES
                    + " BINARY, " + WAITING + " BINARY, " + SORTED_VALUES + " ARRAY<STRUCT<" + MEASURE + ": INT, "
                    + CELL_VALUES + ": ARRAY<DOUBLE>>>");

    /**
     * Values of the units.
     *
     * @param partitions into how many parts units are shuffled; fixed, because the order in which units are added up
     *     follows from it
     * @param days the days of the view
     * @param values the breakdown values that are shown by name
     */
    public static UnitValues of(
            Dataset<Row> unitDays,
            Dataset<Row> units,
            List<PlannedExperiment> experiments,
            int partitions,
            ViewDays days,
            BreakdownValues values) {
        ValueIndex index = ValueIndex.of(experiments);
        ValueLayout layout = new ValueLayout(experiments, days, index);
        StructType schema = new StructType();
        for (String name : layout.handedOn()) {
            schema = schema.add(units.schema().apply(name));
        }
        for (int i = 0; i < OWN.size(); i++) {
            schema = schema.add(OWN.apply(i));
        }
        Dataset<Row> known = unitDays.filter(col(UNIT_ID).isNotNull()).select(layout.unitDays());
        Dataset<Row> rows = byUnit(units.select(layout.exposures()), partitions)
                .cogroup(byUnit(known, partitions), layout.kernel(values), Encoders.row(schema));
        return new UnitValues(rows, index);
    }

    /** Spark takes two sides together only if both may be null or neither: here no unit is. */
    static KeyValueGroupedDataset<String, Row> byUnit(Dataset<Row> rows, int partitions) {
        Dataset<Row> known = rows.withColumn(UNIT_ID, coalesce(col(UNIT_ID), lit("")));
        return known.repartition(partitions, col(UNIT_ID))
                .groupBy(UNIT_ID)
                .as(Encoders.STRING(), Encoders.row(known.schema()));
    }

    /** The columns of unit-days that the values of some components are made of. */
    public static List<String> columns(List<PlannedComponent> components) {
        Stream<String> keys = Stream.of(UNIT_ID, DS, PART_START, DIMENSION, DIMENSION_VALUE);
        return Stream.concat(keys, StateInput.columns(components).stream()).toList();
    }

    /**
     * Whether units without data have a value of a measure, {@link #ofNoRows} on every side: not where only who has a value
     * takes part, nor before exposure, nor in funnels, of which every unit that counts has a value in its row.
     */
    public static boolean hasConstant(PlannedMeasure measure) {
        return !measure.needsValue()
                && !measure.isBeforeExposure()
                && UnitMeasure.funnel(measure).isEmpty();
    }

    /** The value that a unit without rows has. */
    public static double ofNoRows(UnitValue value) {
        return value.threshold()
                .map(threshold -> threshold.passes(0) ? 1.0 : 0.0)
                .orElse(0.0);
    }
}
