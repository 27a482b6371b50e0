package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.COVARIATE_FROM;
import static io.plumbline.exposure.ExposureSchema.DAY_INDEX;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.INDEXED_DAY;
import static io.plumbline.exposure.ExposureSchema.LAST_WINDOW_DAY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import io.plumbline.experiment.View;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.States;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Builds unit totals: each component over each window, for every analysed unit, all experiments and metrics at once.
 *
 * <p>Input: unit-days and analysed units. Output: the columns of the analysed units, {@code dimension, dimension_value},
 * and the parts of every total, null where the unit has no rows. Grain: experiment, unit, breakdown value. Every analysed
 * unit has a row with a null dimension, also without any unit-day; breakdown values have rows only where there are data.
 *
 * <p>Totals over the days before exposure come from the same join, which reaches back to the first of them. They add
 * nothing to totals since exposure, whose windows begin with it.
 *
 * <p>Both sides are shuffled once, by unit; the join, a sort and {@link TotalsKernel} stay within the partition. In the
 * view of days since exposure there is a row for every unit and day, and both sides are shuffled by unit and day. The join
 * keeps a hash table of the partition's units, not of their days, which it streams; broadcast, either would pass through
 * the driver.
 */
public final class UnitTotals {

    private final Dataset<Row> unitDays;
    private final Dataset<Row> units;
    private final List<UnitTotal> totals;
    private final ViewDays days;
    private final BreakdownValues values;

    private UnitTotals(
            Dataset<Row> unitDays, Dataset<Row> units, List<UnitTotal> totals, ViewDays days, BreakdownValues values) {
        this.unitDays = unitDays;
        this.units = units;
        this.totals = totals;
        this.days = days;
        this.values = values;
    }

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
        boolean byDay = days.view() == View.DAYS_SINCE_EXPOSURE;
        return new UnitTotals(
                        byDay
                                ? unitDays.repartition(partitions, col(UNIT_ID), col(DS))
                                : unitDays.repartition(partitions, col(UNIT_ID)),
                        byDay
                                ? AnalysedUnits.byDay(units).repartition(partitions, col(UNIT_ID), col(INDEXED_DAY))
                                : units.repartition(partitions, col(UNIT_ID)),
                        totals,
                        days,
                        values)
                .aggregated();
    }

    private Dataset<Row> aggregated() {
        List<String> keys = Stream.of(UNIT_ID, EXPERIMENT, DAY_INDEX, DIMENSION, DIMENSION_VALUE)
                .filter(name -> !name.equals(DAY_INDEX) || days.view() == View.DAYS_SINCE_EXPOSURE)
                .toList();
        List<String> head = Stream.concat(keys.stream(), Arrays.stream(units.columns()))
                .distinct()
                .toList();
        TotalLayout layout = new TotalLayout(head, totals, days);
        Dataset<Row> rows = joined();
        return layout.finished(rows.select(layout.columns())
                .sortWithinPartitions(keys.stream().map(functions::col).toArray(Column[]::new))
                .mapPartitions(
                        new TotalsKernel(keys.size(), head.size(), layout.readings()),
                        Encoders.row(layout.schema(rows.schema()))));
    }

    /**
     * Every analysed unit with its unit-days from the date of exposure, or the first day of its covariates, to the last day;
     * units without any stay.
     */
    private Dataset<Row> joined() {
        Dataset<Row> right = unitDays.withColumnRenamed(UNIT_ID, "unit_day_unit_id");
        Column sameUnit = units.col(UNIT_ID).equalTo(right.col("unit_day_unit_id"));
        Column exposed = units.col(FIRST_EXPOSURE_DATE);
        Column first = days.before() == 0 ? exposed : coalesce(units.col(COVARIATE_FROM), exposed);
        Column sameDay = days.view() == View.DAYS_SINCE_EXPOSURE
                ? right.col(DS).equalTo(units.col(INDEXED_DAY))
                : right.col(DS).geq(first).and(right.col(DS).leq(units.col(LAST_WINDOW_DAY)));
        return units.hint("shuffle_hash")
                .join(right, sameUnit.and(sameDay).and(values.isShown()), "left")
                .drop("unit_day_unit_id")
                .withColumn(DIMENSION_VALUE, values.folded());
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
