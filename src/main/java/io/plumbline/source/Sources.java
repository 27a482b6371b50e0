package io.plumbline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Reads the rows of a source that happened on given local days.
 *
 * <p>Output: the source's columns, its named expressions, and those of {@link SourceSchema}; one row per source row. Rows
 * without a timestamp are on no day and are left out. The session's time zone must be the project's.
 */
public final class Sources {

    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);

    private final SparkSession spark;
    private final ZoneId zone;

    /** Reads with a session whose time zone is the project's. */
    public Sources(SparkSession spark, ZoneId zone) {
        this.spark = spark;
        this.zone = zone;
    }

    /**
     * The rows of a metric source.
     *
     * @throws SourceException if the source or one of its columns cannot be resolved
     */
    public Dataset<Row> read(MetricSource source, DayRange days) {
        return read(Rows.of(source), List.of(days));
    }

    /**
     * The rows of a metric source on some days, at least one, and of no day between them.
     *
     * @throws SourceException if the source or one of its columns cannot be resolved
     */
    public Dataset<Row> read(MetricSource source, Collection<LocalDate> days) {
        return read(Rows.of(source), DayRange.of(days, Integer.MAX_VALUE));
    }

    /**
     * The rows of a metric source on some days, at least one, that are in some of its files. They have the columns that a
     * reader of all files finds.
     *
     * @param files as {@link Snapshot#added} names them
     * @throws SourceException if the source or one of its columns cannot be resolved
     */
    public Dataset<Row> read(MetricSource source, AddedFiles files, Collection<LocalDate> days) {
        Rows rows = Rows.of(source);
        Location.Files all = (Location.Files) rows.location();
        List<DayRange> ranges = DayRange.of(days, Integer.MAX_VALUE);
        return read(
                rows,
                ranges,
                opened(
                        rows,
                        () -> reader(all)
                                .schema(reader(all).load(all.path()).schema())
                                .option("basePath", all.path())
                                .load(files.files().toArray(String[]::new))));
    }

    /**
     * The rows of an assignment source.
     *
     * @throws SourceException if the source or one of its columns cannot be resolved
     */
    public Dataset<Row> read(AssignmentSource source, DayRange days) {
        return read(Rows.of(source), List.of(days));
    }

    /**
     * The rows of an assignment source on some days, at least one, and of no day between them.
     *
     * @throws SourceException if the source or one of its columns cannot be resolved
     */
    public Dataset<Row> read(AssignmentSource source, Collection<LocalDate> days) {
        return read(Rows.of(source), DayRange.of(days, Integer.MAX_VALUE));
    }

    /**
     * The rows of a property source up to the end of a day; those without time, all. Queries may ask for the dates: the first
     * is 1 January 1900.
     *
     * @throws SourceException if the source or one of its columns cannot be resolved
     */
    public Dataset<Row> read(PropertySource source, LocalDate asOf) {
        Rows rows = Rows.of(source);
        DayRange days = new DayRange(FIRST_DAY, asOf);
        Dataset<Row> named = named(rows, open(rows, days));
        return source.time().isPresent() ? timed(rows, List.of(days), named) : named;
    }

    /**
     * The rows in one file of a metric source, with the columns that this file has.
     *
     * @param file as {@link Snapshot#sample} names it
     * @throws SourceException if one of the source's columns cannot be resolved
     */
    public Dataset<Row> sample(MetricSource source, String file, DayRange days) {
        return read(Rows.of(source).at(file), List.of(days));
    }

    /**
     * The rows in one file of an assignment source, with the columns that this file has.
     *
     * @param file as {@link Snapshot#sample} names it
     * @throws SourceException if one of the source's columns cannot be resolved
     */
    public Dataset<Row> sample(AssignmentSource source, String file, DayRange days) {
        return read(Rows.of(source).at(file), List.of(days));
    }

    /** Queries are asked for all days from the first to the last; of partitions and files only those that are needed are read. */
    private Dataset<Row> read(Rows source, List<DayRange> ranges) {
        DayRange all = new DayRange(
                ranges.get(0).first(), ranges.get(ranges.size() - 1).last());
        return read(source, ranges, open(source, all));
    }

    private Dataset<Row> read(Rows source, List<DayRange> ranges, Dataset<Row> opened) {
        return timed(source, ranges, named(source, pruned(source, ranges, opened)));
    }

    private static Dataset<Row> named(Rows source, Dataset<Row> unnamed) {
        Dataset<Row> rows = unnamed;
        for (Map.Entry<String, String> column : source.columns().entrySet()) {
            rows = withColumn(source, rows, column.getKey(), column.getValue());
        }
        return rows;
    }

    private Dataset<Row> open(Rows source, DayRange days) {
        return opened(source, () -> rowsOf(source.location(), days));
    }

    private static Dataset<Row> opened(Rows source, Supplier<Dataset<Row>> rows) {
        try {
            return rows.get();
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            throw source.problem("cannot be read", e);
        }
    }

    private Dataset<Row> rowsOf(Location location, DayRange days) {
        if (location instanceof Location.Table table) {
            return spark.table(table.name());
        }
        if (location instanceof Location.Files files) {
            return reader(files).load(files.path());
        }
        Location.Query query = (Location.Query) location;
        return spark.sql(Macros.expand(query.text(), days));
    }

    private DataFrameReader reader(Location.Files files) {
        DataFrameReader reader = spark.read().format(files.format().sparkName()).options(strict(files));
        files.schema().ifPresent(reader::schema);
        return reader;
    }

    /** Text files are read strictly unless the definition says otherwise: a malformed row must not become nulls. */
    private static Map<String, String> strict(Location.Files files) {
        boolean text = files.format() == FileFormat.CSV || files.format() == FileFormat.JSON;
        if (!text || files.options().keySet().stream().anyMatch("mode"::equalsIgnoreCase)) {
            return files.options();
        }
        Map<String, String> options = new HashMap<>(files.options());
        options.put("mode", "FAILFAST");
        return options;
    }

    private Dataset<Row> pruned(Rows source, List<DayRange> ranges, Dataset<Row> rows) {
        return source.time()
                .partition()
                .map(partition -> {
                    DataType type = type(source, rows, partition.column(), "date_partition");
                    return rows.filter(any(
                            ranges,
                            days -> PartitionFilter.of(partition, type, days, zone)
                                    .orElseThrow(() -> source.problem("date_partition '" + partition.column() + "' is "
                                            + type.sql()
                                            + "; a DATE, a STRING (yyyy-MM-dd) or an INT (yyyymmdd) can prune"))));
                })
                .orElse(rows);
    }

    private static Column any(List<DayRange> ranges, Function<DayRange, Column> condition) {
        return ranges.stream().map(condition).reduce(Column::or).orElseThrow();
    }

    private static Dataset<Row> withColumn(Rows source, Dataset<Row> rows, String name, String expression) {
        try {
            return rows.withColumn(name, expr(expression));
        } catch (Exception e) {
            throw source.problem("column '" + name + "': '" + expression + "'", e);
        }
    }

    private Dataset<Row> timed(Rows source, List<DayRange> ranges, Dataset<Row> rows) {
        String name = source.time().column();
        DataType type = type(source, rows, name, "timestamp");
        boolean day = source.time().precision() == EventTime.Precision.DAY;
        if (type instanceof DateType && !day) {
            throw source.problem("timestamp '" + name + "' is a DATE, so the day of exposure would be lost;"
                    + " set `timestamp_as_date: true`");
        }
        if (!(type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType)) {
            throw source.problem("timestamp '" + name + "' is " + type.sql()
                    + "; make it a TIMESTAMP with an expression under `columns`");
        }
        Column time = quoted(name);
        Column at = day ? to_date(time).cast(DataTypes.TimestampType) : time.cast(DataTypes.TimestampType);
        Dataset<Row> inRange = rows.filter(
                        any(ranges, days -> day ? onDays(to_date(time), days) : within(time, type, days)))
                .withColumn(SourceSchema.AT, at);
        return inRange.withColumn(SourceSchema.DAY, to_date(col(SourceSchema.AT)));
    }

    private static Column onDays(Column date, DayRange days) {
        return date.between(lit(days.first()), lit(days.last()));
    }

    /** A range on the stored column itself, so that it can be pushed into the scan and skip files. */
    private Column within(Column time, DataType type, DayRange days) {
        if (type instanceof TimestampNTZType) {
            return time.geq(lit(days.first().atStartOfDay()))
                    .and(time.lt(lit(days.last().plusDays(1).atStartOfDay())));
        }
        return time.geq(lit(days.first().atStartOfDay(zone).toInstant()))
                .and(time.lt(lit(days.last().plusDays(1).atStartOfDay(zone).toInstant())));
    }

    private static DataType type(Rows source, Dataset<Row> rows, String column, String key) {
        Optional<String> name = Arrays.stream(rows.columns())
                .filter(c -> c.equalsIgnoreCase(column))
                .findFirst();
        return rows.schema()
                .apply(name.orElseThrow(() -> source.problem(
                        key + " '" + column + "' is not a column; columns are " + List.of(rows.columns()))))
                .dataType();
    }

    /**
     * Makes sure that rows have a column. Spark does not: it takes the name {@code user}, where there is no such column, for
     * the function of that name, and so whoever runs the query for the unit of all rows.
     *
     * @throws SourceException if they have none of that name
     */
    public static void require(Dataset<Row> rows, String column) {
        if (Arrays.stream(rows.columns()).noneMatch(column::equalsIgnoreCase)) {
            throw new SourceException("there is no column '" + column
                    + "'; restore it in the source, or correct the definition; columns are " + List.of(rows.columns()));
        }
    }

    /** A column by name, whatever characters the name holds. */
    public static Column quoted(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }
}
