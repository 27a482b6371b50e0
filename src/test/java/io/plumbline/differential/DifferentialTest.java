package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random projects over random files full of traps: every number of the output tables agrees with DuckDB, which reads the
 * same files metric by metric and knows nothing of unit-days, parts of days or shared scans.
 */
class DifferentialTest extends SparkTest {

    private static final int SHOWN = 25;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_number_agrees_with_duckdb(long seed) {
        World world = World.of(seed);
        List<LocalDate> days = seed % 4 == 0 ? List.of(world.lastDay(), world.day(2)) : List.of(world.lastDay());
        compare(folder, ProjectText.of(world, 4), days);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_number_agrees_with_duckdb_on_more_seeds(long seed) {
        World world = World.of(seed);
        List<LocalDate> days = seed % 4 == 0 ? List.of(world.day(2), world.lastDay()) : List.of(world.lastDay());
        compare(folder, ProjectText.whole(world), days);
    }

    @Test
    void the_seeds_draw_enough_cases_of_every_type() {
        CaseCount.of(
                        moreSeeds(),
                        seed -> ProjectText.whole(World.of(seed)).metrics().stream()
                                .map(MetricCase::yaml))
                .assertEnough(
                        "count",
                        "sum",
                        "mean",
                        "unit_count",
                        "ratio",
                        "count with cohort_window:",
                        "count with breakdowns:",
                        "sum with breakdowns:");
    }

    /** {@code -Dplumbline.seeds=3,17} runs these alone. */
    static LongStream seeds() {
        String chosen = System.getProperty("plumbline.seeds", "");
        return chosen.isEmpty()
                ? LongStream.of(0)
                : Stream.of(chosen.split(",", -1)).mapToLong(Long::parseLong);
    }

    static LongStream moreSeeds() {
        return LongStream.range(1, 46);
    }

    /** Runs the days of a project and compares every table after every day. */
    static void compare(Path folder, ProjectText text, List<LocalDate> days) {
        World world = text.world();
        Path data = folder.resolve("data");
        RandomFiles.write(world, RandomRows.of(world, text.trials()), data);
        Plumbline plumbline = Plumbline.on(spark(), text.load(folder.resolve("project"), data));
        List<String> found = new ArrayList<>();
        try (Reference reference = Reference.of(text, data)) {
            for (LocalDate day : days) {
                RunReport report = plumbline.run(day, Progress.NONE);
                assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
                found.addAll(results(plumbline, reference, day));
                found.addAll(exposures(plumbline, reference, day));
            }
            found.addAll(catalog(plumbline, reference, world.lastDay()));
        }
        assertThat(found.stream().limit(SHOWN).toList())
                .as(
                        "seed %d, zone %s, layout %s: %d differences",
                        world.seed(), world.zone(), world.layout(), found.size())
                .isEmpty();
    }

    private static List<String> results(Plumbline plumbline, Reference reference, LocalDate day) {
        Table expected = reference.results(day);
        Table actual = Table.of(
                plumbline
                        .table("experiment_results")
                        .filter("ds = DATE'" + day + "'")
                        .collectAsList(),
                "experiment",
                "metric",
                "view",
                "dimension",
                "dimension_value",
                "group_name");
        Differences differences = new Differences("results " + day);
        differences.keys(expected, actual);
        differences.counts(expected, actual, "units", "winsorized_units");
        differences.numbers(expected, actual, "total", Differences.Scale.X);
        differences.numbers(expected, actual, "denominator", Differences.Scale.Y);
        differences.numbers(expected, actual, "mean", Differences.Scale.QUOTIENT);
        differences.numbers(expected, actual, "variance", Differences.Scale.VARIANCE);
        differences.numbers(expected, actual, "winsor_lower", Differences.Scale.NONE);
        differences.numbers(expected, actual, "winsor_upper", Differences.Scale.NONE);
        assertThat(differences.compared()).isGreaterThan(500);
        assertThat(expected.values("metric")).hasSize(reference.metrics());
        return differences.found();
    }

    private static List<String> exposures(Plumbline plumbline, Reference reference, LocalDate day) {
        Table expected = reference.exposures();
        Table actual = Table.of(
                plumbline
                        .table("experiment_exposures_daily")
                        .filter("ds = DATE'" + day + "'")
                        .collectAsList(),
                "experiment",
                "group_name");
        Differences differences = new Differences("exposures " + day);
        differences.keys(expected, actual);
        differences.counts(expected, actual, "new_units", "cumulative_units");
        differences.found().addAll(crossovers(plumbline, expected, day));
        return differences.found();
    }

    /** Health checks say how many units were seen in several groups. */
    private static List<String> crossovers(Plumbline plumbline, Table expected, LocalDate day) {
        return plumbline
                .table("experiment_health")
                .filter("check_name = 'crossover' AND ds = DATE'" + day + "'")
                .collectAsList()
                .stream()
                .filter(row -> {
                    String experiment = row.getAs("experiment");
                    String said = row.getAs("detail");
                    return !said.startsWith(sum(expected, experiment, "crossed") + " of "
                            + sum(expected, experiment, "units") + " units ");
                })
                .map(row -> "health " + day + " " + row + ", DuckDB " + expected)
                .toList();
    }

    private static long sum(Table table, String experiment, String column) {
        return table.rows().values().stream()
                .filter(row -> experiment.equals(row.get("experiment")))
                .mapToLong(row -> row.get(column) instanceof Number number ? number.longValue() : 0)
                .sum();
    }

    private static List<String> catalog(Plumbline plumbline, Reference reference, LocalDate day) {
        Table expected = reference.catalog(day);
        Table actual = Table.of(
                plumbline.table("metric_daily").collectAsList(), "metric", "ds", "dimension", "dimension_value");
        Differences differences = new Differences("catalog");
        differences.keys(expected, actual);
        differences.counts(expected, actual, "units", "row_count");
        differences.numbers(expected, actual, "numerator", Differences.Scale.X);
        differences.numbers(expected, actual, "denominator", Differences.Scale.Y);
        differences.numbers(expected, actual, "value", Differences.Scale.X);
        return differences.found();
    }
}
