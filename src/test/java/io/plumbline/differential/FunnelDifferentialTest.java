package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random funnels over random rows: every step, time to convert and catalog value agrees with DuckDB, which joins the raw
 * rows of every step with those of the step before and knows nothing of arrays, unit-days or parts of days.
 */
class FunnelDifferentialTest extends SparkTest {

    private static final int FUNNELS = 30;
    private static final int MORE_FUNNELS = 42;
    private static final int SHOWN = 15;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_funnel_agrees_with_duckdb(long seed) throws IOException {
        compare(World.of(seed), FUNNELS);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_funnel_agrees_with_duckdb_on_more_seeds(long seed) throws IOException {
        compare(World.of(seed), MORE_FUNNELS);
    }

    @Test
    void the_seeds_draw_enough_cases_of_every_order() {
        CaseCount.of(
                        moreSeeds(),
                        seed -> cases(World.of(seed), MORE_FUNNELS).stream().map(FunnelCase::yaml))
                .assertEnough(
                        "funnel with order: ordered", "funnel with order: strict", "funnel with order: unordered");
    }

    /** {@code -Dplumbline.seeds=3,17} runs these alone. */
    static LongStream seeds() {
        String chosen = System.getProperty("plumbline.seeds", "");
        return chosen.isEmpty()
                ? LongStream.of(1)
                : Stream.of(chosen.split(",", -1)).mapToLong(Long::parseLong);
    }

    static LongStream moreSeeds() {
        return LongStream.concat(LongStream.of(0), LongStream.range(2, 17));
    }

    private static List<FunnelCase> cases(World world, int number) {
        return FunnelCase.of(new Dice(world.seed() + 5000), number);
    }

    private void compare(World world, int number) throws IOException {
        List<FunnelCase> funnels = cases(world, number);
        ProjectText text = new ProjectText(world, List.of(), trials(world, funnels));
        Path data = folder.resolve("data");
        RandomFiles.write(world, RandomRows.of(world, text.trials()), data);
        Plumbline plumbline = Plumbline.on(spark(), project(text, funnels, data));
        LocalDate day = world.lastDay();
        // Day by day on even seeds, all days at once on odd ones: catalog values must not know the difference.
        List<LocalDate> days = world.seed() % 2 == 0 ? List.of(world.day(1), world.day(3), day) : List.of(day);
        for (LocalDate each : days) {
            RunReport report = plumbline.run(each, Progress.NONE);
            assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
        }
        List<String> found = new ArrayList<>();
        try (Reference reference = Reference.of(text, data)) {
            reference.results(day);
            for (FunnelCase funnel : funnels) {
                results(funnel, plumbline, reference, day).stream()
                        .map(difference -> difference + "\n    " + funnel.yaml())
                        .forEach(found::add);
                catalog(funnel, plumbline, reference).stream()
                        .map(difference -> difference + "\n    " + funnel.yaml())
                        .forEach(found::add);
            }
        }
        assertThat(found.stream().limit(SHOWN).toList())
                .as("seed %d, zone %s: %d differences", world.seed(), world.zone(), found.size())
                .isEmpty();
    }

    private Project project(ProjectText text, List<FunnelCase> funnels, Path data) throws IOException {
        Path project = folder.resolve("project");
        text.write(project, data);
        Files.writeString(
                project.resolve("funnels.yml"),
                "metrics:\n" + funnels.stream().map(FunnelCase::yaml).collect(Collectors.joining()));
        return ProjectLoader.load(project, Map.of(), new SparkGrammar());
    }

    private static List<Trial> trials(World world, List<FunnelCase> funnels) {
        List<String> two = Traps.GROUPS.subList(0, 2);
        List<String> all = funnels.stream().map(FunnelCase::name).toList();
        List<String> ofDevices = funnels.stream()
                .filter(FunnelCase::isOfDevices)
                .map(FunnelCase::name)
                .toList();
        List<String> view = List.of("cumulative");
        return List.of(
                new Trial("whole", "user_id", world.day(0), null, two, "exclude", all, List.of(), view),
                new Trial("devices", "device_id", world.day(1), null, two, "first_group", ofDevices, List.of(), view));
    }

    private static List<String> results(FunnelCase funnel, Plumbline plumbline, Reference reference, LocalDate day) {
        Table expected = reference.table(funnel.resultSql(), "experiment", "group_name", "step");
        List<Row> rows = plumbline
                .table("experiment_results")
                .filter("ds = DATE'" + day + "' AND dimension IS NULL AND metric = '" + funnel.name() + "'")
                .selectExpr(
                        "experiment",
                        "group_name",
                        "coalesce(step, 0) AS step",
                        "units",
                        "total",
                        "denominator",
                        "mean")
                .collectAsList();
        Differences differences = new Differences(funnel.name());
        assertThat(expected.rows()).isNotEmpty();
        Table actual = Table.of(rows, "experiment", "group_name", "step");
        differences.keys(expected, actual);
        differences.counts(expected, actual, "units");
        differences.numbers(expected, actual, "total", Differences.Scale.NONE);
        differences.numbers(expected, actual, "denominator", Differences.Scale.NONE);
        differences.numbers(expected, actual, "mean", Differences.Scale.NONE);
        return differences.found();
    }

    private static List<String> catalog(FunnelCase funnel, Plumbline plumbline, Reference reference) {
        Table expected = reference.table(funnel.catalogSql(), "day");
        List<Row> rows = plumbline
                .table("metric_daily")
                .filter("dimension IS NULL AND denominator > 0 AND metric = '" + funnel.name() + "'")
                .selectExpr("ds AS day", "numerator", "denominator")
                .collectAsList();
        Differences differences = new Differences(funnel.name() + " catalog");
        Table actual = Table.of(rows, "day");
        differences.keys(expected, actual);
        differences.numbers(expected, actual, "numerator", Differences.Scale.NONE);
        differences.numbers(expected, actual, "denominator", Differences.Scale.NONE);
        return differences.found();
    }
}
