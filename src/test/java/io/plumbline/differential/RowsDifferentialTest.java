package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Percentiles and retention over random files full of traps agree with DuckDB, which reads the same files metric by metric.
 * One project holds many random metrics of a type; every metric is shown by experiment, view, breakdown and group.
 */
class RowsDifferentialTest extends SparkTest {

    /** Metrics of a project; {@code -Dplumbline.metrics=5} takes fewer, for a quick look. */
    private static final int METRICS = Integer.getInteger("plumbline.metrics", 25);

    private static final int MORE_METRICS = 36;
    /** Each metric has at least units and four more numbers of two groups in two views. */
    private static final int NUMBERS = 20;

    private static final int SHOWN = 25;
    private static final String[] RESULT = {"experiment", "metric", "view", "dimension", "dimension_value", "group_name"
    };
    private static final String[] EXPECTED = {"experiment", "metric", "shown", "dimension", "label", "group_name"};

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_percentile_agrees_with_duckdb(long seed) {
        percentiles(seed, METRICS, false);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_retention_agrees_with_duckdb(long seed) {
        retentions(seed, METRICS, false);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_percentile_agrees_with_duckdb_on_more_seeds(long seed) {
        percentiles(seed, MORE_METRICS, seed % 2 == 0);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_retention_agrees_with_duckdb_on_more_seeds(long seed) {
        retentions(seed, MORE_METRICS, seed % 2 == 0);
    }

    /** {@code -Dplumbline.seeds=3,17} runs these alone. */
    static LongStream seeds() {
        String chosen = System.getProperty("plumbline.seeds", "");
        return chosen.isEmpty()
                ? LongStream.of(0)
                : Stream.of(chosen.split(",", -1)).mapToLong(Long::parseLong);
    }

    static LongStream moreSeeds() {
        return LongStream.range(1, 7);
    }

    @Test
    void the_seeds_draw_enough_cases_of_both_types() {
        CaseCount.of(moreSeeds(), seed -> yaml(seed, RowsCase::percentile)).assertEnough("percentile");
        CaseCount.of(moreSeeds(), seed -> yaml(seed, RowsCase::retention)).assertEnough("retention");
    }

    private static Stream<String> yaml(long seed, BiFunction<Integer, Dice, RowsCase> type) {
        return RowsWorld.of(seed, MORE_METRICS, type).cases().stream().map(RowsCase::yaml);
    }

    private void percentiles(long seed, int metrics, boolean dayByDay) {
        RowsWorld world = RowsWorld.of(seed, metrics, RowsCase::percentile);
        Path data = folder.resolve("data");
        world.write(data);
        LocalDate day = world.world().lastDay();
        Plumbline plumbline = run(world, data, dayByDay);
        List<String> found = new ArrayList<>();
        try (Reference reference = Reference.of(world.text(), data)) {
            reference.exposeAsOf(day);
            reference.run("percentile_tables.sql", Map.of());
            world.cases().forEach(metric -> reference.run("percentile.sql", metric.fragments()));
            Table expected = reference.found("percentile_summary.sql", Map.of(), EXPECTED);
            Differences differences = new Differences("percentiles " + day);
            Table actual = results(plumbline, day);
            differences.keys(expected, actual);
            differences.counts(expected, actual, "units");
            for (String number : List.of("total", "mean", "std_error", "variance")) {
                differences.numbers(expected, actual, number, Differences.Scale.NONE);
            }
            assertThat(differences.compared()).isGreaterThanOrEqualTo(metrics * NUMBERS);
            assertThat(expected.values("metric")).hasSize(metrics);
            found.addAll(differences.found());
            world.cases().forEach(metric -> found.addAll(catalog(plumbline, reference, metric)));
        }
        nothing(found, world);
    }

    private void retentions(long seed, int metrics, boolean dayByDay) {
        RowsWorld world = RowsWorld.of(seed, metrics, RowsCase::retention);
        Path data = folder.resolve("data");
        world.write(data);
        LocalDate day = world.world().lastDay();
        Plumbline plumbline = run(world, data, dayByDay);
        Differences differences = new Differences("retention " + day);
        try (Reference reference = Reference.of(world.text(), data)) {
            reference.exposeAsOf(day);
            reference.run("retention_tables.sql", Map.of());
            world.cases().forEach(metric -> reference.run("retention.sql", metric.fragments()));
            Table expected = reference.found("5_summary.sql", Map.of(), EXPECTED);
            Table actual = results(plumbline, day);
            differences.keys(expected, actual);
            differences.counts(expected, actual, "units");
            differences.numbers(expected, actual, "total", Differences.Scale.X);
            differences.numbers(expected, actual, "denominator", Differences.Scale.Y);
            differences.numbers(expected, actual, "mean", Differences.Scale.QUOTIENT);
            differences.numbers(expected, actual, "variance", Differences.Scale.VARIANCE);
            assertThat(differences.compared()).isGreaterThanOrEqualTo(metrics * NUMBERS);
            assertThat(expected.values("metric")).hasSize(metrics);
        }
        nothing(differences.found(), world);
    }

    /** Runs the last day, or every day as jobs do. */
    private Plumbline run(RowsWorld world, Path data, boolean dayByDay) {
        Plumbline plumbline = Plumbline.on(spark(), world.load(folder.resolve("project"), data));
        int first = dayByDay ? 0 : World.DAYS - 1;
        for (int i = first; i < World.DAYS; i++) {
            assertThat(plumbline.run(world.world().day(i), Progress.NONE).steps())
                    .allMatch(step -> step.status() == StepReport.Status.OK);
        }
        return plumbline;
    }

    private static Table results(Plumbline plumbline, LocalDate day) {
        return Table.of(
                plumbline
                        .table("experiment_results")
                        .filter("ds = DATE'" + day + "'")
                        .collectAsList(),
                RESULT);
    }

    private static List<String> catalog(Plumbline plumbline, Reference reference, RowsCase metric) {
        Table expected =
                reference.found("percentile_catalog.sql", metric.fragments(), "metric", "day", "dimension", "label");
        Table actual = Table.of(
                plumbline
                        .table("metric_daily")
                        .filter("metric = '" + metric.name() + "'")
                        .collectAsList(),
                "metric",
                "ds",
                "dimension",
                "dimension_value");
        Differences differences = new Differences("catalog");
        differences.keys(expected, actual);
        differences.counts(expected, actual, "units", "row_count");
        differences.numbers(expected, actual, "numerator", Differences.Scale.NONE);
        differences.numbers(expected, actual, "value", Differences.Scale.NONE);
        return differences.found();
    }

    private static void nothing(List<String> found, RowsWorld world) {
        assertThat(found.stream().limit(SHOWN).toList())
                .as("seed %d: %d differences", world.world().seed(), found.size())
                .isEmpty();
    }
}
