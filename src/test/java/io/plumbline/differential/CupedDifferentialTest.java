package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Means and variances adjusted by values before exposure agree with DuckDB, which computes them from their definition, over
 * the whole and by a column of the source: sums, limited sums, counts, active days, means, ratios, minima and logarithms.
 */
class CupedDifferentialTest extends SparkTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-02-01");
    private static final LocalDate START = LocalDate.parse("2026-02-06");
    private static final LocalDate AS_OF = LocalDate.parse("2026-02-11");
    private static final int DAYS = 4;
    private static final int UNITS = 500;
    private static final List<String> GROUPS = List.of("control", "it's \"b\"", "ü, c");
    private static final List<String> SHOPS = List.of("main", "q\"uo,ted", "it's", "ладья");

    private static final String PROJECT = """
            version: 1
            project: cuped
            unit_types: [user]
            settings: {winsorize_relative_error: 0, breakdown_min_units: 1}
            metric_sources:
              - name: events
                path: events.csv
                format: csv
                options: {header: "true", escape: '"'}
                schema: user STRING, at TIMESTAMP, shop STRING, amount DOUBLE
                timestamp: at
                units: {user: user}
            assignment_sources:
              - name: exposures
                path: exposures.csv
                format: csv
                options: {header: "true", escape: '"'}
                schema: user STRING, experiment STRING, group_name STRING, at TIMESTAMP
                timestamp: at
                experiment: experiment
                group: group_name
                units: {user: user}
            metrics:
              - {name: spent, type: sum, source: events, value: amount, breakdowns: [shop]}
              - {name: limited, type: sum, source: events, value: amount, winsorize: {lower: 0.1, upper: 0.9}, breakdowns: [shop]}
              - {name: visits, type: count, source: events, breakdowns: [shop]}
              - {name: active, type: unit_count, rollup: daily_participation, source: events, breakdowns: [shop]}
              - {name: average, type: mean, source: events, value: amount, breakdowns: [shop]}
              - name: per_visit
                type: ratio
                numerator: {type: sum, source: events, value: amount}
                denominator: {type: count, source: events}
                breakdowns: [shop]
              - {name: least, type: min, source: events, value: amount, breakdowns: [shop]}
              - {name: logged, type: sum, source: events, value: amount, log: {base: e}, breakdowns: [shop]}
            experiments:
              - name: trial
                assignment_source: exposures
                unit: user
                start: 2026-02-06
                groups: [{name: control, control: true}, {name: 'it''s "b"'}, {name: 'ü, c'}]
                metrics: {primary: [spent, limited, visits, active, average, per_visit, least, logged]}
                views: [cumulative]
                analysis: {cuped_days: 4}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_number_agrees_with_duckdb(long seed) throws IOException, SQLException {
        compare(seed);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_number_agrees_with_duckdb_on_more_seeds(long seed) throws IOException, SQLException {
        compare(seed);
    }

    static LongStream seeds() {
        return LongStream.of(700);
    }

    static LongStream moreSeeds() {
        return LongStream.range(701, 712);
    }

    private void compare(long seed) throws IOException, SQLException {
        write(new Random(seed));
        Plumbline plumbline = Plumbline.on(spark(), ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
        assertThat(plumbline.run(AS_OF, Progress.NONE).steps()).allMatch(step -> step.status() == StepReport.Status.OK);
        Map<String, Row> actual = plumbline.table("experiment_results").collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> key(row.getAs("metric"), row.getAs("dimension_value"), row.getAs("group_name")),
                        row -> row));
        List<String> differences = new ArrayList<>();
        int compared = 0;
        int applied = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet expected = connection.createStatement().executeQuery(sql())) {
            while (expected.next()) {
                String key = key(expected.getString("metric"), expected.getString("slice"), expected.getString("g"));
                Row row = actual.get(key);
                compared++;
                applied += expected.getBoolean("applied") ? 1 : 0;
                differences.addAll(row == null ? List.of(key + " is missing") : differences(key, expected, row));
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(actual).hasSize(compared);
        assertThat(applied).isGreaterThan(compared / 2);
    }

    private static List<String> differences(String key, ResultSet expected, Row row) throws SQLException {
        List<String> differences = new ArrayList<>();
        boolean applied = expected.getBoolean("applied");
        if (row.<Long>getAs("units") != expected.getLong("units") || row.<Boolean>getAs("cuped_applied") != applied) {
            differences.add(key + " applied: DuckDB " + applied + ", Plumbline " + row);
        }
        List<String> columns = applied
                ? List.of("unadjusted_mean", "mean", "variance", "variance_reduction")
                : List.of("unadjusted_mean", "variance_reduction");
        for (String column : columns) {
            double left = expected.getDouble(column);
            Double right = row.getAs(column);
            if (right == null || !(Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left)))) {
                differences.add(key + " " + column + ": DuckDB " + left + ", Plumbline " + right);
            }
        }
        return differences;
    }

    private static String key(String metric, Object slice, String group) {
        return metric + " | " + slice + " | " + group;
    }

    private String sql() throws IOException {
        return Files.readString(Path.of("src/test/resources/io/plumbline/differential/cuped.sql"))
                .replace("${events}", folder.resolve("events.csv").toString())
                .replace("${exposures}", folder.resolve("exposures.csv").toString())
                .replace("${as_of}", AS_OF.toString())
                .replace("${days}", String.valueOf(DAYS));
    }

    /** Units spend about as much on every day; a third have come only lately, some never do anything. */
    private void write(Random random) throws IOException {
        List<String> events = new ArrayList<>(List.of("user,at,shop,amount"));
        List<String> exposures = new ArrayList<>(List.of("user,experiment,group_name,at"));
        for (int i = 0; i < UNITS; i++) {
            String user = quoted(i + List.of(" ", "'", "\"", ",", "é").get(random.nextInt(5)) + i);
            double level = Math.exp(random.nextGaussian());
            LocalDateTime exposed = START.atStartOfDay().plusSeconds(random.nextInt(5 * 86_400));
            String group = quoted(GROUPS.get(random.nextInt(3)));
            for (int seen = random.nextInt(2); seen >= 0; seen--) {
                exposures.add(user + ",trial," + group + "," + text(exposed.plusHours(7L * seen)));
            }
            LocalDate since = random.nextInt(3) == 0 ? exposed.toLocalDate() : FIRST;
            int rate = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3);
            for (LocalDate day = since; !day.isAfter(AS_OF.plusDays(1)); day = day.plusDays(1)) {
                for (int n = random.nextInt(1 + rate); n > 0; n--) {
                    events.add(user + "," + event(random, day, level));
                }
            }
        }
        Files.write(folder.resolve("plumbline.yml"), List.of(PROJECT));
        Files.write(folder.resolve("events.csv"), events);
        Files.write(folder.resolve("exposures.csv"), exposures);
    }

    private static String event(Random random, LocalDate day, double level) {
        LocalDateTime at = day.atStartOfDay().plusSeconds(random.nextInt(86_400));
        String shop = random.nextInt(20) == 0 ? "" : quoted(SHOPS.get(random.nextInt(SHOPS.size())));
        String amount = random.nextInt(8) == 0
                ? ""
                : String.valueOf(Math.round(1000 * level * (0.5 + random.nextDouble())) / 100.0);
        return text(at) + "," + shop + "," + amount;
    }

    private static String text(LocalDateTime at) {
        return at.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
