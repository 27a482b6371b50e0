package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.NumberFold;
import io.plumbline.unitday.Numbers;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Unit-days of many days, merged as far as no window tells them apart, so that later runs need not add them up again.
 *
 * <p>Input: unit-days with {@link Numbers}, and exposures. Output: {@code unit_id, ds, part_start, dimension, dimension_value,
 * numbers}, which can be read as unit-days. Grain: unit, breakdown value, and set of the windows of the unit's exposures that
 * take the rows; {@code ds} and {@code part_start} are those of the earliest of them. Rows that no window takes are left out.
 *
 * <p>Windows that begin later than the last of the days change nothing, so totals hold until exposures, windows or the days
 * change.
 */
public final class UnitTotals {

    static final StructType SCHEMA =
            StructType.fromDDL(UNIT_ID + " STRING, plumbline__day INT, plumbline__start BIGINT, " + DIMENSION
                    + " STRING, " + DIMENSION_VALUE + " STRING, " + NUMBERS + " " + Numbers.TYPE);

    private static final List<String> COLUMNS = List.of(UNIT_ID, DS, PART_START, DIMENSION, DIMENSION_VALUE, NUMBERS);

    private UnitTotals() {}

    /**
     * Totals of the exposed units.
     *
     * @param components whose numbers unit-days have
     * @param exposures of the experiments, in the columns of {@link io.plumbline.exposure.AnalysedUnits}
     * @param partitions into how many parts units are shuffled
     * @param days of the windows; unit-days may end before
     */
    public static Dataset<Row> of(
            Dataset<Row> unitDays,
            List<PlannedComponent> components,
            Dataset<Row> exposures,
            List<PlannedExperiment> experiments,
            int partitions,
            ViewDays days) {
        ValueLayout layout = new ValueLayout(experiments, days, ValueIndex.of(experiments));
        Dataset<Row> known = unitDays.filter(col(UNIT_ID).isNotNull())
                .select(Stream.concat(ValueLayout.keys(), Stream.of(col(NUMBERS)))
                        .toArray(Column[]::new));
        return UnitValues.byUnit(exposures.select(layout.exposures()), partitions)
                .cogroup(
                        UnitValues.byUnit(known, partitions),
                        new TotalsKernel(layout.reading(), NumberFold.Rule.of(components)),
                        Encoders.row(SCHEMA))
                .withColumn(DS, date_from_unix_date(col("plumbline__day")))
                .withColumn(PART_START, timestamp_micros(col("plumbline__start")))
                .select(columns());
    }

    /** The columns of totals. */
    public static Column[] columns() {
        return COLUMNS.stream().map(functions::col).toArray(Column[]::new);
    }

    /** The components that are numbers and of which no total tells days apart. */
    public static List<PlannedComponent> components(List<UnitTotal> totals) {
        return totals.stream()
                .map(UnitTotal::component)
                .distinct()
                .filter(component -> Numbers.hold(component.component().aggregate()))
                .filter(component -> totals.stream()
                        .filter(total -> total.component().equals(component))
                        .allMatch(total -> TotalReading.kind(total) == TotalReading.Kind.MERGED))
                .toList();
    }
}
