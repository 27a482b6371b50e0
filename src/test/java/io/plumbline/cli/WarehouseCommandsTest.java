package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.demo.DemoProject;
import io.plumbline.demo.Shop;
import io.plumbline.demo.ShopSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a small shop of which one day has been run. */
class WarehouseCommandsTest extends InterpretingTest {

    /** The day after the clocks went forward: 48 hours before its end are not the same time of day. */
    private static final LocalDate DAY = LocalDate.parse("2026-03-09");

    @TempDir
    static Path folder;

    private static Terminal.Ended run = new Terminal.Ended(-1, "", "");

    @BeforeAll
    static void runOneDay() {
        DemoProject.create(folder);
        new Shop(spark(), ShopSettings.DEFAULT.withVisitors(400)).write(DemoProject.data(folder), DAY);
        run = terminal().run("run", "--date", DAY.toString(), "--output", "json");
    }

    @Test
    void a_run_says_how_every_step_went_and_sums_up_at_the_end() {
        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = run.err().lines().toList();
        assertThat(lines.get(0))
                .matches("1 of \\d+ OK +exposures exposures … \\[.* rows of \\d+ days?.*, \\d+\\.\\d s]");
        assertThat(lines.get(lines.size() - 1)).matches("Done\\. OK=\\d+ WARN=0 ERROR=0 SKIP=0");
        assertThat(run.out())
                .startsWith("{\"run_id\":\"")
                .contains("\"as_of\":\"2026-03-09\"")
                .contains("\"status\":\"OK\"");
    }

    @Test
    void tables_and_views_are_shown_for_people_and_for_programs() {
        Terminal.Ended table =
                terminal().run("show", "v_scorecard", "--where", "metric = 'revenue' AND experiment = 'free_shipping'");
        assertThat(table.out().lines().findFirst().orElse(""))
                .containsPattern("^ds +experiment +metric ")
                .contains("rel_effect");
        assertThat(table.out().lines()).hasSize(4);
        String[] query = {"show", "v_scorecard", "--where", "experiment = 'free_shipping'", "--output"};
        Terminal.Ended csv = terminal().run(with(query, "csv"));
        Terminal.Ended json = terminal().run(with(query, "json"));
        assertThat(csv.out()).startsWith("ds,experiment,metric,");
        assertThat(csv.out().lines().skip(1)).allMatch(line -> line.startsWith("2026-03-09,free_shipping,"));
        assertThat(json.out().lines().filter(line -> line.startsWith("{")))
                .hasSize((int) csv.out().lines().count() - 1);
        assertThat(json.out()).contains("\"dimension\":null").contains("\"is_control\":true");
    }

    @Test
    void a_table_for_people_is_a_screenful_unless_more_is_asked_for() {
        assertThat(terminal().run("show", "experiment_results").out().lines()).hasSize(21);
        assertThat(terminal()
                        .run("show", "experiment_results", "--limit", "3")
                        .out()
                        .lines())
                .hasSize(4);
    }

    @Test
    void maps_and_instants_are_shown_in_a_form_that_can_be_read_back() {
        Terminal.Ended ended = terminal().run("show", "exposures", "--limit", "1", "--output", "json");
        assertThat(ended.out())
                .containsPattern("\"first_exposure_at\":\"2026-03-\\d\\dT[^\"]+Z\"")
                .contains("\"properties\":{\"");
    }

    @Test
    void what_is_not_there_is_answered_with_what_is() {
        Terminal.Ended table = terminal().run("show", "scorecard");
        assertThat(table.code()).isEqualTo(2);
        assertThat(table.err()).contains("'scorecard'").contains("v_scorecard").hasLineCount(1);
        Terminal.Ended column = terminal().run("show", "runs", "--where", "metrik = 1");
        assertThat(column.code()).isEqualTo(2);
        assertThat(column.err()).contains("metrik").hasLineCount(1);
    }

    @Test
    void runs_are_listed_and_none_has_failed() {
        assertThat(terminal().run("runs", "--output", "csv").out().lines())
                .anyMatch(line -> line.contains(",run,2026-03-09,ok,"));
        assertThat(terminal().run("runs", "--failed", "--output", "json").out()).isEqualTo("[\n]\n");
    }

    @Test
    void an_experiment_is_analysed_as_of_the_newest_day_that_was_read() {
        Terminal.Ended ended = terminal().run("analyze", "free_shipping", "--metric", "revenue", "--breakdowns");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("free_shipping as of 2026-03-09\n")
                .contains("sample_ratio")
                .containsPattern("\nrevenue +primary +control ")
                .contains("\nBy system\n")
                .doesNotContain("order_value");
    }

    @Test
    void an_analysis_is_that_of_the_run() {
        Terminal.Ended analysis = terminal().run("analyze", "ranking_v2", "--as-of", "2026-03-09", "--output", "csv");
        Terminal.Ended results =
                terminal().run("show", "experiment_results", "--where", "experiment = 'ranking_v2'", "--output", "csv");
        assertThat(withoutRun(analysis)).containsExactlyInAnyOrderElementsOf(withoutRun(results));
    }

    @Test
    void an_analysis_that_needs_days_which_were_not_read_is_not_ready() {
        Terminal.Ended ended = terminal().run("analyze", "ranking_v2", "--as-of", "2026-03-12");
        assertThat(ended.code()).isEqualTo(99);
        assertThat(ended.err()).contains("plumbline run --date 2026-03-12");
    }

    @Test
    void an_analysis_before_the_experiment_is_wrong_use() {
        Terminal.Ended ended = terminal().run("analyze", "ranking_v2", "--as-of", "2026-03-01");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("starts on 2026-03-05");
    }

    @Test
    void nothing_is_ready_before_the_first_run(@TempDir Path other) {
        DemoProject.create(other);
        Terminal.Ended ended = new Terminal(other).with(spark()).run("analyze", "ranking_v2");
        assertThat(ended.code()).isEqualTo(99);
        assertThat(ended.err()).contains("plumbline run").hasLineCount(1);
        assertThat(new Terminal(other).with(spark()).run("runs").code()).isEqualTo(99);
        assertThat(new Terminal(other).with(spark()).run("show", "v_scorecard").code())
                .isEqualTo(99);
    }

    @Test
    void definitions_hold_against_the_sources() {
        Terminal.Ended ended = terminal().run("validate", "--connect");
        assertThat(ended).isEqualTo(new Terminal.Ended(0, "OK: 5 sources, 45 metrics, 3 experiments\n", ""));
    }

    @Test
    void a_column_that_is_not_there_is_named_with_metric_and_place(@TempDir Path other) throws IOException {
        copyWith(other, "value: minutes", "value: minuets");
        Terminal.Ended ended = new Terminal(other).with(spark()).run("validate", "--connect");
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err())
                .startsWith("ERROR: metrics.yml:")
                .contains("'app_minutes'")
                .contains("minuets")
                .hasLineCount(1);
    }

    @Test
    void a_source_that_cannot_be_read_is_one_line_for_all_its_metrics(@TempDir Path other) throws IOException {
        copyWith(other, "/app_usage\"", "/app_usages\"");
        Terminal.Ended ended = new Terminal(other).with(spark()).run("validate", "--connect");
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err())
                .startsWith("ERROR: sources.yml:")
                .contains("'app_usage'")
                .hasLineCount(1);
    }

    @Test
    void the_doctor_finds_nothing_wrong_and_leaves_nothing_behind() throws IOException {
        Terminal.Ended ended = terminal().run("doctor");
        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains("Java 17")
                .contains("Spark 4.")
                .contains("Delta 4.")
                .contains("can be written")
                .contains("source sessions can be read");
        try (Stream<Path> tables = Files.list(folder.resolve("warehouse"))) {
            assertThat(tables.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("probe"));
        }
    }

    @Test
    void tables_can_be_made_before_the_first_run(@TempDir Path other) {
        DemoProject.create(other);
        Terminal shell = new Terminal(other).with(spark());
        assertThat(shell.run("init").code()).isZero();
        assertThat(shell.run("show", "runs", "--output", "json").out()).isEqualTo("[\n]\n");
    }

    private static Terminal terminal() {
        return new Terminal(folder).with(spark());
    }

    private static String[] with(String[] words, String... last) {
        return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
    }

    /** Rows of results less the identity of the run, which a result that is not saved does not have. */
    private static List<String> withoutRun(Terminal.Ended ended) {
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.out()
                .lines()
                .skip(1)
                .map(line -> line.replaceAll(",[^,]*$", ""))
                .toList();
    }

    /** The demo's definitions with other words in some place, over the data of the shop that was run. */
    private static void copyWith(Path target, String old, String replacement) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".yml")).forEach(file -> {
                try {
                    Files.writeString(
                            target.resolve(file.getFileName()),
                            Files.readString(file).replace(old, replacement));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
