package io.plumbline.demo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the shop's log: what an experimenting web shop finds in its lake.
 *
 * <p>Tables, each a folder partitioned by the local day {@code ds}:
 *
 * <ul>
 *   <li>{@code events} (Delta): event_id, visitor_id, session_id, event_time, event (visit, search, product_view,
 *       add_to_cart, checkout, support), page, category, country, device, campaign, returning, revenue_cents (checkouts
 *       only, with a heavy tail), latency_ms, received_on. Three in a hundred sessions in the app reach the log a day
 *       late; one in two hundred has no visitor_id.
 *   <li>{@code exposures} (Delta): experiment, group_name, visitor_id, exposed_at, country, device; once per visitor,
 *       experiment and active day.
 *   <li>{@code app_usage} (Parquet): visitor_id, activity_date (no time of day), minutes; one row per active day.
 * </ul>
 *
 * <p>Events begin {@link ShopSettings#HISTORY_DAYS} days before the first day. Visitors differ in how often they come, how
 * readily they buy and how much they spend, and stay as they are, so that what they did before says what they will do.
 *
 * <p>Rows follow from the settings alone, whatever the number of partitions and the order of writes. A day that is
 * written again replaces itself.
 */
public final class Shop {

    private static final int VISITORS_PER_SLICE = 2_500;

    private final SparkSession spark;
    private final ShopSettings settings;

    /** A shop that is made by a session. */
    public Shop(SparkSession spark, ShopSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /**
     * Writes the log as it stands at the end of a day, in place of whatever is there: rows of that day that come late are
     * still missing.
     *
     * @param folder where the tables go, made if need be
     * @param through a day of the shop
     * @throws IllegalArgumentException if the shop has no such day
     */
    public void write(Path folder, LocalDate through) {
        int last = number(through);
        byDay(events(-ShopSettings.HISTORY_DAYS, last).filter(col("received_on").leq(lit(through))))
                .write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .partitionBy("ds")
                .save(table(folder, ShopSchema.EVENTS));
        byDay(exposures(0, last))
                .write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .partitionBy("ds")
                .save(table(folder, ShopSchema.EXPOSURES));
        byDay(appUsage(0, last))
                .write()
                .mode(SaveMode.Overwrite)
                .partitionBy("ds")
                .parquet(table(folder, ShopSchema.APP_USAGE));
    }

    /**
     * Writes what reaches the log on one day: its own rows, and late ones into the partition of the day before. Days are
     * written in order.
     *
     * @param folder where the tables are, made if need be
     * @param day a day of the shop
     * @throws IllegalArgumentException if the shop has no such day
     */
    public void writeDay(Path folder, LocalDate day) {
        int number = number(day);
        Dataset<Row> received =
                events(number - 1, number).filter(col("received_on").equalTo(lit(day)));
        byDay(received)
                .write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .option("replaceWhere", "received_on = DATE'" + day + "'")
                .partitionBy("ds")
                .save(table(folder, ShopSchema.EVENTS));
        byDay(exposures(number, number))
                .write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .option("replaceWhere", "ds = DATE'" + day + "'")
                .partitionBy("ds")
                .save(table(folder, ShopSchema.EXPOSURES));
        byDay(appUsage(number, number))
                .write()
                .mode(SaveMode.Overwrite)
                .option("partitionOverwriteMode", "dynamic")
                .partitionBy("ds")
                .parquet(table(folder, ShopSchema.APP_USAGE));
    }

    /** All events of all days and of those before, late ones too. */
    public Dataset<Row> events() {
        return events(-ShopSettings.HISTORY_DAYS, settings.days() - 1);
    }

    /** All exposures of all days. */
    public Dataset<Row> exposures() {
        return exposures(0, settings.days() - 1);
    }

    /** All days on which a visitor used the app. */
    public Dataset<Row> appUsage() {
        return appUsage(0, settings.days() - 1);
    }

    private Dataset<Row> events(int first, int last) {
        return rows(first, last, ShopSchema.BARE_EVENTS, ShopRows::events).selectExpr(ShopSchema.EVENT_COLUMNS);
    }

    private Dataset<Row> exposures(int first, int last) {
        return rows(first, last, ShopSchema.BARE_EXPOSURES, ShopRows::exposures)
                .selectExpr(ShopSchema.EXPOSURE_COLUMNS);
    }

    private Dataset<Row> appUsage(int first, int last) {
        return rows(first, last, ShopSchema.BARE_APP_USAGE, ShopRows::appUsage)
                .selectExpr(ShopSchema.APP_USAGE_COLUMNS);
    }

    private Dataset<Row> rows(int first, int last, StructType schema, ShopRows.Extract extract) {
        ShopSettings shop = settings;
        FlatMapFunction<Long, Row> visitorRows = number -> {
            Visitor visitor = Visitor.of(shop, number);
            return IntStream.rangeClosed(first, last)
                    .mapToObj(day -> new ShopRows(shop, visitor, day))
                    .flatMap(extract::of)
                    .iterator();
        };
        int slices = 1 + settings.visitors() / VISITORS_PER_SLICE;
        return spark.range(0, settings.visitors(), 1, slices).flatMap(visitorRows, Encoders.row(schema));
    }

    /** One file per day and table. */
    private static Dataset<Row> byDay(Dataset<Row> rows) {
        return rows.repartition(col("ds")).sortWithinPartitions("ds", "visitor_id");
    }

    private int number(LocalDate day) {
        long number = ChronoUnit.DAYS.between(settings.firstDay(), day);
        if (number < 0 || number >= settings.days()) {
            throw new IllegalArgumentException(
                    "day " + day + " is not one of the shop's, " + settings.firstDay() + " to " + settings.lastDay());
        }
        return (int) number;
    }

    private static String table(Path folder, String name) {
        return folder.resolve(name).toAbsolutePath().toString();
    }
}
