package io.plumbline.demo;

import static io.plumbline.DatasetAssert.assertEqual;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written: the same rows however it is written, on the right days, with the planted effects in them. */
class ShopTest extends SparkTest {

    private static final ShopSettings SMALL = ShopSettings.DEFAULT.withVisitors(300);
    private static final LocalDate LAST = SMALL.lastDay();

    @TempDir
    private Path folder;

    @Test
    void rowsDoNotDependOnPartitions() {
        Shop shop = new Shop(spark(), SMALL);
        Dataset<Row> ofMany = new Shop(spark(), SMALL.withVisitors(8_000)).events();

        assertEqual(shop.events().filter("visitor_id < 'v100300'"), ofMany.filter("visitor_id < 'v100300'"));
    }

    @Test
    void writingDayByDayIsWritingAtOnce() {
        Shop shop = new Shop(spark(), SMALL);
        shop.write(folder.resolve("once"), LAST);
        shop.write(folder.resolve("daily"), LAST.minusDays(1));
        long early = late(delta("daily", "events")).count();
        shop.writeDay(folder.resolve("daily"), LAST);
        shop.writeDay(folder.resolve("daily"), LAST);

        for (String table : List.of("events", "exposures")) {
            assertEqual(delta("once", table), delta("daily", table));
        }
        assertEqual(parquet("once", "app_usage"), parquet("daily", "app_usage"));
        assertThat(late(delta("daily", "events")).count())
                .as("rows of the day before that come with the last")
                .isGreaterThan(early);
    }

    @Test
    void theLocalDateOfEveryTimeIsItsPartition() {
        Shop shop = new Shop(spark(), SMALL);
        String local = "to_date(from_utc_timestamp(%s, 'America/New_York')) <> ds";

        assertThat(shop.events().filter(local.formatted("event_time")).count()).isZero();
        assertThat(shop.exposures().filter(local.formatted("exposed_at")).count())
                .isZero();
        assertThat(shop.appUsage().filter("activity_date <> ds").count()).isZero();
        assertThat(shop.events().filter("to_date(event_time) <> ds").count())
                .as("evenings that are the next day in UTC")
                .isPositive();
    }

    @Test
    void eventsAreUniqueAndMissWhatIsNaturallyMissing() {
        Dataset<Row> events = new Shop(spark(), SMALL).events();

        Row counts = events.agg(count(lit(1)), count_distinct(col("event_id")), count("visitor_id"), count("country"))
                .head();
        assertThat(counts.getLong(1)).isEqualTo(counts.getLong(0));
        assertThat(counts.getLong(2)).isLessThan(counts.getLong(0));
        assertThat(counts.getLong(3)).isLessThan(counts.getLong(0));
        assertThat(events.filter("(event = 'checkout') <> (revenue_cents IS NOT NULL)")
                        .count())
                .isZero();
    }

    @Test
    void groupsDifferByThePlantedEffects() {
        Shop shop = new Shop(spark(), ShopSettings.DEFAULT);
        Map<String, Row> groups = ShopTotals.of(shop).collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> row.getAs("experiment") + "/" + row.getAs("group_name"), Function.identity()));

        for (PlantedEffect effect : PlantedEffects.all()) {
            if (ShopTotals.METRICS.containsKey(effect.metric())) {
                double z = ShopTotals.distance(
                        groups.get(effect.experiment() + "/control"),
                        groups.get(effect.experiment() + "/" + effect.group()),
                        effect);
                assertThat(Math.abs(z))
                        .as("%s is off by %.2f standard errors", effect, z)
                        .isLessThan(3.5);
            }
        }
    }

    @Test
    void aDayThatTheShopDoesNotHaveIsRefused() {
        Shop shop = new Shop(spark(), SMALL);

        assertThatThrownBy(() -> shop.write(folder, LAST.plusDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("day 2026-03-13 is not one of the shop's, 2026-03-04 to 2026-03-12");
    }

    private static Dataset<Row> late(Dataset<Row> events) {
        return events.filter(col("received_on").gt(col("ds")));
    }

    private Dataset<Row> delta(String copy, String table) {
        return spark().read()
                .format("delta")
                .load(folder.resolve(copy).resolve(table).toString());
    }

    private Dataset<Row> parquet(String copy, String table) {
        return spark().read().parquet(folder.resolve(copy).resolve(table).toString());
    }
}
