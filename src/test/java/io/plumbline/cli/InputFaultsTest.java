package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.FaultySources;
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
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources break between two days, each in its own way: files, tables and logs are cut, garbled and taken away, columns come,
 * go and change. The second day's run says of each what is wrong and what to do, and publishes everything else; when the
 * sources are whole again, the next run leaves the tables of a project that never saw a fault.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class InputFaultsTest extends InterpretingTest {

    /**
     * A source and what happens to it.
     *
     * @param value of the metric that is made of it
     * @param says the line about it
     */
    private record Fault(
            String source, String kind, String value, BiConsumer<FaultySources, String> breaks, List<String> says) {

        @Override
        public String toString() {
            return source;
        }
    }

    private static final String ALL = "user, at, amount, whole, experiment, arm";
    private static final String AGAIN = "then run again";

    private static final List<Fault> HARMLESS = List.of(
            fault("untouched", "parquet", "amount", (all, name) -> {}),
            fault("day_gone", "parquet", "amount", FaultySources::deleteFile),
            fault("spare_column_changed", "parquet", "amount", day(ALL + ", 1 AS added")));

    private static final List<Fault> FAULTS = List.of(
            fault(
                    "end_cut",
                    "parquet",
                    "amount",
                    (all, name) -> all.cut(name, 0.9),
                    "/part-",
                    "cannot be read (",
                    AGAIN),
            fault("file_gone", "delta", "amount", FaultySources::deleteFile, "/part-", "is gone; restore it", AGAIN),
            fault("table_gone", "delta", "amount", FaultySources::deleteAll, "table_gone"),
            fault(
                    "time_text",
                    "delta",
                    "amount",
                    table("user, CAST(at AS STRING) AS at, amount, ds"),
                    "timestamp 'at' is"),
            fault(
                    "text",
                    "delta",
                    "amount",
                    table("user, at, 'EUR ' || amount AS amount, ds"),
                    "'EUR ",
                    "is no DOUBLE"),
            fault("column_gone", "delta", "amount", table("user, at, whole, ds"), "no column 'amount'"),
            fault("day_column_gone", "parquet", "amount", day("user, at, whole"), "no column 'amount'"),
            fault("day_unit_gone", "parquet", "amount", day("at, amount"), "no column 'user'"));

    private static Fault fault(
            String source, String kind, String value, BiConsumer<FaultySources, String> breaks, String... says) {
        return new Fault(source, kind, value, breaks, List.of(says));
    }

    @TempDir
    static Path folder;

    private static Plumbline plumbline;
    private static FaultySources sources;
    private static Map<String, List<String>> firstDay;
    private static Terminal.Ended ended;

    @BeforeAll
    static void breakSourcesBetweenTwoDays() throws IOException {
        sources = new FaultySources(spark(), folder);
        all().forEach(fault -> sources.begin(fault.source(), fault.kind()));
        sources.mend("people", "delta");
        plumbline = open("warehouse");
        assertThat(run("2026-01-01").code()).isZero();
        firstDay = firstDay(plumbline);
        all().forEach(fault -> sources.mend(fault.source(), fault.kind()));
        all().forEach(fault -> fault.breaks().accept(sources, fault.source()));
        ended = run("2026-01-02");
    }

    private static Stream<Fault> all() {
        return Stream.concat(HARMLESS.stream(), faults());
    }

    private static Stream<Fault> faults() {
        return FAULTS.stream();
    }

    private static Stream<Fault> harmless() {
        return HARMLESS.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a1_a_fault_is_said_in_one_line_with_source_and_remedy(Fault fault) {
        assertThat(line(fault))
                .as(ended.err())
                .contains(" ERROR ", "plumbline.yml:", "source '" + fault.source() + "': ")
                .contains(fault.says())
                .doesNotContain("\tat ", "Exception", "SQLSTATE", "[FAILED", "[DELTA")
                .hasSizeLessThan(600);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void a2_days_without_files_and_columns_that_no_metric_uses_are_no_fault(Fault source) {
        assertThat(line(source)).as(ended.err()).contains("OK");
    }

    @Test
    void a3_the_run_ends_as_one_of_which_a_step_failed() {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains(" ERROR=" + FAULTS.size() + " SKIP=0");
    }

    /**
     * Tables that were written anew change the first day, too, so that its results are computed again, of sources that cannot be
     * read any more from what was read of them. Only a metric whose column is gone from the rows of the day has lost its
     * number, and says so.
     */
    @Test
    void a4_what_was_published_is_as_it_was() {
        StoredTables.assertSame(butOfColumnGone(firstDay(plumbline)), butOfColumnGone(firstDay));
        assertThat(StoredTables.rows(
                        plumbline, "experiment_results", "ds = '2026-01-01' AND metric = 'of_column_gone'"))
                .isNotEmpty()
                .allMatch(row -> row.contains("unresolved: there is no column 'amount'"));
    }

    private static Map<String, List<String>> butOfColumnGone(Map<String, List<String>> tables) {
        return tables.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        table -> table.getValue().stream()
                                .filter(row -> !row.contains("of_column_gone"))
                                .toList()));
    }

    @Test
    void a5_other_sources_metrics_and_experiments_are_published() {
        String ofSound = "metric IN (" + metrics(HARMLESS) + ")";
        assertThat(StoredTables.rows(plumbline, "metric_daily", ofSound + " AND ds = '2026-01-02'"))
                .hasSameSizeAs(HARMLESS);
        assertThat(plumbline
                        .table("experiment_results")
                        .filter(ofSound + " AND ds = '2026-01-02' AND view = 'cumulative' AND units > 0")
                        .select("experiment")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("red");
        assertThat(plumbline
                        .table("experiment_results")
                        .filter("metric IN (" + metrics(FAULTS) + ") AND ds = '2026-01-02'")
                        .filter("mean IS NOT NULL OR reason IS NULL")
                        .collectAsList())
                .as("results of a source that could not be read")
                .isEmpty();
    }

    @Test
    void a6_once_the_sources_are_whole_the_tables_are_those_of_a_project_without_faults() throws IOException {
        all().forEach(fault -> sources.mend(fault.source(), fault.kind()));
        assertThat(run("2026-01-02").code()).isZero();

        Plumbline never = open("never");
        assertThat(ended("backfill", "--start", "2026-01-01", "--end", "2026-01-02")
                        .code())
                .isZero();
        StoredTables.assertSame(StoredTables.of(plumbline, "true", "true"), StoredTables.of(never, "true", "true"));
    }

    private static String line(Fault fault) {
        return ended.err()
                .lines()
                .filter(line -> line.contains(" " + fault.source() + " … "))
                .findFirst()
                .orElse("");
    }

    private static BiConsumer<FaultySources, String> day(String columns) {
        return (all, name) -> all.rewriteDay(name, columns.split(", "));
    }

    private static BiConsumer<FaultySources, String> table(String columns) {
        return (all, name) -> all.rewriteTable(name, columns.split(", "));
    }

    private static String metrics(List<Fault> faults) {
        return faults.stream().map(fault -> "'of_" + fault.source() + "'").collect(Collectors.joining(", "));
    }

    private static Map<String, List<String>> firstDay(Plumbline plumbline) {
        return StoredTables.of(plumbline, "ds = '2026-01-01'", "first_exposure_date = '2026-01-01'");
    }

    private static Terminal.Ended run(String day) {
        return ended("run", "--date", day);
    }

    private static Terminal.Ended ended(String... arguments) {
        return new Terminal(folder).with(spark()).run(arguments);
    }

    private static Plumbline open(String warehouse) throws IOException {
        String sources = all().map(fault -> "  - {name: " + fault.source() + ", path: " + fault.source() + ", format: "
                        + fault.kind() + ", timestamp: at, date_partition: ds, units: {user: user}"
                        + "}\n")
                .collect(Collectors.joining());
        String metrics = all().map(fault -> "  - {name: of_" + fault.source() + ", type: sum, value: " + fault.value()
                        + ", source: " + fault.source() + "}\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("plumbline.yml"), """
                version: 1
                project: faults
                warehouse: ./%s
                unit_types: [user]
                metric_sources:
                %sassignment_sources:
                  - {name: people, path: people, format: delta, timestamp: at, date_partition: ds, experiment: experiment,
                     group: arm, units: {user: user}}
                metrics:
                %sexperiments:
                  - {name: red, assignment_source: people, unit: user, start: 2026-01-01,
                     groups: [{name: a, control: true}, {name: b}], metrics: {primary: [of_untouched], secondary: [%s]}}
                """.formatted(
                warehouse, sources, metrics, metrics(all().skip(1).toList()).replace("'", "")));
        return Plumbline.on(spark(), ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
    }
}
