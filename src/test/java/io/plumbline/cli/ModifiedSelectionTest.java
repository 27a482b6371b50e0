package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code state:modified}: what differs from what the last run of each definition has computed. The tests follow one another. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ModifiedSelectionTest extends InterpretingTest {

    private static final String DEFINITIONS = """
            version: 1
            project: part
            warehouse: ./tables
            unit_types: [user]
            metric_sources:
              - {name: orders, path: orders.csv, format: csv, options: &header {header: "true"}, schema: "user STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {user: user}}
              - {name: payments, path: payments.csv, format: csv, options: *header, schema: "user STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures.csv, format: csv, options: *header, schema: "experiment STRING, arm STRING, user STRING, at TIMESTAMP", timestamp: at, experiment: experiment, group: arm, units: {user: user}}
            metrics:
              - {name: ordered, type: sum, value: amount, source: orders}
              - {name: paid, type: sum, value: amount, source: payments}
              - {name: payments_made, type: count, source: payments}
            experiments:
              - {name: red, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [ordered]}}
              - {name: blue, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [paid]}}
            """;

    private static final String ROWS = """
            user,at,amount
            ann,2026-01-01T12:00:00Z,1
            bob,2026-01-01T13:00:00Z,2
            bob,2026-01-02T13:00:00Z,4
            """;

    /** One metric is computed otherwise, and one is new. */
    private static final String CHANGED = DEFINITIONS
            .replace("{name: paid, type: sum, value: amount,", "{name: paid, type: sum, value: amount * 2,")
            .replace(
                    "experiments:\n",
                    "  - {name: largest, type: max, value: amount, source: payments}\nexperiments:\n");

    @TempDir
    static Path folder;

    private static String wholeRun = "";

    @BeforeAll
    static void write() throws IOException {
        define(DEFINITIONS);
        Files.writeString(folder.resolve("orders.csv"), ROWS);
        Files.writeString(folder.resolve("payments.csv"), ROWS);
        Files.writeString(folder.resolve("exposures.csv"), """
                experiment,arm,user,at
                red,a,ann,2026-01-01T10:00:00Z
                red,b,bob,2026-01-01T11:00:00Z
                blue,a,ann,2026-01-01T10:00:00Z
                blue,b,bob,2026-01-01T11:00:00Z
                """);
    }

    @Test
    void a1_before_the_first_run_everything_is_modified() {
        assertThat(listed("metrics", "state:modified")).containsExactly("ordered", "paid", "payments_made");
        assertThat(listed("sources", "state:modified")).containsExactly("orders", "payments", "exposures");
        assertThat(listed("experiments", "state:modified")).containsExactly("red", "blue");
    }

    @Test
    void a2_after_a_whole_run_nothing_is_and_the_error_names_the_run() throws IOException {
        assertThat(terminal().run("run", "--date", "2026-01-01").code()).isZero();
        assertThat(terminal().run("run", "--date", "2026-01-02").code()).isZero();
        wholeRun = newestRun();
        define(DEFINITIONS.replace("{name: paid,", "{name: paid, description: What was paid, tags: [money],"));

        for (Terminal.Ended ended : List.of(
                terminal().run("ls", "metrics", "--select", "state:modified"),
                terminal().run("run", "--date", "2026-01-02", "--select", "state:modified+"))) {
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("nothing has changed since run " + wholeRun)
                    .hasLineCount(1);
        }
        assertThat(terminal()
                        .run("ls", "metrics", "--exclude", "state:modified", "--output", "csv")
                        .out())
                .as("of a selection, nothing is taken away")
                .hasLineCount(4);
    }

    @Test
    void a3_a_definition_is_modified_by_its_own_content_and_with_a_plus_by_what_it_is_made_of() throws IOException {
        define(CHANGED);
        assertThat(listed("metrics", "state:modified")).containsExactly("paid", "largest");
        assertThat(listed("metrics", "state:modified,metric:ordered")).containsExactly("ordered", "paid", "largest");
        assertThat(terminal()
                        .run("ls", "experiments", "--select", "state:modified")
                        .code())
                .isEqualTo(2);
        assertThat(listed("experiments", "state:modified+")).containsExactly("blue");

        define(DEFINITIONS.replace(
                "user STRING, at TIMESTAMP\", timestamp: at, experiment",
                "user STRING, at TIMESTAMP, note STRING\", timestamp: at, experiment"));
        assertThat(listed("experiments", "state:modified+")).containsExactly("red", "blue");
        assertThat(terminal()
                        .run("run", "--date", "2026-01-02", "--select", "state:modified")
                        .err())
                .contains("select what depends on them with a + behind");
    }

    @Test
    void a4_a_run_of_what_is_modified_leaves_what_a_whole_run_would_and_does_no_more() throws IOException {
        define(CHANGED);
        List<String> red = StoredTables.rows(plumbline(), "experiment_results", "experiment = 'red'");

        Terminal.Ended part = terminal().run("run", "--date", "2026-01-02", "--select", "state:modified+");

        assertThat(part.code()).as(part.err()).isZero();
        assertThat(part.err())
                .as("the new components alone, over all days that are needed")
                .contains("unit-days payments … [3 rows of 2 days,")
                .contains("exposures exposures … [0 rows of 0 days,")
                .doesNotContain("unit-days orders");
        Map<String, List<String>> tables = StoredTables.of(plumbline(), "ds = DATE'2026-01-02'", "true");
        List<String> history = StoredTables.rows(plumbline(), "metric_daily", "true");
        assertThat(StoredTables.rows(plumbline(), "experiment_results", "experiment = 'red'"))
                .isEqualTo(red);

        define(CHANGED.replace("./tables", "./fresh"));
        assertThat(terminal()
                        .run("backfill", "--start", "2026-01-01", "--end", "2026-01-02")
                        .code())
                .isZero();
        StoredTables.assertSame(tables, StoredTables.of(plumbline(), "ds = DATE'2026-01-02'", "true"));
        assertThat(history).isEqualTo(StoredTables.rows(plumbline(), "metric_daily", "true"));
    }

    @Test
    void a5_then_nothing_is_modified_but_what_fails_or_comes_back_is() throws IOException {
        define(CHANGED);
        assertThat(terminal().run("ls", "metrics", "--select", "state:modified").err())
                .contains("nothing has changed since run ")
                .doesNotContain(wholeRun);

        define(DEFINITIONS.replace("value: amount, source: payments", "value: amounts, source: payments"));
        Terminal.Ended failed = terminal().run("run", "--date", "2026-01-02");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(listed("metrics", "state:modified")).as(failed.err()).containsExactly("paid");

        define(CHANGED);
        assertThat(listed("metrics", "state:modified"))
                .as("of one the last run has computed nothing, the other it did not know")
                .containsExactly("paid", "largest");
    }

    @Test
    void a6_where_runs_do_not_say_what_they_computed_the_state_is_not_known() {
        spark().sql("UPDATE delta.`" + folder.resolve("tables/runs") + "` SET definitions = NULL");
        Terminal.Ended ended = terminal().run("ls", "metrics", "--select", "state:modified");
        assertThat(ended.code()).isEqualTo(99);
        assertThat(ended.err()).contains("run `plumbline run` once").hasLineCount(1);
    }

    private static List<String> listed(String what, String selection) {
        Terminal.Ended ended = terminal().run("ls", what, "--select", selection, "--output", "csv");
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.out()
                .lines()
                .skip(1)
                .map(line -> line.replaceAll(",.*", ""))
                .toList();
    }

    private static String newestRun() {
        return terminal()
                .run("runs", "--limit", "1", "--output", "csv")
                .out()
                .lines()
                .toList()
                .get(1)
                .replaceAll(",.*", "");
    }

    private static void define(String definitions) throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), definitions);
    }

    private static Plumbline plumbline() {
        return Plumbline.on(spark(), ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
    }

    private static Terminal terminal() {
        return new Terminal(folder).with(spark());
    }
}
