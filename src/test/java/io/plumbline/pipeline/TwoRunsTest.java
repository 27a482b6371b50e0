package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.definition.Selected;
import io.plumbline.source.SparkGrammar;
import io.plumbline.warehouse.ConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs at the same time in the same warehouse: each ends well, or stops because the other began after it. Once those that
 * stopped have run again, the tables are those of runs one after the other.
 */
class TwoRunsTest extends InterpretingTest {

    private static final String DEFINITIONS = """
            version: 1
            project: two_runs
            unit_types: [user]
            metric_sources:
              - {name: orders, path: orders.csv, format: csv, options: &header {header: "true"},
                 schema: "user STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {user: user}}
              - {name: clicks, path: clicks.csv, format: csv, options: *header, schema: "user STRING, at TIMESTAMP",
                 timestamp: at, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures.csv, format: csv, options: *header,
                 schema: "user STRING, experiment STRING, arm STRING, at TIMESTAMP", timestamp: at,
                 experiment: experiment, group: arm, units: {user: user}}
            experiments:
              - {name: red, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [spent], secondary: [first_day]}}
              - {name: blue, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [clicked]}}
            metrics:
              - {name: spent, type: sum, source: orders, value: amount}
              - {name: first_day, type: sum, source: orders, value: amount, cohort_window: {to: 1d}}
              - {name: clicked, type: count, source: clicks}
            """;

    private static final LocalDate THIRD = LocalDate.parse("2026-01-03");
    private static final LocalDate FOURTH = LocalDate.parse("2026-01-04");
    private static final List<String> TABLES = Stream.concat(
                    StoredTables.TABLES.stream(),
                    Stream.of("loads", "unit_day__orders__user", "unit_day__clicks__user"))
            .toList();

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static Map<String, List<String>> expected;

    @BeforeAll
    static void runOneAfterTheOther() {
        scenario = Scenario.of(
                spark(),
                folder,
                Map.of(
                        "plumbline.yml", DEFINITIONS,
                        "exposures.csv", """
                                user,experiment,arm,at
                                ann,red,a,2026-01-01T10:00:00Z
                                bob,red,b,2026-01-01T11:00:00Z
                                cid,red,a,2026-01-03T12:00:00Z
                                dan,red,b,2026-01-04T09:00:00Z
                                bob,red,a,2026-01-04T10:00:00Z
                                ann,blue,b,2026-01-02T10:00:00Z
                                bob,blue,a,2026-01-04T11:00:00Z
                                """,
                        "orders.csv", """
                                user,at,amount
                                ann,2026-01-01T12:00:00Z,1
                                ann,2026-01-03T09:00:00Z,2
                                bob,2026-01-02T13:00:00Z,4
                                cid,2026-01-03T11:00:00Z,8
                                cid,2026-01-04T11:00:00Z,16
                                dan,2026-01-04T08:00:00Z,32
                                dan,2026-01-04T12:00:00Z,64
                                """,
                        "clicks.csv", """
                                user,at
                                ann,2026-01-02T09:00:00Z
                                ann,2026-01-03T09:00:00Z
                                bob,2026-01-04T12:00:00Z
                                """));
        expected = tables(open("serial").run(THIRD.toString(), FOURTH.toString()));
    }

    @AfterEach
    void restoreDefinitions() {
        scenario.rewrite("plumbline.yml", DEFINITIONS);
    }

    /** When the first began nothing was ever read: it knows of no exposures but those until its own day. */
    @Test
    void a_run_does_not_replace_exposures_by_those_of_an_earlier_day() {
        Scenario together = open("exposures");
        overtaken(together, THIRD, "exposures", () -> together.run(FOURTH.toString()));
        StoredTables.assertSame(tables(together.run(THIRD.toString())), expected);
    }

    @Test
    void a_run_does_not_vouch_for_days_that_another_has_written_since() {
        Scenario together = open("unit_days");
        Selected spent = new Selected(Set.of(), Set.of("spent"), Set.of(), Set.of(), Set.of("red"));
        overtaken(
                together, FOURTH, "unit-days orders", () -> together.plumbline().run(FOURTH, spent, Progress.NONE));
        StoredTables.assertSame(tables(together.run(FOURTH.toString(), THIRD.toString())), expected);
    }

    @Test
    void a_run_does_not_publish_what_it_has_computed_before_another_began() {
        Scenario together = open("publication");
        overtaken(together, THIRD, "scorecards user", () -> together.run(FOURTH.toString()));
        StoredTables.assertSame(tables(together.run(THIRD.toString())), expected);
    }

    /** They are those of one new metric, which the next run finds missing together with another. */
    @Test
    void unit_days_that_a_stopped_run_has_left_are_not_counted_again() {
        Scenario before = open("layers").run(FOURTH.toString());
        scenario.rewrite("plumbline.yml", DEFINITIONS + metric("twice", 2));
        overtaken(open("layers"), FOURTH, "unit-days orders", () -> before.run(FOURTH.toString()));
        scenario.rewrite("plumbline.yml", DEFINITIONS + metric("twice", 2) + metric("thrice", 3));
        Scenario again = open("layers").run(FOURTH.toString());
        assertThat(again.plumbline()
                        .table("metric_daily")
                        .filter("ds = DATE'2026-01-04' AND metric IN ('spent', 'twice', 'thrice')")
                        .orderBy("value")
                        .collectAsList())
                .extracting(row -> row.<Double>getAs("value"))
                .containsExactly(112.0, 224.0, 336.0);
    }

    private static String metric(String name, int times) {
        return "  - {name: " + name + ", type: sum, source: orders, value: amount * " + times + "}\n";
    }

    /** A run, and another from its beginning to its end at some step of the first: the first stops. */
    private static void overtaken(Scenario together, LocalDate day, String step, Runnable other) {
        assertThatThrownBy(() -> together.plumbline().run(day, new Interrupted(step, other)))
                .isInstanceOf(ConflictException.class)
                .hasMessageMatching(
                        "run '\\S+' began after this one, which stops before it writes table '\\w+'; run again"
                                + " when the other has ended");
        assertThat(together.plumbline()
                        .table("runs")
                        .filter("status = 'failed' AND error LIKE '%began after this one%'")
                        .count())
                .isOne();
    }

    /** Delta makes the folder of the log before the first commit in it. */
    @Test
    void a_table_whose_creation_was_cut_short_is_created() throws IOException {
        Files.createDirectories(folder.resolve("cut_short/runs/_delta_log"));
        assertThat(open("cut_short").plumbline().missingDays(THIRD, FOURTH)).containsExactly(THIRD, FOURTH);
        open("cut_short").plumbline().init();
        assertThat(open("cut_short").plumbline().table("runs").isEmpty()).isTrue();
    }

    @Test
    void two_days_at_once() {
        atOnce(1, open("two_days"), THIRD, FOURTH);
    }

    @Test
    @Tag("slow")
    void one_day_twice_at_once() {
        atOnce(2, open("one_day"), FOURTH, FOURTH);
    }

    @Test
    void two_days_at_once_in_a_schema_of_a_catalog() {
        spark().sql("CREATE SCHEMA two_runs LOCATION '"
                + folder.resolve("schema").toUri() + "'");
        try {
            scenario.rewrite("plumbline.yml", DEFINITIONS + "warehouse: spark_catalog.two_runs\n");
            Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
            atOnce(3, new Scenario(folder, project, Plumbline.on(spark(), project)), THIRD, FOURTH);
        } finally {
            spark().sql("DROP SCHEMA two_runs CASCADE");
        }
    }

    @Test
    @Tag("slow")
    void again_and_again() {
        for (int seed = 4; seed < 24; seed++) {
            atOnce(seed, open("again" + seed), seed % 2 == 0 ? THIRD : FOURTH, FOURTH);
        }
    }

    /** From nothing: both create the tables, too. */
    private static void atOnce(int seed, Scenario together, LocalDate one, LocalDate other) {
        Turns turns = new Turns(new Random(seed));
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> endsWell(together, one, turns.of(0)));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> endsWell(together, other, turns.of(1)));
        CompletableFuture.allOf(first, second).join();
        boolean firstEnded = first.join();
        boolean secondEnded = second.join();
        assertThat(firstEnded || secondEnded)
                .as("one of the two ended well with seed %d", seed)
                .isTrue();
        if (!firstEnded) {
            together.run(one.toString());
        }
        if (!secondEnded) {
            together.run(other.toString());
        }
        if (one.equals(other)) {
            together.run(THIRD.toString());
        }
        StoredTables.assertSame(tables(together), expected);
    }

    private static boolean endsWell(Scenario together, LocalDate day, Turns.Turn turn) {
        try (turn) {
            RunReport report = Plumbline.on(spark(), together.project()).run(day, turn);
            assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    private static Scenario open(String warehouse) {
        return scenario.into(spark(), warehouse);
    }

    private static Map<String, List<String>> tables(Scenario scenario) {
        return StoredTables.of(scenario.plumbline(), TABLES, "true", "true");
    }

    /**
     * Does something once, before a run goes on.
     *
     * @param step the name of its steps before whose first, or name and subject of the step after which
     * @param what to do
     */
    private record Interrupted(String step, Runnable what) implements Progress {

        @Override
        public void started(int index, int steps, String name, String subject) {
            if (index == 1 && name.equals(step)) {
                what.run();
            }
        }

        @Override
        public void finished(int index, int steps, StepReport report) {
            if ((report.name() + " " + report.subject()).equals(step)) {
                what.run();
            }
        }
    }
}
