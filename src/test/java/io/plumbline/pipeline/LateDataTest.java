package io.plumbline.pipeline;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data of days that were read before come, go and change; the next run reads exactly these days again, and leaves the
 * tables that a warehouse has which never knew anything else. Events and exposures are Delta tables, payments files.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class LateDataTest extends InterpretingTest {

    private static final String DEFINITIONS = """
            version: 1
            project: late
            warehouse: ./%s
            unit_types: [user]
            metric_sources:
              - {name: events, path: events, format: delta, timestamp: at, date_partition: ds, units: {user: user}}
              - {name: clicks, path: clicks, format: delta, timestamp: at, units: {user: user}}
              - {name: payments, path: payments, format: parquet, timestamp: at, date_partition: ds, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures, format: delta, timestamp: at, date_partition: ds,
                 experiment: experiment, group: arm, units: {user: user}}
            metrics:
              - {name: amount, type: sum, value: amount, source: events}
              - {name: first_day, type: count, source: events, cohort_window: {to: 36h}}
              - {name: clicks, type: count, source: clicks}
              - {name: paid, type: sum, value: amount, source: payments}
            experiments:
              - {name: red, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}],
                 metrics: {primary: [amount], secondary: [first_day, clicks]}}
              - {name: blue, assignment_source: exposures, unit: user, start: 2026-01-02, end: 2026-01-03,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [paid]}}
            """;

    @TempDir
    static Path folder;

    private static Plumbline plumbline;

    @BeforeAll
    static void runThreeDays() {
        expose("red", "a", "ann 01T10", "cid 02T12");
        expose("red", "b", "bob 01T11", "dan 03T09");
        expose("blue", "a", "ann 02T10", "cid 02T12");
        expose("blue", "b", "bob 02T11", "dan 03T09");
        event(1, "ann 01T12", "bob 01T13", "cid 02T14", "ann 02T15");
        event(2.5, "bob 03T12", "dan 03T13", "cid 03T08", "ann 04T09");
        click("ann 01T12", "bob 01T13", "cid 02T14", "ann 02T15");
        click("bob 03T12", "dan 03T13", "cid 03T08", "ann 04T09");
        pay(1, "ann 01T12", "bob 01T13", "cid 02T14", "ann 02T15");
        pay(2.5, "bob 03T12", "dan 03T13", "cid 03T08", "ann 04T09");
        plumbline = open("warehouse");
        List.of(1, 2, 3).forEach(LateDataTest::run);
    }

    @Test
    void a1_aRunWithNothingNewReadsNothing() {
        assertThat(reads(run(3))).isEqualTo("""
                exposures exposures 0 rows of 0 days
                unit-days clicks 0 rows of 0 days
                unit-days events 0 rows of 0 days
                unit-days payments 0 rows of 0 days
                """);
    }

    @Test
    void a2_lateRowsAreReadWithTheirDayAndRearrangedOnesAreNot() {
        event(4, "ann 01T18", "bob 01T09");

        RunReport report = run(4);

        assertThat(reads(report)).isEqualTo("""
                exposures exposures 0 rows of 1 day
                unit-days clicks 1 rows of 1 day
                unit-days events 5 rows of 2 days
                unit-days payments 1 rows of 1 day
                """);
        assertThat(report.steps())
                .filteredOn(step -> step.name().equals("scorecards"))
                .as("as of every day from that of the late rows on, and not of blue, which is not made of events")
                .hasSize(4)
                .allMatch(step -> step.detail().startsWith("1 experiments"));

        spark().sql("OPTIMIZE " + table("events"));
        assertThat(reads(run(4))).contains("unit-days events 0 rows of 0 days");
    }

    /** Delta says of a file that is removed in which partition it was, but not what was in it. */
    @Test
    void a3_rowsThatAreDeletedUpdatedOrAddedAsFilesAreFound() {
        spark().sql("DELETE FROM " + table("events") + " WHERE user = 'bob' AND ds = DATE'2026-01-01'");
        spark().sql("UPDATE " + table("clicks") + " SET user = 'dan' WHERE ds = DATE'2026-01-03'");
        pay(9, "ann 02T23");

        assertThat(planned(4))
                .contains(
                        "unit-days events 2026-01-01 2026-01-01 data came, went or changed since it was read\n",
                        "unit-days clicks 2026-01-01 2026-01-04 data came, went or changed since it was read\n",
                        "unit-days payments 2026-01-02 2026-01-02 files came since it was read; only these are read\n")
                .endsWith("""
                        scorecards red 2026-01-04 2026-01-04 asked for
                        scorecards blue 2026-01-02 2026-01-03 data that it is made of came, went or changed
                        scorecards red 2026-01-01 2026-01-03 data that it is made of came, went or changed
                        """);
    }

    @Test
    void a4_exposuresThatComeLateOrAreGoneMoveUnitsAndCutTheirDaysAgain() {
        expose("red", "a", "cid 01T15", "eve 02T01");
        spark().sql("DELETE FROM " + table("exposures") + " WHERE user = 'dan'");

        run(4);

        assertAsFromScratch();
    }

    @Test
    void a5_whereTheLogNoLongerTellsWhatChangedEveryDayIsReadAgain() throws IOException {
        spark().sql("ALTER TABLE " + table("clicks") + " SET TBLPROPERTIES ('delta.checkpointInterval' = '1')");
        click("ann 01T18");
        click("ann 03T18");
        long version = spark().sql("DESCRIBE HISTORY " + table("clicks")).count() - 2;
        Files.delete(folder.resolve(String.format(Locale.ROOT, "clicks/_delta_log/%020d.json", version)));

        assertThat(reads(run(4))).contains("unit-days clicks 10 rows of 4 days", "unit-days events 0 rows of 0 days");
    }

    @Test
    void a6_aTableThatIsReplacedIsReadAfreshAndEverythingWhereThatIsAskedFor() {
        delete(folder.resolve("events"));
        event(3, "ann 01T12", "bob 02T13");

        assertThat(reads(run(4))).contains("unit-days events 2 rows of 4 days", "unit-days clicks 0 rows of 0 days");
        assertAsFromScratch();
        assertThat(reads(plumbline.run(day(4), Refresh.EVERYTHING, Progress.NONE)))
                .contains("exposures exposures 5 rows of 4 days", "unit-days clicks 10 rows of 4 days");
    }

    private static String planned(int day) {
        return plumbline.planned(day(day), Refresh.CHANGES).stream()
                .map(w -> w.step() + " " + w.subject() + " " + w.first() + " " + w.last() + " " + w.reason() + "\n")
                .collect(Collectors.joining());
    }

    private static RunReport run(int day) {
        RunReport report = plumbline.run(day(day), Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK, report.toString());
        return report;
    }

    /** All tables but the ids of runs are those of a warehouse that knows only what the sources hold now. */
    private static void assertAsFromScratch() {
        Plumbline fresh = open("fresh" + System.nanoTime());
        fresh.backfill(day(1), day(4), Progress.NONE);
        StoredTables.assertSame(StoredTables.of(plumbline, "true", "true"), StoredTables.of(fresh, "true", "true"));
    }

    private static String reads(RunReport report) {
        return report.steps().stream()
                .filter(step -> step.name().equals("exposures") || step.name().equals("unit-days"))
                .map(step -> step.name() + " " + step.subject() + " " + step.detail() + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static Plumbline open(String warehouse) {
        try {
            Path home = Files.createDirectories(folder);
            Files.writeString(home.resolve("plumbline.yml"), DEFINITIONS.formatted(warehouse));
            return Plumbline.on(spark(), ProjectLoader.load(home, Map.of(), new SparkGrammar()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expose(String experiment, String arm, String... rows) {
        append(rows(rows).withColumn("experiment", lit(experiment)).withColumn("arm", lit(arm)), "exposures");
    }

    private static void event(double amount, String... rows) {
        append(rows(rows).withColumn("amount", lit(amount)), "events");
    }

    private static void click(String... rows) {
        rows(rows).write().mode("append").format("delta").save(path("clicks"));
    }

    private static void pay(double amount, String... rows) {
        rows(rows)
                .withColumn("amount", lit(amount))
                .write()
                .mode("append")
                .partitionBy("ds")
                .parquet(path("payments"));
    }

    private static void append(Dataset<Row> rows, String table) {
        rows.write().mode("append").format("delta").partitionBy("ds").save(path(table));
    }

    /** Rows from texts such as {@code ann 01T12}: a user, a day of January and an hour. */
    private static Dataset<Row> rows(String... texts) {
        String values = Stream.of(texts)
                .map(text -> "('" + text.substring(0, 3) + "', TIMESTAMP'2026-01-" + text.substring(4) + ":00:00')")
                .collect(Collectors.joining(", "));
        return spark().sql("SELECT user, at, to_date(at) AS ds FROM VALUES " + values + " AS given(user, at)")
                .coalesce(1);
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String table(String name) {
        return "delta.`" + path(name) + "`";
    }

    private static void delete(Path path) {
        try (var paths = Files.walk(path)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 1, day);
    }
}
