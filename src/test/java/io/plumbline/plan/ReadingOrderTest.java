package io.plumbline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.definition.Selector;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources whose pairs of ids others need are read before them. */
class ReadingOrderTest {

    private static final String DEFINITIONS = """
            version: 1
            project: order
            unit_types: [account, visitor, session]
            metric_sources:
              - {name: pages, table: shop.pages, timestamp: at, units: {session: session}}
              - {name: sessions, table: shop.sessions, timestamp: at, units: {visitor: visitor, session: session}}
              - {name: logins, table: shop.logins, timestamp: at, units: {account: account, session: session}}
            metrics:
              - {name: pages_seen, type: count, source: pages}
              - {name: sessions_begun, type: count, source: sessions}
              - {name: logins_made, type: count, source: logins}
            assignment_sources:
              - {name: exposures, table: shop.exposures, timestamp: at, experiment: test, group: arm, units: {visitor: visitor, account: account}}
            experiments:
            """;

    @TempDir
    private Path folder;

    @Test
    void without_resolved_ids_all_are_read_together() throws IOException {
        assertThat(order(experiment("visitor", "sessions_begun", "")))
                .containsExactly(List.of("pages", "sessions", "logins"));
    }

    @Test
    void a_source_is_read_after_the_one_that_knows_its_units() throws IOException {
        assertThat(order(experiment("visitor", "pages_seen", "sessions")))
                .containsExactly(List.of("sessions", "logins"), List.of("pages"));
    }

    @Test
    void sources_that_know_each_others_units_are_read_one_by_one_and_twice() throws IOException {
        assertThat(order(experiment("visitor", "logins_made, pages_seen", "sessions")
                        + experiment("account", "sessions_begun", "logins")))
                .as("pages wait for sessions, too")
                .containsExactly(
                        List.of("pages"),
                        List.of("sessions"),
                        List.of("logins"),
                        List.of("pages"),
                        List.of("sessions"),
                        List.of("logins"));
    }

    @Test
    void a_selected_experiment_takes_along_the_source_that_knows_its_units() throws IOException {
        RunPlan plan = plan(experiment("visitor", "pages_seen", "sessions"));
        assertThat(order(plan.only(Selector.select(plan.project(), "experiment:of_visitors"))))
                .containsExactly(List.of("sessions"), List.of("pages"));
    }

    private RunPlan plan(String experiments) throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), DEFINITIONS + experiments);
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        return RunPlan.daily(project, LocalDate.parse("2026-01-02"));
    }

    private List<List<String>> order(String experiments) throws IOException {
        return order(plan(experiments));
    }

    private static List<List<String>> order(RunPlan plan) {
        return ReadingOrder.of(plan.sources().values()).stream()
                .map(together -> together.stream().map(SourcePlan::name).toList())
                .toList();
    }

    private static String experiment(String unit, String metrics, String ids) {
        return "  - {name: of_" + unit + "s, assignment_source: exposures, unit: " + unit + ", start: 2026-01-01, "
                + "groups: [{name: a, control: true}, {name: b}], metrics: {primary: [" + metrics + "]}"
                + (ids.isEmpty() ? "" : ", id_resolution: {source: " + ids + ", unit: session, mode: first_touch}")
                + "}\n";
    }
}
