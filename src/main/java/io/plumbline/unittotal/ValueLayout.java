package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.COVARIATE_FROM;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.LAST_DAY;
import static io.plumbline.exposure.ExposureSchema.LAST_WINDOW_DAY;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.StateInput;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * How exposures and unit-days are laid out for {@link ValuesKernel}. An exposure has its unit, experiment and group, the
 * properties that it is broken down by, and behind them the days that it reads and counts from, the bounds of every span,
 * once for all totals over it, and the last day on which it counts, once for all measures that share that. A unit-day has its
 * unit, day, start and breakdown value, and behind them the states of components.
 */
final class ValueLayout {

    private final List<String> handedOn;
    private final ViewDays days;
    private final ValueIndex index;
    private final MeasureReadings readings;

    ValueLayout(List<PlannedExperiment> experiments, ViewDays days, ValueIndex index) {
        this.handedOn = Stream.concat(
                        Stream.of(UNIT_ID, EXPERIMENT, GROUP_NAME),
                        AnalysedUnits.properties(experiments).stream().map(name -> PROPERTY + name))
                .toList();
        this.days = days;
        this.index = index;
        this.readings = new MeasureReadings(index, days);
    }

    /** Analysed units as the kernel reads them; dates are numbers, which it compares. */
    Column[] exposures() {
        Column exposed = unix_date(col(FIRST_EXPOSURE_DATE));
        boolean reachesBack = readings.totals().stream().anyMatch(UnitTotal::isBeforeExposure);
        Column before = reachesBack ? unix_date(col(COVARIATE_FROM)) : lit(null).cast(DataTypes.IntegerType);
        Stream<Column> calendar = Stream.of(
                coalesce(before, exposed).as("plumbline__first_read"),
                unix_date(col(LAST_WINDOW_DAY)).as("plumbline__last_read"),
                exposed.as("plumbline__exposed"),
                before.as("plumbline__before"),
                unix_date(col(LAST_DAY)).as("plumbline__last_day"),
                unix_micros(col(FIRST_EXPOSURE_AT)).as("plumbline__exposed_at"),
                unix_micros(date_add(col(LAST_DAY), 1).cast(DataTypes.TimestampType))
                        .as("plumbline__data_end"));
        Stream<Column> spans = readings.spans().stream()
                .flatMap(in -> Stream.concat(
                        InWindow.bounds(in.span(), in.precision(), days.asOf()).columns().stream(),
                        Stream.of(InWindow.days(in.span(), days.asOf()))));
        Stream<Column> counted = index.allEligibilities().stream().map(each -> each.lastDay(days));
        return Stream.of(
                        handedOn.stream().map(functions::col),
                        calendar,
                        numbered("span", spans),
                        numbered("counted", counted))
                .flatMap(columns -> columns)
                .toArray(Column[]::new);
    }

    private static Stream<Column> numbered(String prefix, Stream<Column> columns) {
        List<Column> all = columns.toList();
        return IntStream.range(0, all.size()).mapToObj(i -> all.get(i).as("plumbline__" + prefix + i));
    }

    /** Unit-days as the kernel reads them. */
    Column[] unitDays() {
        return Stream.concat(keys(), StateInput.columns(components()).stream().map(functions::col))
                .toArray(Column[]::new);
    }

    /** What stands before the states of a unit-day. */
    static Stream<Column> keys() {
        return Stream.of(
                col(UNIT_ID),
                InWindow.day().as("plumbline__day"),
                InWindow.start().as("plumbline__start"),
                col(DIMENSION),
                col(DIMENSION_VALUE));
    }

    /** The kernel for these layouts. */
    ValuesKernel kernel(BreakdownValues values) {
        return new ValuesKernel(
                reading(values.shown()),
                new StateInput(components(), ValuesKernel.STATES),
                readings.ofTotals(components()),
                readings.of());
    }

    /** How exposures are read where breakdown values are not told apart. */
    ExposureReading reading() {
        return reading(ShownValues.NONE);
    }

    private ExposureReading reading(ShownValues values) {
        return new ExposureReading(
                handedOn.size(), readings.spans().size(), index.eligibilities(), readings.isByDay(), values);
    }

    /** The columns of units that the kernel hands on. */
    List<String> handedOn() {
        return handedOn.subList(1, handedOn.size());
    }

    private List<PlannedComponent> components() {
        return readings.totals().stream().map(UnitTotal::component).distinct().toList();
    }
}
