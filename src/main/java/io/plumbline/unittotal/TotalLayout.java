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
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.plumbline.experiment.View;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Span;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.StateFold;
import io.plumbline.unitday.StateInput;
import io.plumbline.unitday.States;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How exposures and unit-days are laid out for {@link TotalsKernel}. An exposure has, behind the columns of analysed units,
 * the days that it reads, the days from which it counts, and the bounds of every span, once for all totals over it. A
 * unit-day has its unit, day, start and breakdown value, and behind them the states of components.
 */
final class TotalLayout {

    private record InSpan(Span span, EventTime.Precision precision) {}

    private final List<String> unitColumns;
    private final ViewDays days;
    private final Map<String, UnitTotal> totals = new LinkedHashMap<>();
    private final List<InSpan> spans;
    private final List<PlannedComponent> components;

    /** The layout for analysed units of these columns. */
    TotalLayout(List<String> unitColumns, List<UnitTotal> totals, ViewDays days) {
        this.unitColumns = List.copyOf(unitColumns);
        this.days = days;
        totals.forEach(total ->
                this.totals.put(TotalReading.columns(total, days).get(0).name(), total));
        this.spans = totals().map(TotalLayout::inSpan).distinct().toList();
        this.components = totals().map(UnitTotal::component).distinct().toList();
    }

    /** Analysed units as the kernel reads them; dates are numbers, which it compares. */
    Column[] exposures() {
        Column exposed = unix_date(col(FIRST_EXPOSURE_DATE));
        boolean reachesBack = totals().anyMatch(UnitTotal::isBeforeExposure);
        Column before = reachesBack ? unix_date(col(COVARIATE_FROM)) : lit(null).cast(DataTypes.IntegerType);
        Stream<Column> calendar = Stream.of(
                coalesce(before, exposed).as("plumbline__first_read"),
                unix_date(col(LAST_WINDOW_DAY)).as("plumbline__last_read"),
                exposed.as("plumbline__exposed"),
                before.as("plumbline__before"));
        Stream<Column> bounds = spans.stream()
                .flatMap(in -> InWindow.bounds(in.span(), in.precision(), days.asOf()).columns().stream());
        return Stream.of(unitColumns.stream().map(functions::col), calendar, bounds)
                .flatMap(columns -> columns)
                .toArray(Column[]::new);
    }

    /** Unit-days as the kernel reads them. */
    Column[] unitDays() {
        return Stream.concat(
                        Stream.of(
                                col(UNIT_ID),
                                InWindow.day().as("plumbline__day"),
                                InWindow.start().as("plumbline__start"),
                                col(DIMENSION),
                                col(DIMENSION_VALUE)),
                        StateInput.columns(components).stream().map(functions::col))
                .toArray(Column[]::new);
    }

    /** The kernel for these layouts. */
    TotalsKernel kernel(BreakdownValues values) {
        return new TotalsKernel(
                new ExposureReading(
                        unitColumns.size(),
                        unitColumns.indexOf(EXPERIMENT),
                        days.view() == View.DAYS_SINCE_EXPOSURE,
                        values.shown()),
                new StateInput(components, TotalsKernel.STATES),
                totals().map(this::reading).toList());
    }

    /** The kernel's rows: the columns of units, of the breakdown, and those of the totals. */
    StructType schema(StructType units) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(units.fields()));
        fields.add(DataTypes.createStructField(DAY_INDEX, DataTypes.IntegerType, true));
        fields.add(DataTypes.createStructField(DIMENSION, DataTypes.StringType, true));
        fields.add(DataTypes.createStructField(DIMENSION_VALUE, DataTypes.StringType, true));
        totals().forEach(total -> fields.addAll(TotalReading.columns(total, days)));
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** The kernel's rows with states as they are everywhere else. */
    Dataset<Row> finished(Dataset<Row> rows) {
        Stream<Column> indexed = days.view() == View.DAYS_SINCE_EXPOSURE
                ? Stream.of(
                        col(DAY_INDEX),
                        date_add(col(FIRST_EXPOSURE_DATE), col(DAY_INDEX)).as(INDEXED_DAY))
                : Stream.of();
        Stream<Column> breakdown = Stream.of(col(DIMENSION), col(DIMENSION_VALUE));
        Stream<Column> states = totals().flatMap(total -> TotalReading.columns(total, days).stream()
                .map(StructField::name)
                .map(name -> StateFold.finished(total.aggregate(), col(name)).as(name)));
        return rows.select(Stream.of(unitColumns.stream().map(functions::col), indexed, breakdown, states)
                .flatMap(columns -> columns)
                .toArray(Column[]::new));
    }

    private Stream<UnitTotal> totals() {
        return totals.values().stream();
    }

    private TotalReading reading(UnitTotal total) {
        return new TotalReading(
                TotalReading.kind(total),
                total.component().component().aggregate(),
                spans.indexOf(inSpan(total)),
                total.isBeforeExposure(),
                components.indexOf(total.component()),
                States.parts(total.component().component().aggregate()).size(),
                TotalReading.columns(total, days).size(),
                total.cap().orElse(Double.POSITIVE_INFINITY));
    }

    private static InSpan inSpan(UnitTotal total) {
        return new InSpan(total.span(), total.component().precision());
    }
}
