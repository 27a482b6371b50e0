package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that read definitions only: none of them starts Spark. */
class DefinitionCommandsTest {

    private static final Path CONF = Path.of("conf").toAbsolutePath();

    private final Terminal terminal = new Terminal(CONF);

    @TempDir
    Path folder;

    @Test
    void valid_definitions_are_counted() {
        Terminal.Ended ended = terminal.run("validate", "--project", "covid_messaging");
        assertThat(ended).isEqualTo(new Terminal.Ended(0, "OK: 3 sources, 7 metrics, 1 experiment\n", ""));
    }

    @Test
    void the_project_is_the_option_else_the_variable_else_the_working_folder() {
        assertThat(new Terminal(CONF.resolve("demo")).run("validate").out()).contains("45 metrics");
        assertThat(terminal.with("PLUMBLINE_PROJECT", "demo").run("validate").out())
                .contains("45 metrics");
        assertThat(terminal.run("--project", "covid_messaging", "validate").out())
                .contains("7 metrics");
    }

    @Test
    void every_problem_is_a_line_with_its_place_and_the_exit_code_says_so() throws IOException {
        broken();
        Terminal.Ended ended = new Terminal(folder).run("validate");
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("ERROR: metrics.yml:2:") && line.contains("clickz"))
                .anyMatch(line -> line.startsWith("ERROR: metrics.yml:3:") && line.contains("smu"))
                .endsWith("ERROR: 3 problems in the definitions");
    }

    @Test
    void programs_get_problems_as_json() throws IOException {
        broken();
        Terminal.Ended ended = new Terminal(folder).run("validate", "--output", "json");
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.out())
                .startsWith("[\n{")
                .contains("\"file\":\"metrics.yml\"")
                .contains("\"line\":2");
    }

    @Test
    void a_folder_without_a_project_is_a_configuration_error() {
        Terminal.Ended ended = new Terminal(folder).run("validate");
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err()).contains("plumbline.yml").contains(folder.toString());
    }

    @ParameterizedTest
    @CsvSource({"metrics,checkouts", "sources,shop_events", "sources,exposures", "experiments,ranking_v2"})
    void definitions_are_listed(String what, String name) {
        Terminal.Ended ended = terminal.run("ls", what, "--project", "demo");
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().skip(1)).anyMatch(line -> line.startsWith(name + " "));
    }

    @Test
    void a_selection_narrows_the_list() {
        Terminal.Ended ended = terminal.run(
                "ls",
                "metrics",
                "--project",
                "demo",
                "--select",
                "tag:core",
                "--exclude",
                "metric:carts",
                "--output",
                "csv");
        assertThat(ended.out().lines().map(line -> line.replaceAll(",.*", "")))
                .containsExactly("name", "checkouts", "app_minutes", "order_value", "buyers", "active_days");
    }

    @Test
    void metrics_that_a_source_generates_are_listed_and_marked() {
        Terminal.Ended ended =
                terminal.run("ls", "metrics", "--project", "demo", "--select", "tag:generated", "--output", "csv");
        assertThat(ended.out())
                .isEqualTo("name,type,sources,desired_change,tags,owner,description\n"
                        + "shop_events_event_count,count,\"[\"\"shop_events\"\"]\",none,\"[\"\"generated\"\"]\",web,"
                        + "Rows of shop_events by event\n"
                        + "shop_events_event_units,unit_count,\"[\"\"shop_events\"\"]\",none,\"[\"\"generated\"\"]\",web,"
                        + "Units in shop_events by event\n");
    }

    @Test
    void an_empty_selection_and_one_that_names_nothing_are_errors() {
        assertThat(terminal.run("ls", "metrics", "--project", "demo", "--select", "tag:cor")
                        .code())
                .isEqualTo(2);
        Terminal.Ended empty = terminal.run(
                "ls", "metrics", "--project", "demo", "--select", "metric:carts", "--exclude", "metric:carts");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("nothing is left");
    }

    @Test
    void a_list_for_programs_is_an_array_of_objects() {
        Terminal.Ended ended = terminal.run("ls", "experiments", "--project", "covid_messaging", "--output", "json");
        assertThat(ended.out())
                .startsWith("[\n{\"name\":\"covid_messaging\",")
                .contains("\"groups\":[\"control\",\"message_1\",\"message_2\"]")
                .endsWith("}\n]\n");
    }

    @Test
    void the_schema_is_printed_as_it_is() {
        assertThat(terminal.run("schema").out()).isEqualTo(JsonSchema.text());
    }

    @Test
    void a_run_is_explained_with_every_source_once() {
        Terminal.Ended ended = terminal.run("explain", "run", "--date", "2026-03-10", "--project", "demo");
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().filter(line -> line.startsWith("scan ")))
                .containsExactly(
                        "scan shop_events", "scan app_usage", "scan sessions", "scan page_timings", "scan devices");
    }

    @Test
    void a_metric_is_explained_in_words_and_in_sql() {
        Terminal.Ended ended = terminal.run("explain", "metric", "checkouts_first_two_days", "--project", "demo");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("1. rows from 0d until before 2d after exposure")
                .contains("2. only units whose window has ended")
                .contains("timestampadd(HOUR, 48, e.t0)");
        assertThat(terminal.run("explain", "metric", "checkouts", "--sql", "--project", "demo")
                        .out())
                .startsWith("-- Days are those of the project\nSET TIME ZONE 'America/New_York';\n");
    }

    @Test
    void an_unknown_metric_is_answered_with_those_that_there_are() {
        Terminal.Ended ended = terminal.run("explain", "metric", "clicks", "--project", "covid_messaging");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("'clicks'").contains("detail_page_views");
    }

    @Test
    void days_follow_the_calendar_of_the_project() {
        // Half past one in the night of the 11th in UTC is still the evening of the 10th in New York.
        Terminal evening = new Terminal(CONF).at("2026-03-11T01:30:00Z");
        assertThat(evening.run("explain", "run", "--date", "yesterday", "--project", "demo")
                        .out())
                .startsWith("run of demo as of 2026-03-09,");
        assertThat(evening.run("explain", "run", "--as-of", "today", "--lag-days", "3", "--project", "demo")
                        .out())
                .startsWith("run of demo as of 2026-03-07,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-14     | is in the future",
                "{{ ds }}       | the scheduler has not filled in",
                "14.03.2026     | is not a day",
                "2026-02-30     | is not a day"
            })
    void a_day_that_cannot_be_meant_is_refused(String day, String complaint) {
        Terminal.Ended ended = terminal.run("explain", "run", "--date", day, "--project", "demo");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(day).contains(complaint).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "explain run",
                "explain metric",
                "show",
                "analyze",
                "preview",
                "reconcile",
                "ls",
                "no_such_command"
            })
    void wrong_use_is_one_line_that_names_the_help(String command) {
        Terminal.Ended ended = new Terminal(CONF.resolve("demo")).run(words(command));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("--help").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "validate",
                "ls",
                "schema",
                "init",
                "explain",
                "explain run",
                "explain metric",
                "run",
                "analyze",
                "preview",
                "reconcile",
                "show",
                "runs",
                "diff",
                "maintain",
                "demo",
                "doctor"
            })
    void help_lists_the_exit_codes(String command) {
        String[] words = words((command + " --help").strip());
        Terminal.Ended ended = terminal.run(words);
        assertThat(ended.code()).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(ended.out()).containsPattern("\n  " + code.code() + " +\\w");
        }
    }

    @Test
    void a_program_without_a_command_shows_its_help() {
        Terminal.Ended ended = terminal.run();
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("plumbline --help");
    }

    @Test
    void the_version_and_the_shell_completion_are_printed() {
        assertThat(terminal.run("--version").out()).contains("plumbline ").contains("Java ");
        assertThat(terminal.run("generate-completion").out())
                .contains("_complete_plumbline")
                .contains("--lag-days");
    }

    @Test
    void lines_for_people_can_be_json() {
        Terminal.Ended ended = terminal.run("explain", "run", "--log-format", "json", "--project", "demo");
        assertThat(ended.err())
                .startsWith("{\"time\":\"2026-03-13T12:00:00Z\",\"level\":\"ERROR\",\"message\":\"give the day")
                .hasLineCount(1);
    }

    @Test
    void the_stack_is_shown_only_when_asked_for() {
        List<String> quiet = terminal.run("ls", "metrics").err().lines().toList();
        List<String> verbose =
                terminal.run("ls", "metrics", "--verbose").err().lines().toList();
        assertThat(quiet).hasSize(2);
        assertThat(verbose).anyMatch(line -> line.startsWith("\tat io.plumbline."));
    }

    private static String[] words(String line) {
        return line.split(" ", -1);
    }

    private void broken() throws IOException {
        Files.writeString(
                folder.resolve("plumbline.yml"),
                "version: 1\nproject: broken\nwarehouse: ./warehouse\nunit_types: [user_id]\n");
        Files.writeString(
                folder.resolve("metrics.yml"),
                "metrics:\n  - {name: a, type: count, source: clickz}\n  - {name: b, type: smu, source: clickz}\n");
    }
}
