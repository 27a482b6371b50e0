package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.NON_FINITE;
import static io.plumbline.unitday.UnitDaySchema.ROW_COUNT;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Source rows behind unit-days, counted from the unit-days themselves: the source is not read again.
 *
 * @param byDay rows that some component takes
 * @param withoutUnit those among them that name no unit and are in no number
 * @param nonFinite rows with a NaN or infinite value, which is skipped
 */
record RowCounts(Map<LocalDate, Long> byDay, long withoutUnit, long nonFinite) {

    static final RowCounts NONE = new RowCounts(Map.of(), 0, 0);

    /** Of unit-days none of which have source rows in common. */
    static RowCounts of(Dataset<Row> unitDays) {
        Map<LocalDate, Long> byDay = new HashMap<>();
        long withoutUnit = 0;
        long nonFinite = 0;
        Dataset<Row> counts = unitDays.filter(col(DIMENSION).isNull())
                .groupBy(DS)
                .agg(
                        sum(ROW_COUNT).as("rows"),
                        sum(when(col(UNIT_ID).isNull(), col(ROW_COUNT))).as("without_unit"),
                        sum(NON_FINITE).as("non_finite"));
        for (Row row : counts.collectAsList()) {
            byDay.put(row.<Date>getAs(DS).toLocalDate(), number(row, "rows"));
            withoutUnit += number(row, "without_unit");
            nonFinite += number(row, "non_finite");
        }
        return new RowCounts(byDay, withoutUnit, nonFinite);
    }

    private static long number(Row row, String column) {
        Long value = row.getAs(column);
        return value == null ? 0 : value;
    }

    long rows() {
        return byDay.values().stream().mapToLong(n -> n).sum();
    }

    long rowsOn(LocalDate day) {
        return byDay.getOrDefault(day, 0L);
    }

    RowCounts plus(RowCounts other) {
        Map<LocalDate, Long> sum = new HashMap<>(byDay);
        other.byDay.forEach((day, rows) -> sum.merge(day, rows, Long::sum));
        return new RowCounts(sum, withoutUnit + other.withoutUnit, nonFinite + other.nonFinite);
    }
}
