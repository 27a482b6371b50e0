package io.plumbline.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.TaskReads;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code run_steps} says was read is what Spark measured: each day of a source once, whatever is computed from it.
 * The table of events has 300 rows on the first day and 100 more on each day after it; the tasks that read it bear witness.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class RowsReadTest extends SparkTest {

    private static final int MANY = 20;
    private static final String EVENTS = "rows_read.events";

    @TempDir
    static Path folder;

    private static TaskReads tasks;
    private static Plumbline few;
    private static Plumbline many;

    @BeforeAll
    static void open() throws IOException {
        spark().sql("CREATE SCHEMA rows_read");
        for (int day = 1; day <= 4; day++) {
            events(day, 200 + 100 * day);
        }
        spark().range(50)
                .select(
                        concat(lit("u"), col("id")).as("user"),
                        expr("TIMESTAMP'2026-01-01 10:00:00'").as("at"),
                        concat(lit("x"), col("id").mod(lit(5))).as("experiment"),
                        when(col("id").mod(lit(2)).equalTo(0), "a")
                                .otherwise("b")
                                .as("arm"))
                .coalesce(1)
                .write()
                .parquet(folder.resolve("exposures").toString());
        few = project("few", 1, 1);
        many = project("many", MANY, 3);
        tasks = TaskReads.of(EVENTS);
    }

    @AfterAll
    static void close() {
        tasks.close();
        spark().sql("DROP SCHEMA rows_read CASCADE");
    }

    @Test
    void a1_aDayIsReadOnceForOneMetricOfOneExperimentAndForTwentyOfThree() {
        assertThat(read(few, 1)).isEqualTo("exposures 50, unit-days events 300");
        assertThat(tasks.records()).isEqualTo(300);
        assertThat(read(many, 1)).isEqualTo("exposures 50, unit-days events 300");
        assertThat(tasks.records()).isEqualTo(300);
    }

    @Test
    void a2_aRunWithNothingNewReadsNoRow() {
        assertThat(read(many, 1)).isEqualTo("exposures 0, unit-days events 0");
        assertThat(tasks.records()).isZero();
    }

    /** The one file of exposures has no date partition: it is read for the new day, and its other days with it. */
    @Test
    void a3_whatIsReadIsTheDayAndNotTheAgeOfTheExperiments() {
        assertThat(read(many, 2)).isEqualTo("exposures 50, unit-days events 400");
        assertThat(read(many, 3)).isEqualTo("exposures 50, unit-days events 500");
        assertThat(tasks.records()).isEqualTo(900);
    }

    @Test
    void a4_lateRowsAreReadWithTheDaysThatTheyAreOf() {
        events(1, 7);

        assertThat(read(many, 4)).isEqualTo("exposures 50, unit-days events 907");
        assertThat(tasks.records()).isEqualTo(307 + 600);
    }

    @Test
    void a5_aRangeOfDaysIsReadInOneScan() throws IOException {
        Plumbline range = project("range", MANY, 3);
        RunReport report = range.backfill(day(1), day(4), Progress.NONE);
        assertThat(text(report)).isEqualTo("exposures 50, unit-days events 1807");
        assertThat(tasks.records()).isEqualTo(1807);
    }

    @Test
    void a6_theRunLogHasWhatTheStepsHave() {
        RunReport report = many.run(day(4), Refresh.EVERYTHING, Progress.NONE);

        String ofRun = "run_id = '" + report.runId() + "'";
        Row step = many.table("run_steps")
                .filter(ofRun + " AND name = 'unit-days'")
                .head();
        assertThat(step.<Long>getAs("rows_read")).isEqualTo(1807).isEqualTo(tasks.records());
        assertThat(step.<Long>getAs("files_read")).isEqualTo(5);
        assertThat(step.<Long>getAs("file_bytes")).isPositive();
        assertThat(many.table("runs").filter(ofRun).head().<Long>getAs("rows_read"))
                .isEqualTo(1807 + 50);
        assertThat(many.table("run_steps")
                        .filter(ofRun + " AND name IN ('catalog', 'scorecards', 'publication')")
                        .select("rows_read")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactly(0L);
    }

    private static String read(Plumbline plumbline, int day) {
        return text(plumbline.run(day(day), Progress.NONE));
    }

    private static String text(RunReport report) {
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK, report.toString());
        return report.steps().stream()
                .filter(step -> step.name().equals("exposures") || step.name().equals("unit-days"))
                .map(step -> (step.name() + " " + step.subject()).replace("exposures exposures", "exposures") + " "
                        + step.scanned().orElseThrow().rows())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void events(int day, int rows) {
        spark().range(rows)
                .select(
                        concat(lit("u"), col("id").mod(lit(50))).as("user"),
                        expr("TIMESTAMP'2026-01-0" + day + " 01:00:00' + make_interval(0, 0, 0, 0, 0, 0, id)")
                                .as("at"),
                        expr("DATE'2026-01-0" + day + "'").as("ds"),
                        concat(lit("e"), col("id").mod(lit(10))).as("event"),
                        col("id").cast("double").as("amount"))
                .coalesce(1)
                .write()
                .mode("append")
                .partitionBy("ds")
                .format("delta")
                .saveAsTable(EVENTS);
    }

    private static Plumbline project(String warehouse, int metrics, int experiments) throws IOException {
        String text = """
                version: 1
                project: reads
                warehouse: ./%s
                unit_types: [user]
                metric_sources:
                  - {name: events, table: %s, timestamp: at, date_partition: ds, units: {user: user}}
                assignment_sources:
                  - {name: exposures, path: exposures, format: parquet, timestamp: at, experiment: experiment, group: arm,
                     units: {user: user}}
                metrics:
                """.formatted(warehouse, EVENTS)
                + IntStream.range(0, metrics)
                        .mapToObj(i ->
                                "  - {name: m" + i + ", source: events, tags: [all], filters: [{column: event, op: eq,"
                                        + " values: [e" + i % 9 + "]}], " + type(i) + "}\n")
                        .collect(Collectors.joining())
                + "experiments:\n"
                + IntStream.range(0, experiments)
                        .mapToObj(x -> "  - {name: x" + x + ", assignment_source: exposures, unit: user, start:"
                                + " 2026-01-01, groups: [{name: a, control: true}, {name: b}], metrics: {primary:"
                                + " [\"tag:all\"]}}\n")
                        .collect(Collectors.joining());
        Path home = Files.createDirectories(folder);
        Files.writeString(home.resolve("plumbline.yml"), text);
        return Plumbline.on(spark(), ProjectLoader.load(home, Map.of(), new SparkGrammar()));
    }

    private static String type(int metric) {
        return metric % 2 == 0 ? "type: count" : "type: sum, value: amount + " + metric;
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 1, day);
    }
}
