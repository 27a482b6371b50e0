package io.plumbline.pipeline;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What some teams have and most have not, each within the heap of the tests (4 GiB): one unit with a tenth of all rows, a
 * day of a hundred days' rows, many metrics, experiments, breakdown values. Numbers are those of plain SQL over the rows.
 */
@Tag("slow")
class ExtremesTest extends SparkTest {

    private static final String SOURCES = """
            version: 1
            project: extremes
            unit_types: [user]
            metric_sources:
              - {name: events, path: events, format: parquet, timestamp: at, date_partition: ds, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures, format: parquet, timestamp: at, experiment: experiment, group: arm,
                 units: {user: user}}
            """;

    private static final String EVERY_KIND = """
            metrics:
              - {name: rows, type: count, source: events, tags: [all]}
              - {name: spent, type: sum, source: events, value: amount, tags: [all]}
              - {name: items, type: count_distinct, source: events, value: item, tags: [all]}
              - {name: last_amount, type: latest_value, source: events, value: amount, tags: [all]}
              - {name: amount_p90, type: percentile, source: events, value: amount, percentile: 0.9, tags: [all]}
              - name: bought
                type: funnel
                tags: [all]
                steps:
                  - {name: saw, source: events, filters: [{column: kind, op: eq, values: [k0]}]}
                  - {name: paid, source: events, filters: [{column: kind, op: eq, values: [k1]}]}
            """;

    @TempDir
    Path folder;

    private int seed;

    @Test
    void a_unit_with_a_tenth_of_all_rows() {
        events("2026-01-01", 2_000_000, "IF(id % 10 = 0, 'u0', concat('u', " + drawn(20_000) + "))");
        exposures(1, 20_000);
        Scenario scenario = scenario(EVERY_KIND, List.of("x0")).run("2026-01-01");
        assertEveryKind(scenario, "2026-01-01");
    }

    @Test
    void a_day_with_the_rows_of_a_hundred() {
        events("2026-01-01", 20_000, "concat('u', " + drawn(20_000) + ")");
        events("2026-01-02", 2_000_000, "concat('u', " + drawn(20_000) + ")");
        events("2026-01-03", 20_000, "concat('u', " + drawn(20_000) + ")");
        exposures(1, 20_000);
        Scenario scenario = scenario(EVERY_KIND, List.of("x0")).run("2026-01-01", "2026-01-02", "2026-01-03");
        assertEveryKind(scenario, "2026-01-03");
    }

    @Test
    void five_hundred_metrics_of_one_source() {
        events("2026-01-01", 200_000, "concat('u', " + drawn(5_000) + ")");
        exposures(1, 5_000);
        String metrics = IntStream.range(0, 500)
                .mapToObj(
                        i -> "  - {name: m" + i + ", type: sum, source: events, value: amount, tags: [all], filters: ["
                                + "{column: kind, op: eq, values: [k" + i / 20
                                + "]}, {column: amount, op: gt, values: [" + i % 20
                                + "]}]}\n")
                .collect(Collectors.joining());
        Scenario scenario = scenario("metrics:\n" + metrics, List.of("x0")).run("2026-01-01");
        assertSame(
                scenario,
                "2026-01-01",
                "concat_ws(' ', metric, group_name)",
                "SELECT concat_ws(' ', concat('m', CAST(substr(kind, 2) AS INT) * 20 + over), arm), sum(IF(amount > over,"
                        + " amount, 0)) FROM events JOIN exposures USING (user) LATERAL VIEW"
                        + " explode(sequence(0, 19)) AS over GROUP BY ALL",
                1_000);
    }

    @Test
    void two_hundred_experiments() {
        events("2026-01-01", 200_000, "concat('u', " + drawn(5_000) + ")");
        exposures(200, 5_000);
        String metrics = """
                metrics:
                  - {name: rows, type: count, source: events, tags: [all]}
                  - {name: spent, type: sum, source: events, value: amount, winsorize: {upper: 0.99}}
                """;
        List<String> experiments =
                IntStream.range(0, 200).mapToObj(i -> "x" + i).toList();
        Scenario scenario = scenario(metrics, experiments).run("2026-01-01");
        assertSame(
                scenario,
                "2026-01-01",
                "concat_ws(' ', experiment, group_name)",
                "SELECT concat_ws(' ', experiment, arm), count(*) FROM events JOIN exposures USING (user) GROUP BY ALL",
                400);
    }

    @Test
    void ten_thousand_groups_of_breakdown_values() {
        events("2026-01-01", 500_000, "concat('u', " + drawn(20_000) + ")");
        exposures(1, 20_000);
        String metrics = """
                settings: {breakdown_top_values: 5000, breakdown_min_units: 1}
                metrics:
                  - {name: spent, type: sum, source: events, value: amount, breakdowns: [city], tags: [all]}
                """;
        Scenario scenario = scenario(metrics, List.of("x0")).run("2026-01-01");
        assertThat(scenario.rows("view = 'cumulative' AND dimension = 'city'")).hasSize(10_000);
        assertSame(
                scenario,
                "2026-01-01",
                "concat_ws(' ', dimension_value, group_name)",
                "SELECT concat_ws(' ', city, arm), sum(amount) FROM events JOIN exposures USING (user) GROUP BY ALL UNION"
                        + " ALL SELECT arm, sum(amount) FROM events JOIN exposures USING (user) GROUP BY arm",
                10_002);
    }

    /** Rows of a day; amounts are quarters, so that sums are exact in any order. */
    private void events(String day, long rows, String user) {
        seed++;
        Dataset<Row> events = spark().range(0, rows, 1, 4)
                .select(
                        expr(user).as("user"),
                        expr("timestampadd(MICROSECOND, id * " + 86_400_000_000L / rows + ", TIMESTAMP'" + day + "')")
                                .as("at"),
                        expr("concat('k', " + drawn(25) + ")").as("kind"),
                        expr(drawn(4_000) + " / 4").as("amount"),
                        expr("concat('i', " + drawn(50_000) + ")").as("item"),
                        expr("concat('c', " + drawn(5_000) + ")").as("city"),
                        expr("DATE'" + day + "'").as("ds"));
        write(events.write().partitionBy("ds"), "events");
    }

    /** Everybody is exposed to every experiment at the beginning of the first day. */
    private void exposures(int experiments, int users) {
        Dataset<Row> exposures = spark().range(0, (long) experiments * users, 1, 2)
                .select(
                        expr("concat('u', id % " + users + ")").as("user"),
                        expr("concat('x', id div " + users + ")").as("experiment"),
                        expr("IF(" + drawn(2) + " = 0, 'a', 'b')").as("arm"),
                        expr("TIMESTAMP'2026-01-01'").as("at"));
        write(exposures.write(), "exposures");
    }

    private void write(DataFrameWriter<Row> writer, String name) {
        writer.mode(SaveMode.Append).parquet(folder.resolve(name).toString());
    }

    /** A whole number from 0 to below a bound, the next of the row. */
    private String drawn(int bound) {
        seed++;
        return "pmod(xxhash64(id, " + seed + "), " + bound + ")";
    }

    private Scenario scenario(String metrics, List<String> experiments) {
        String text = experiments.stream()
                .map(name -> "  - {name: " + name + ", assignment_source: exposures, unit: user, start: 2026-01-01,"
                        + " groups: [{name: a, control: true}, {name: b}], metrics: {primary: [\"tag:all\"]}}\n")
                .collect(Collectors.joining());
        return Scenario.of(spark(), folder, Map.of("plumbline.yml", SOURCES + metrics + "experiments:\n" + text));
    }

    private void assertEveryKind(Scenario scenario, String day) {
        assertSame(scenario, day, "concat_ws(' ', metric, step, group_name)", """
                WITH seen AS (SELECT e.*, x.arm FROM events e JOIN exposures x USING (user)),
                users AS (
                  SELECT arm, user, count(DISTINCT item) items, max_by(amount, at) last_amount,
                    min(IF(kind = 'k0', at, NULL)) saw, max(IF(kind = 'k1', at, NULL)) paid
                  FROM seen GROUP BY ALL)
                SELECT concat('rows ', arm), CAST(count(*) AS DOUBLE) FROM seen GROUP BY arm
                UNION ALL SELECT concat('spent ', arm), sum(amount) FROM seen GROUP BY arm
                UNION ALL SELECT concat('items ', arm), sum(items) FROM users GROUP BY arm
                UNION ALL SELECT concat('last_amount ', arm), sum(last_amount) FROM users GROUP BY arm
                """, 8);
        Map<String, Double> means = numbers(scenario, day, "concat_ws(' ', metric, step, group_name)", "mean");
        numbers("""
                WITH seen AS (SELECT e.*, x.arm FROM events e JOIN exposures x USING (user)),
                users AS (
                  SELECT arm, user, min(IF(kind = 'k0', at, NULL)) saw, max(IF(kind = 'k1', at, NULL)) paid
                  FROM seen GROUP BY ALL)
                SELECT concat('amount_p90 ', arm), percentile(amount, 0.9) FROM seen GROUP BY arm
                UNION ALL SELECT concat('bought ', arm), avg(IF(paid > saw, 1, 0)) FROM users WHERE saw IS NOT NULL
                  GROUP BY arm
                """)
                .forEach((name, mean) -> assertThat(means)
                        .hasEntrySatisfying(name, found -> assertThat(found).isCloseTo(mean, within(1e-9))));
    }

    /**
     * Compares totals.
     *
     * @param name of a result's row
     * @param sql gives name and total of every row
     */
    private void assertSame(Scenario scenario, String day, String name, String sql, int rows) {
        Map<String, Double> expected = numbers(sql);
        Map<String, Double> found = numbers(scenario, day, name, "total");
        assertThat(expected).hasSize(rows);
        assertThat(found).containsAllEntriesOf(expected);
    }

    private static Map<String, Double> numbers(Scenario scenario, String day, String name, String number) {
        return numbers(scenario.plumbline()
                .table("experiment_results")
                .filter("view = 'cumulative' AND ds = DATE'" + day + "'")
                .selectExpr(name, number));
    }

    private Map<String, Double> numbers(String sql) {
        for (String name : List.of("events", "exposures")) {
            spark().read().parquet(folder.resolve(name).toString()).createOrReplaceTempView(name);
        }
        try {
            return numbers(spark().sql(sql));
        } finally {
            List.of("events", "exposures").forEach(name -> spark().catalog().dropTempView(name));
        }
    }

    private static Map<String, Double> numbers(Dataset<Row> rows) {
        Map<String, Double> numbers = new HashMap<>();
        rows.collectAsList().forEach(row -> {
            if (!row.isNullAt(1)) {
                numbers.put(row.getString(0), ((Number) row.get(1)).doubleValue());
            }
        });
        return numbers;
    }
}
