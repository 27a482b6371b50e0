package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that follow a number back to its rows, over the small experiment of the scenarios. */
class InspectCommandsTest extends InterpretingTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void runTheThirdDay() throws IOException {
        copyTo(folder);
        assertThat(terminal(folder).run("run", "--date", "2026-01-03").code()).isZero();
    }

    @Test
    void a_walk_is_a_table_with_the_groups_side_by_side() {
        Terminal.Ended ended = terminal(folder).run("reconcile", "scenarios", "revenue");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines())
                .startsWith("scenarios, revenue, as of 2026-01-03")
                .anyMatch(line -> line.matches("part +step +all +all value +control +control value +treatment .*"))
                .anyMatch(line -> line.matches("rows +that pass the filters +13 +1281\\.0"))
                .anyMatch(line -> line.matches("units +analysed +2 +30\\.0 +3 +14\\.0"))
                .anyMatch(line -> line.matches("difference +mean +0\\.0 +0\\.0"))
                .endsWith("OK: the walk ends in the stored results of every group");
    }

    @Test
    void programs_get_a_line_per_step_and_group() {
        String[] words = {"reconcile", "scenarios", "revenue", "--as-of", "2026-01-03", "--group", "treatment"};
        Terminal.Ended csv = terminal(folder).run(with(words, "--output", "csv"));
        assertThat(csv.out())
                .startsWith("measure,part,step,group_name,n,value\n")
                .contains(",rows,that pass the filters,,13,1281.0\n")
                .contains(",units,analysed,treatment,3,14.0\n")
                .doesNotContain("control");
        assertThat(terminal(folder).run(with(words, "--output", "json")).out())
                .contains("{\"measure\":null,\"part\":\"result\",\"step\":\"total\",\"group_name\":\"treatment\","
                        + "\"n\":null,\"value\":14.0}");
    }

    @Test
    void rows_that_came_after_the_run_are_a_difference_and_the_exit_code_says_so(@TempDir Path other)
            throws IOException {
        copyTo(other);
        terminal(other).run("run", "--date", "2026-01-03");
        Files.writeString(
                other.resolve("events.csv"), "u2,2026-01-02T00:00:00Z,buy,12,US\n", StandardOpenOption.APPEND);
        Terminal.Ended ended = terminal(other).run("reconcile", "scenarios", "revenue");
        assertThat(ended.code()).isEqualTo(65);
        assertThat(ended.out()).endsWith("DIFFERENT: the walk does not end in the stored results\n");
        assertThat(ended.err().lines())
                .containsExactly(
                        "ERROR: total of control is 42.0, stored is 30.0",
                        "ERROR: mean of control is 21.0, stored is 15.0");
    }

    @Test
    void a_walk_needs_an_experiment_with_the_metric_and_results() {
        assertThat(terminal(folder).run("reconcile", "scenario", "revenue").err())
                .contains("'scenario'")
                .hasLineCount(1);
        Terminal.Ended metric = terminal(folder).run("reconcile", "scenarios", "revenu");
        assertThat(metric.code()).isEqualTo(2);
        assertThat(metric.err()).contains("'revenu'").hasLineCount(1);
        Terminal.Ended group = terminal(folder).run("reconcile", "scenarios", "revenue", "--group", "holdout");
        assertThat(group.code()).isEqualTo(2);
        Terminal.Ended day = terminal(folder).run("reconcile", "scenarios", "revenue", "--as-of", "2026-01-02");
        assertThat(day.code()).isEqualTo(99);
        assertThat(day.err()).contains("plumbline run --date 2026-01-02").hasLineCount(1);
    }

    @Test
    void a_walk_before_the_first_run_is_not_ready(@TempDir Path other) throws IOException {
        copyTo(other);
        Terminal.Ended ended = terminal(other).run("reconcile", "scenarios", "revenue");
        assertThat(ended.code()).isEqualTo(99);
        assertThat(ended.err()).contains("plumbline run").hasLineCount(1);
    }

    @Test
    void a_preview_counts_what_every_filter_lets_pass_and_shows_rows() {
        Terminal.Ended ended = terminal(folder).run("preview", "late_buys", "--date", "2026-01-02", "--limit", "2");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "events on 2026-01-02: 8 rows, 4 pass",
                        "filter alone so_far",
                        "event = 'buy' 7 7",
                        "(amount > 5) 7 6",
                        "country = 'US' 4 4",
                        "",
                        "user at event amount country browser",
                        "u5 2026-01-02T10:00:00Z buy 1000.0 US of the event",
                        "u6 2026-01-02T09:00:00Z buy 50.0 US of the event",
                        "");
    }

    @Test
    void a_preview_tests_a_filter_behind_those_before_it_where_it_fails_on_other_rows(@TempDir Path other)
            throws IOException {
        copyTo(other);
        Files.writeString(other.resolve("more.yml"), """
                metrics:
                  - name: halves
                    type: count
                    source: events
                    filters: [{column: event, op: eq, values: [buy]}, {sql: "amount <> 50"}, {sql: "100 / (amount - 50) < 0"}]
                """);
        Terminal.Ended ended = terminal(other).run("preview", "halves", "--date", "2026-01-02", "--limit", "1");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines().map(line -> line.replaceAll(" +", " ")))
                .startsWith(
                        "events on 2026-01-02: 8 rows, 4 pass",
                        "filter so_far",
                        "event = 'buy' 7",
                        "(amount <> 50) 6",
                        "(100 / (amount - 50) < 0) 4");
    }

    @Test
    void a_preview_of_a_source_shows_all_its_rows_and_json_is_for_programs() {
        Terminal.Ended source = terminal(folder).run("preview", "events", "--date", "2026-01-03", "--output", "json");
        assertThat(source.out())
                .isEqualTo("[{\"source\":\"events\",\"day\":\"2026-01-03\",\"row_count\":1,\"filters\":[],"
                        + "\"passing\":1,\"sample\":[{\"user\":\"u1\",\"at\":\"2026-01-03T10:00:00Z\","
                        + "\"event\":\"buy\",\"amount\":null,\"country\":\"US\","
                        + "\"browser\":\"of the event\"}]}]\n");
        Terminal.Ended ratio =
                terminal(folder).run("preview", "revenue_per_purchase", "--date", "2026-01-02", "--output", "json");
        assertThat(ratio.out())
                .containsOnlyOnce("\"source\"")
                .contains("{\"filter\":\"event = 'buy'\",\"alone\":7,\"so_far\":7}");
    }

    @Test
    void a_preview_needs_a_name_a_day_and_a_form_that_there_are() {
        Terminal shell = terminal(folder);
        assertThat(shell.run("preview", "clicks").err()).contains("'clicks'").hasLineCount(1);
        assertThat(shell.run("preview", "events", "--limit", "0").code()).isEqualTo(2);
        assertThat(shell.run("preview", "events", "--output", "csv").code()).isEqualTo(2);
        assertThat(shell.run("preview", "events", "--date", "2027-01-01").code())
                .isEqualTo(2);
    }

    private static Terminal terminal(Path project) {
        return new Terminal(project).with(spark());
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void copyTo(Path target) throws IOException {
        Path given = Path.of("src/test/resources/io/plumbline/pipeline/scenarios");
        for (String file : List.of("exposures.csv", "events.csv", "plumbline.yml")) {
            Files.copy(given.resolve(file), target.resolve(file));
        }
        Files.writeString(target.resolve("more.yml"), """
                metrics:
                  - name: late_buys
                    type: count
                    source: events
                    filters:
                      - {column: event, op: eq, values: [buy]}
                      - {sql: amount > 5}
                      - {column: country, op: eq, values: [US]}
                """);
    }
}
