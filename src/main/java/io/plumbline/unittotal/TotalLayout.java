package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.COVARIATE_FROM;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.Span;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.StateFold;
import io.plumbline.unitday.States;
import java.util.ArrayList;
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
 * How rows of units with their unit-days are laid out for {@link TotalsKernel}: the columns that all rows of a unit share;
 * for each span, once for all totals over it, whether the row is in it; the day, counted from exposure and from the first
 * day of covariates; the states.
 */
final class TotalLayout {

    private record InSpan(Span span, EventTime.Precision precision) {}

    private final List<String> head;
    private final ViewDays days;
    private final Map<String, UnitTotal> totals = new LinkedHashMap<>();
    private final List<InSpan> spans;
    private final List<String> states;

    /** The layout of rows that have the same values in the columns of {@code head} wherever they have the same key. */
    TotalLayout(List<String> head, List<UnitTotal> totals, ViewDays days) {
        this.head = List.copyOf(head);
        this.days = days;
        totals.forEach(total ->
                this.totals.put(TotalReading.columns(total, days).get(0).name(), total));
        this.spans = totals().map(TotalLayout::inSpan).distinct().toList();
        this.states = totals().flatMap(TotalLayout::inputs).distinct().toList();
    }

    /** The rows as the kernel reads them. */
    Column[] columns() {
        Column dayBefore = totals().anyMatch(UnitTotal::isBeforeExposure)
                ? date_diff(col(DS), col(COVARIATE_FROM))
                : lit(null).cast(DataTypes.IntegerType);
        return Stream.of(
                        head.stream().map(functions::col),
                        Stream.of(
                                date_diff(col(DS), col(FIRST_EXPOSURE_DATE)).as("plumbline__day"),
                                dayBefore.as("plumbline__day_before")),
                        spans.stream().map(this::flag),
                        states.stream().map(functions::col))
                .flatMap(columns -> columns)
                .toArray(Column[]::new);
    }

    private Column flag(InSpan in) {
        return InWindow.of(in.span(), in.precision(), days.asOf()).as("plumbline__in" + spans.indexOf(in));
    }

    /** How the totals are read from such rows. */
    List<TotalReading> readings() {
        return totals().map(this::reading).toList();
    }

    /** The kernel's rows: the shared columns and those of the totals. */
    StructType schema(StructType rows) {
        List<StructField> fields = new ArrayList<>();
        head.forEach(name -> fields.add(rows.apply(name)));
        totals().forEach(total -> fields.addAll(TotalReading.columns(total, days)));
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** The kernel's rows with states as they are everywhere else. */
    Dataset<Row> finished(Dataset<Row> rows) {
        Stream<Column> states = totals().flatMap(total -> TotalReading.columns(total, days).stream()
                .map(StructField::name)
                .map(name -> StateFold.finished(total.aggregate(), col(name)).as(name)));
        return rows.select(
                Stream.concat(head.stream().map(functions::col), states).toArray(Column[]::new));
    }

    private Stream<UnitTotal> totals() {
        return totals.values().stream();
    }

    private TotalReading reading(UnitTotal total) {
        int firstSpan = head.size() + 2;
        int firstState = firstSpan + spans.size();
        return new TotalReading(
                TotalReading.kind(total),
                total.component().component().aggregate(),
                firstSpan + spans.indexOf(inSpan(total)),
                head.size() + (total.isBeforeExposure() ? 1 : 0),
                firstState + states.indexOf(inputs(total).findFirst().orElseThrow()),
                Math.toIntExact(inputs(total).count()),
                TotalReading.columns(total, days).size(),
                total.cap().orElse(Double.POSITIVE_INFINITY));
    }

    private static InSpan inSpan(UnitTotal total) {
        return new InSpan(total.span(), total.component().precision());
    }

    private static Stream<String> inputs(UnitTotal total) {
        return States.parts(total.component().component().aggregate()).stream()
                .map(part -> total.component().column(part.name()));
    }
}
