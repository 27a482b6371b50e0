package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.Selector;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a part of the project does that part, leaves everything else as it is, and hides nothing from whole runs. */
class SelectionTest extends InterpretingTest {

    private static final String DAY = "2026-01-02";

    private static final String EXPOSURES = """
            experiment,arm,user,at
            red,a,ann,2026-01-01T10:00:00Z
            red,b,bob,2026-01-01T11:00:00Z
            blue,a,ann,2026-01-01T10:00:00Z
            blue,b,bob,2026-01-01T11:00:00Z
            """;

    private static final String ROWS = """
            user,at,amount
            ann,2026-01-01T12:00:00Z,1
            bob,2026-01-01T13:00:00Z,2
            bob,2026-01-02T13:00:00Z,4
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: part
            unit_types: [user]
            metric_sources:
              - {name: orders, path: orders.csv, format: csv, options: &header {header: "true"}, schema: "user STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {user: user}}
              - {name: payments, path: payments.csv, format: csv, options: *header, schema: "user STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures.csv, format: csv, options: *header, schema: "experiment STRING, arm STRING, user STRING, at TIMESTAMP", timestamp: at, experiment: experiment, group: arm, units: {user: user}}
            metrics:
              - {name: ordered, type: sum, value: amount, source: orders}
              - {name: orders_made, type: count, source: orders}
              - {name: paid, type: sum, value: amount, source: payments}
            experiments:
              - {name: red, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [ordered, orders_made]}}
              - {name: blue, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [paid]}}
            """;

    @TempDir
    Path folder;

    @Test
    void a_part_is_computed_and_everything_else_stays_as_it_is() {
        Scenario scenario = open();
        RunReport report = run(scenario, "metric:paid");
        assertThat(subjects(report, "unit-days")).containsExactly("payments");
        assertThat(names(scenario, "metric_daily", "metric")).containsExactly("paid");
        assertThat(names(scenario, "experiment_results", "experiment")).isEmpty();

        run(scenario, "experiment:blue");
        assertThat(names(scenario, "experiment_results", "experiment")).containsExactly("blue");

        run(scenario, "metric:ordered+");
        assertThat(names(scenario, "experiment_results", "experiment"))
                .as("red uses the metric, and is computed whole")
                .containsExactly("blue", "red");
        assertThat(names(scenario, "metric_daily", "metric"))
                .as("the other metric of the same source comes with it")
                .containsExactly("ordered", "orders_made", "paid");
        assertThat(scenario.plumbline().missingDays(LocalDate.parse(DAY), LocalDate.parse(DAY)))
                .as("the day is not done")
                .hasSize(1);
    }

    @Test
    void changes_are_left_to_whole_runs_which_come_to_what_they_would_have_come_to() {
        Scenario scenario = open().run("2026-01-01");
        scenario.rewrite("payments.csv", ROWS + "ann,2026-01-01T14:00:00Z,8\n");
        run(scenario, "source:payments+");
        assertThat(scenario.row("paid", "ds = DATE'2026-01-02' AND group_name = 'a'")
                        .<Double>getAs("total"))
                .as("the late row is on a day that was read before")
                .isEqualTo(1.0);

        scenario.run(DAY);
        assertThat(scenario.row("paid", "ds = DATE'2026-01-01' AND group_name = 'a'")
                        .<Double>getAs("total"))
                .isEqualTo(9.0);
        Scenario fresh = scenario.into(spark(), "fresh").run(DAY);
        StoredTables.assertSame(tables(scenario), tables(fresh));
    }

    @Test
    void a_selection_that_has_no_results_on_the_day_is_an_error() {
        Scenario scenario = open();
        assertThatThrownBy(() -> scenario.plumbline()
                        .run(
                                LocalDate.parse("2025-12-31"),
                                Selector.select(scenario.project(), "experiment:red"),
                                Progress.NONE))
                .hasMessage("nothing of the selection has results as of 2025-12-31; see `plumbline explain run`");
    }

    private Scenario open() {
        return Scenario.of(
                spark(),
                folder,
                Map.of(
                        "plumbline.yml", DEFINITIONS,
                        "exposures.csv", EXPOSURES,
                        "orders.csv", ROWS,
                        "payments.csv", ROWS));
    }

    private static RunReport run(Scenario scenario, String selection) {
        RunReport report = scenario.plumbline()
                .run(LocalDate.parse(DAY), Selector.select(scenario.project(), selection), Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK, report.toString());
        return report;
    }

    private static List<String> subjects(RunReport report, String step) {
        return report.steps().stream()
                .filter(done -> done.name().equals(step))
                .map(StepReport::subject)
                .toList();
    }

    private static List<String> names(Scenario scenario, String table, String column) {
        return scenario.plumbline().table(table).select(column).distinct().collectAsList().stream()
                .map((Row row) -> row.getString(0))
                .sorted()
                .toList();
    }

    private static Map<String, List<String>> tables(Scenario scenario) {
        return StoredTables.of(scenario.plumbline(), "ds = DATE'" + DAY + "'", "true");
    }
}
