package io.plumbline.benchmark;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Events and exposures as Parquet, a folder per day, the same for the same size. Numbers are drawn by hashing the row's
 * number, so that they do not depend on how Spark divides the work.
 *
 * <p>Units follow Zipf's law (exponent 1.1), but three bots have 5 % of the events; 1 % of the rows have no unit. Events
 * have 20 names with frequencies 1/k, a property with 5 values and one with 30, and a lognormal value, one in a thousand a
 * hundred times larger. Experiment {@code k} of X sees a share of the units between 1 % and 100 %; one in 200 exposed units
 * is seen in both groups.
 */
final class ShopData {

    /** Properties of units that exposures carry, with two and five values. */
    static final List<String> PROPERTIES = List.of("q1", "q2");

    /** How many names events have. */
    static final int EVENT_NAMES = 20;

    private static final int LATE_DAYS = 14;
    private static final double ZIPF = 1.1;

    private final SparkSession spark;
    private final Size size;
    private final Path folder;

    ShopData(SparkSession spark, Size size, Path folder) {
        this.spark = spark;
        this.size = size;
        this.folder = folder;
    }

    Path events() {
        return folder.resolve("events");
    }

    Path exposures() {
        return folder.resolve("exposures");
    }

    /** Writes all days. */
    void write() {
        for (int day = 0; day < size.days(); day++) {
            write(events(day), events());
            write(exposures(day), exposures());
        }
    }

    /**
     * Writes rows of the days before one that come with it.
     *
     * @param share of a day's rows; none for 0
     */
    void writeLate(LocalDate day, double share) {
        long rows = Math.round(share * size.eventsPerDay() / LATE_DAYS);
        for (int before = 1; rows > 0 && before <= LATE_DAYS; before++) {
            write(
                    events(day.minusDays(before), -day.toEpochDay() * size.eventsPerDay() - before * rows, rows),
                    events());
        }
    }

    private static void write(Dataset<Row> rows, Path path) {
        rows.write().mode(SaveMode.Append).partitionBy("ds").parquet(path.toString());
    }

    private Dataset<Row> events(int day) {
        return events(Size.FIRST_DAY.plusDays(day), day * size.eventsPerDay(), size.eventsPerDay());
    }

    /** Events with the numbers from the first on. */
    private Dataset<Row> events(LocalDate date, long first, long rows) {
        // The continuous form of Zipf's law: the rank at which a share u of the events is reached.
        String rank = "floor(power((power(" + size.units() + ", " + (1 - ZIPF) + ") - 1) * " + uniform(1) + " + 1, "
                + 1 / (1 - ZIPF) + "))";
        String name = "floor(power(" + (EVENT_NAMES + 1) + ", " + uniform(3) + ")) - 1";
        return spark.range(first, first + rows, 1, 4)
                .select(
                        expr("CASE WHEN " + uniform(2) + " < 0.01 THEN NULL WHEN " + uniform(2) + " < 0.06 THEN "
                                        + "concat('bot', floor(" + uniform(1) + " * 3)) ELSE concat('u', " + rank
                                        + ") END")
                                .as("unit"),
                        expr("timestampadd(MICROSECOND, CAST(" + uniform(4) + " * 86400000000 AS BIGINT), TIMESTAMP'"
                                        + date + "')")
                                .as("ts"),
                        expr("concat('e', CAST(" + name + " AS INT))").as("event"),
                        expr("concat('a', floor(" + uniform(5) + " * 5))").as("p5"),
                        expr("concat('b', floor(" + uniform(6) + " * 30))").as("p30"),
                        expr("round(exp(2 + sqrt(-2 * ln(" + uniform(7) + " + 1e-12)) * cos(6.283185307179586 * "
                                        + uniform(8) + ")) * IF(" + uniform(9) + " < 0.001, 100, 1), 2)")
                                .as("value"),
                        expr("DATE'" + date + "'").as("ds"));
    }

    /** Half of the units that an experiment sees meet it on its first day, the others on one of the days after. */
    private Dataset<Row> exposures(int day) {
        LocalDate date = Size.FIRST_DAY.plusDays(day);
        String share = "(0.01 + 0.99 * experiment / " + Math.max(1, size.experiments() - 1) + ")";
        String number = "(id * 1000 + experiment)";
        String first = "IF(" + uniform(number, 12) + " < 0.5, 0, CAST(floor(" + uniform(number, 13) + " * "
                + size.days() + ") AS INT))";
        Dataset<Row> met = spark.range(0, size.units(), 1, 4)
                .withColumn("experiment", expr("explode(sequence(0, " + (size.experiments() - 1) + "))"))
                .filter(uniform(number, 11) + " < " + share)
                .filter(first + " = " + day + " OR (" + uniform(number, 14) + " < 0.005 AND " + first + " = "
                        + (day - 1) + ")");
        return met.select(
                expr("concat('u', id + 1)").as("unit"),
                expr("concat('x', experiment)").as("experiment"),
                expr("IF((" + uniform(number, 15) + " < 0.5) = (" + first + " = " + day + "), 'control', 'treatment')")
                        .as("group_name"),
                expr("timestampadd(MICROSECOND, CAST(" + uniform(number, 16) + " * 86400000000 AS BIGINT), TIMESTAMP'"
                                + date + "')")
                        .as("ts"),
                expr("concat('c', floor(" + uniform(17) + " * 2))").as(PROPERTIES.get(0)),
                expr("concat('d', floor(" + uniform(18) + " * 5))").as(PROPERTIES.get(1)),
                expr("DATE'" + date + "'").as("ds"));
    }

    private static String uniform(int salt) {
        return uniform("id", salt);
    }

    /** A number in [0, 1) of the row, as if drawn at random. */
    private static String uniform(String key, int salt) {
        return "(shiftrightunsigned(xxhash64(" + key + ", " + salt + "), 11) / 9007199254740992D)";
    }
}
