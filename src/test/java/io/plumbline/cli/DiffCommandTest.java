package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a later run of the same day changed, by the history of the tables. */
class DiffCommandTest extends InterpretingTest {

    private static final String DEFINITIONS = """
            version: 1
            project: diff
            warehouse: ./tables
            unit_types: [user]
            metric_sources:
              - {name: orders, path: orders.csv, format: csv, options: &header {header: "true"}, schema: "user STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {user: user}}
              - {name: clicks, path: clicks.csv, format: csv, options: *header, schema: "user STRING, at TIMESTAMP", timestamp: at, units: {user: user}}
            metrics:
              - {name: spent, type: sum, source: orders, value: amount}
              - {name: clicks_made, type: count, source: clicks}
            assignment_sources:
              - {name: exposures, path: exposures.csv, format: csv, options: *header, schema: "user STRING, arm STRING, at TIMESTAMP", timestamp: at, columns: {experiment: "'test'"}, experiment: experiment, group: arm, units: {user: user}}
            experiments:
              - {name: test, assignment_source: exposures, unit: user, start: 2026-01-01, groups: [{name: a, control: true}, {name: b}], metrics: {primary: [spent, clicks_made]}, views: [cumulative]}
            """;

    private static final String ORDERS = """
            user,at,amount
            ann,2026-01-01T12:00:00Z,3
            bob,2026-01-01T12:00:00Z,4
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void define() throws IOException {
        write("plumbline.yml", DEFINITIONS);
        write("orders.csv", ORDERS);
        write("clicks.csv", "user,at\nann,2026-01-01T12:00:00Z\n");
        write("exposures.csv", """
                user,arm,at
                ann,a,2026-01-01T10:00:00Z
                cid,a,2026-01-01T10:00:00Z
                bob,b,2026-01-01T10:00:00Z
                dan,b,2026-01-01T10:00:00Z
                """);
    }

    @Test
    void results_that_changed_came_or_went_are_shown_with_both_values() throws IOException {
        String first = run();
        write("orders.csv", ORDERS + "ann,2026-01-01T13:00:00Z,2\n");
        String second = run();

        Terminal.Ended changed = terminal().run("diff", first, second, "--output", "csv");
        assertThat(changed.code()).as(changed.err()).isZero();
        List<String> lines = changed.out().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo(
                        "ds,experiment,metric,view,day_index,step,dimension,dimension_value,group_name,change,columns,"
                                + "units_before,units_after,value_before,value_after,p_value_before,p_value_after");
        assertThat(lines)
                .as("the catalog, and the groups: the one without the row because its comparison changed")
                .hasSize(4)
                .anyMatch(line -> line.startsWith("2026-01-01,,spent,,,,,,,changed,") && line.contains(",7.0,9.0,"))
                .anyMatch(line -> line.startsWith("2026-01-01,test,spent,cumulative,,,,,a,changed,")
                        && line.contains("total")
                        && line.contains(",1.5,2.5,"))
                .anyMatch(line -> line.startsWith("2026-01-01,test,spent,cumulative,,,,,b,changed,")
                        && line.contains("abs_effect")
                        && line.contains(",2.0,2.0,"));

        String third = run();
        Terminal.Ended same = terminal().run("diff", second, third);
        assertThat(same.out()).isEmpty();
        assertThat(same.err()).isEqualTo("The runs left the same results.\n");

        write("plumbline.yml", DEFINITIONS.replace("[spent, clicks_made]", "[spent]"));
        Terminal.Ended fewer = terminal().run("diff", third, run(), "--output", "csv");
        assertThat(fewer.out().lines().filter(line -> line.contains(",removed,")))
                .hasSize(2)
                .allMatch(line -> line.contains(",clicks_made,"));
    }

    @Test
    void a_run_that_is_unknown_is_a_wrong_argument() {
        String known = run();
        Terminal.Ended ended = terminal().run("diff", known, "nobody");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("no run 'nobody'")
                .contains("plumbline runs")
                .hasLineCount(1);
    }

    /** The id of a run of the day. */
    private String run() {
        Terminal.Ended run = terminal().run("run", "--date", "2026-01-01");
        assertThat(run.code()).as(run.err()).isZero();
        return terminal()
                .run("runs", "--limit", "1", "--output", "csv")
                .out()
                .lines()
                .toList()
                .get(1)
                .replaceAll(",.*", "");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Terminal terminal() {
        return new Terminal(folder).with(spark());
    }
}
