package io.plumbline.source;

import static org.apache.spark.sql.functions.lit;

import io.plumbline.metric.DatePartition;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;

/** The predicate that prunes a source to the partitions which can hold rows of given local days. */
final class PartitionFilter {

    private PartitionFilter() {}

    /**
     * A range over the partition column, in the column's own type. Where the column follows the calendar of another zone
     * than the project, the range takes in every day of that calendar that overlaps.
     *
     * @return empty when the column's type is not one that a date is written in
     */
    static Optional<Column> of(DatePartition partition, DataType type, DayRange days, ZoneId zone) {
        DayRange calendar =
                partition.zone().map(other -> days.overlapping(other, zone)).orElse(days);
        Column column = Sources.quoted(partition.column());
        if (type instanceof DateType) {
            return Optional.of(column.between(lit(calendar.first()), lit(calendar.last())));
        }
        if (type instanceof StringType) {
            return Optional.of(text(column, calendar));
        }
        if (type instanceof IntegerType || type instanceof LongType) {
            return Optional.of(column.between(lit(number(calendar.first())), lit(number(calendar.last()))));
        }
        return Optional.empty();
    }

    /** Both spellings sort like the date does, and neither is ever between two of the other on other days. */
    private static Column text(Column column, DayRange days) {
        Column dashed =
                column.between(lit(days.first().toString()), lit(days.last().toString()));
        Column plain =
                column.between(lit(String.valueOf(number(days.first()))), lit(String.valueOf(number(days.last()))));
        return dashed.or(plain);
    }

    private static int number(LocalDate day) {
        return Integer.parseInt(DateTimeFormatter.BASIC_ISO_DATE.format(day));
    }
}
