package io.plumbline.unittotal;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.exposure.Exposures;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.FunnelRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What windows over rows cost where order matters, beside what is built: the same numbers first, then the wall time of each
 * on two cores, interleaved, as the median of five runs after one to warm up. Prints a table; nothing depends on the times.
 * {@code mvn test -Dtest=WindowsMeasuredTest -Dgroups=slow -DexcludedGroups=}
 */
@Tag("slow")
class WindowsMeasuredTest extends SparkTest {

    private static final int RUNS = 5;
    private static final long ROWS = 2_000_000;
    private static final FunnelRule FUNNEL = new FunnelRule(
            Collections.nCopies(3, Optional.empty()),
            FunnelRule.Order.ORDERED,
            Optional.empty(),
            FunnelRule.Start.FIRST_STEP,
            FunnelRule.Attempts.FIRST,
            Optional.empty(),
            FunnelRule.Counted.UNITS,
            CohortWindow.Maturity.ANY);

    @TempDir
    static Path folder;

    /** Two million rows: 200,000 exposed units with ten sightings each, 50,000 active units with forty events each. */
    @BeforeAll
    static void write() {
        spark().range(0, ROWS, 1, 4)
                .selectExpr(
                        "'e' || id % 4 AS experiment",
                        "'u' || id % 200000 AS unit_id",
                        "IF(xxhash64(id % 200000) % 2 = 0, 'control', IF(id % 997 = 0, 'other', 'treatment')) AS group_name",
                        "timestamp_micros(1767225600000000 + pmod(xxhash64(id), 864000000000)) AS at",
                        "map('platform', IF(id % 3 = 0, 'web', 'app')) AS properties")
                .write()
                .parquet(folder + "/sightings");
        spark().range(0, ROWS, 1, 4)
                .selectExpr(
                        "'u' || id % 50000 AS unit_id",
                        "timestamp_micros(1767225600000000 + pmod(xxhash64(id), 864000000000)) AS at",
                        "pmod(xxhash64(id, 1), 100) < 30 AS passes",
                        "CAST(pmod(xxhash64(id, 2), 3) + 1 AS INT) AS step")
                .write()
                .parquet(folder + "/events");
    }

    @Test
    void first_exposure() {
        Dataset<Row> sightings = spark().read().parquet(folder + "/sightings");
        Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
        String columns = "experiment, unit_id, group_name, first_exposure_at, crossover_at";
        ways.put(
                "as built",
                Exposures.of(sightings)
                        .selectExpr("experiment", "unit_id", "group_name", "first_exposure_at", "crossover_at"));
        sightings.createOrReplaceTempView("measured_sightings");
        ways.put(
                "window over rows",
                spark().sql("SELECT " + columns + " FROM (SELECT *, row_number() OVER w AS rank, "
                        + "min(CASE WHEN group_name <> first_group THEN at END) OVER (PARTITION BY experiment, unit_id) AS crossover_at, "
                        + "at AS first_exposure_at FROM (SELECT *, first(group_name) OVER w AS first_group FROM measured_sightings "
                        + "WINDOW w AS (PARTITION BY experiment, unit_id ORDER BY at, group_name)) "
                        + "WINDOW w AS (PARTITION BY experiment, unit_id ORDER BY at, group_name)) WHERE rank = 1"));
        measure("first exposure", ways, columns);
        spark().catalog().dropTempView("measured_sightings");
    }

    @Test
    void latest_record() {
        spark().read().parquet(folder + "/events").createOrReplaceTempView("measured_events");
        Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
        ways.put(
                "as built: BIGINT",
                spark().sql("SELECT unit_id, max(unix_micros(at) * 2 + INT(passes)) % 2 = 1 AS passes "
                        + "FROM measured_events GROUP BY unit_id"));
        ways.put(
                "as built: struct",
                spark().sql(
                                "SELECT unit_id, max(struct(at, passes)).passes AS passes FROM measured_events GROUP BY unit_id"));
        ways.put(
                "max_by",
                spark().sql(
                                "SELECT unit_id, max_by(passes, struct(at, passes)) AS passes FROM measured_events GROUP BY unit_id"));
        ways.put(
                "window over rows",
                spark().sql("SELECT unit_id, passes FROM (SELECT *, row_number() OVER (PARTITION BY unit_id "
                        + "ORDER BY at DESC, passes DESC) AS rank FROM measured_events) WHERE rank = 1"));
        measure("latest record", ways, "unit_id, passes");
        spark().catalog().dropTempView("measured_events");
    }

    @Test
    void funnel() {
        Dataset<Row> events = spark().read().parquet(folder + "/events");
        Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
        UDF1<scala.collection.Seq<Row>, Integer> follow =
                moments -> completed(FunnelMoment.all(scala.jdk.javaapi.CollectionConverters.asJava(moments)));
        ways.put(
                "as built: arrays and binary search",
                events.selectExpr("unit_id", "unix_micros(at) AS at", "1 << (step - 1) AS steps")
                        .groupBy("unit_id")
                        .agg(expr("collect_list(struct(at, steps, STRING(NULL) AS session))")
                                .as("moments"))
                        .select(
                                expr("unit_id"),
                                udf(follow, DataTypes.IntegerType)
                                        .apply(expr("moments"))
                                        .as("completed")));
        events.createOrReplaceTempView("measured_events");
        ways.put(
                "windows over rows",
                spark().sql("WITH a AS (SELECT *, min(CASE WHEN step = 1 THEN at END) OVER w AS c1 "
                        + "FROM measured_events WINDOW w AS (PARTITION BY unit_id)), b AS (SELECT *, min(CASE WHEN step = 2 AND at >= c1 "
                        + "THEN at END) OVER w AS c2 FROM a WINDOW w AS (PARTITION BY unit_id)) SELECT unit_id, "
                        + "INT(max(c1 IS NOT NULL)) + INT(max(c2 IS NOT NULL)) + coalesce(INT(max(step = 3 AND at >= c2)), 0) AS completed "
                        + "FROM b GROUP BY unit_id HAVING max(c1) IS NOT NULL"));
        measure("funnel of three steps", ways, "unit_id, completed");
        spark().catalog().dropTempView("measured_events");
    }

    private static @Nullable Integer completed(List<FunnelMoment> moments) {
        Optional<double[]> path = FunnelPath.of(FUNNEL, moments, FunnelSpan.sinceExposure(0, Long.MAX_VALUE));
        return path.map(numbers -> (int) (numbers[0] + numbers[1] + numbers[2])).orElse(null);
    }

    private static void measure(String what, Map<String, Dataset<Row>> ways, String columns) {
        List<String> found = new ArrayList<>();
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int run = 0; run <= RUNS; run++) {
            ways.forEach((way, rows) -> {
                long wall = System.nanoTime();
                found.add(rows.selectExpr("bit_xor(xxhash64(" + columns + ")) AS hash", "count(*) AS n")
                        .head()
                        .toString());
                times.computeIfAbsent(way, name -> new ArrayList<>()).add((System.nanoTime() - wall) / 1e9);
            });
        }
        assertThat(found).as("%s: all ways find the same", what).containsOnly(found.get(0));
        double built = median(times.values().iterator().next());
        times.forEach((way, runs) -> System.out.printf(
                "%s, %d rows, Spark %s: %-36s %.2f s, %.2f x%n",
                what, ROWS, spark().version(), way, median(runs), median(runs) / built));
    }

    /** Of all runs but the first. */
    private static double median(List<Double> runs) {
        List<Double> sorted = runs.stream().skip(1).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
