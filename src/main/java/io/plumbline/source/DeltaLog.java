package io.plumbline.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.to_date;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Which local days the commits of a Delta table touched, from its transaction log: by the date partition of the files that
 * came and went or, without one, by the smallest and largest timestamp in them. Commits that only rearrange rows touch
 * none. Where the log does not say, or its files are gone, a commit touches every day.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md">Delta transaction log protocol</a>
 */
final class DeltaLog {

    private static final String FILE =
            "STRUCT<dataChange: BOOLEAN, partitionValues: MAP<STRING, STRING>, stats: STRING>";
    private static final String SCHEMA = "add " + FILE + ", remove " + FILE;

    /**
     * Files that a commit added or removed.
     *
     * @param version the commit
     * @param days the days whose rows they may hold; empty for any
     */
    record Change(long version, Optional<DayRange> days) {
        boolean touches(LocalDate day) {
            return days.map(range -> range.covers(day)).orElse(true);
        }
    }

    private final SparkSession spark;
    private final String location;
    private final Rows rows;
    private final Optional<PartitionDays> partition;

    DeltaLog(SparkSession spark, String location, Rows rows, Optional<PartitionDays> partition) {
        this.spark = spark;
        this.location = location;
        this.rows = rows;
        this.partition = partition;
    }

    /** The changes of the commits from one version to another, both included. */
    List<Change> changes(long first, long last) {
        String[] paths = LongStream.rangeClosed(first, last)
                .mapToObj(version -> String.format(Locale.ROOT, "%s/_delta_log/%020d.json", location, version))
                .toArray(String[]::new);
        List<Row> actions;
        try {
            actions = actions(paths).collectAsList();
        } catch (Exception e) {
            // Old commits are cleaned up after a while; Spark declares none of its checked exceptions.
            return List.of(new Change(last, Optional.empty()));
        }
        Set<Long> read = actions.stream().map(row -> row.getLong(0)).collect(Collectors.toSet());
        if (read.size() < paths.length) {
            return List.of(new Change(last, Optional.empty()));
        }
        return actions.stream()
                .filter(row -> row.getBoolean(1))
                .map(row -> new Change(row.getLong(0), days(row)))
                .distinct()
                .toList();
    }

    /** Version, whether rows came or went, partition value, first and last day in the file. */
    private Dataset<Row> actions(String... paths) {
        Column file = coalesce(col("add"), col("remove"));
        Column changed = coalesce(file.getField("dataChange"), lit(false));
        return spark.read()
                .schema(SCHEMA)
                .json(paths)
                .select(
                        regexp_extract(col("_metadata.file_name"), "^(\\d+)", 1)
                                .cast("bigint")
                                .as("version"),
                        changed.as("changed"),
                        partitionValue(file.getField("partitionValues")).as("partition_value"),
                        day(file.getField("stats"), "minValues", 0).as("first_day"),
                        day(file.getField("stats"), "maxValues", 1).as("last_day"))
                .distinct();
    }

    private Column partitionValue(Column values) {
        return partition
                .map(days -> {
                    Column named = map_filter(
                            values,
                            (key, value) -> lower(key).equalTo(lit(days.column().toLowerCase(Locale.ROOT))));
                    return map_values(named).getItem(0);
                })
                .orElse(lit(null).cast("string"));
    }

    /** Statistics cut timestamps to milliseconds, the largest one too. */
    private Column day(Column stats, String bound, int millis) {
        String time = rows.time().column();
        if (rows.columns().containsKey(time) || time.contains("'")) {
            return lit(null).cast("date");
        }
        Column text = get_json_object(stats, "$." + bound + "['" + time + "']");
        return to_date(text.try_cast("timestamp").plus(expr("INTERVAL " + millis + " MILLISECOND")));
    }

    private Optional<DayRange> days(Row row) {
        Optional<DayRange> ofPartition = partition.flatMap(days -> days.of(row.getString(2)));
        return ofPartition.isPresent() ? ofPartition : range(row.getDate(3), row.getDate(4));
    }

    private static Optional<DayRange> range(@Nullable Date first, @Nullable Date last) {
        return first == null || last == null
                ? Optional.empty()
                : Optional.of(new DayRange(first.toLocalDate(), last.toLocalDate()));
    }
}
