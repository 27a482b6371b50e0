package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.StoredTables;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random metrics of distinct values, extremes, first and latest values, latest rows and ratios of them, over random files
 * full of traps: every number agrees with DuckDB, which sorts the rows of every unit.
 */
class ValuesDifferentialTest extends SparkTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_number_agrees_with_duckdb(long seed) {
        World world = World.of(seed);
        DifferentialTest.compare(folder, ProjectText.ofValues(world, ValueCases.VARIANTS), List.of(world.lastDay()));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_number_agrees_with_duckdb_on_more_seeds(long seed) {
        World world = World.of(seed);
        List<LocalDate> days = seed % 4 == 0 ? List.of(world.day(2), world.lastDay()) : List.of(world.lastDay());
        DifferentialTest.compare(folder, ProjectText.ofValues(world, ValueCases.MORE_VARIANTS), days);
    }

    @Test
    void the_seeds_draw_enough_cases_of_every_type() {
        CaseCount.of(
                        moreSeeds(),
                        seed -> ProjectText.ofValues(World.of(seed), ValueCases.MORE_VARIANTS).metrics().stream()
                                .map(MetricCase::yaml))
                .assertEnough(
                        "count_distinct",
                        "count_distinct with approximate: true",
                        "min",
                        "max",
                        "first_value",
                        "latest_value",
                        "unit_count with rollup: latest_value",
                        "ratio");
    }

    /** Of what {@link EveryTypeLawsTest} says of a metric of every type, on random ones. */
    @Tag("slow")
    @Test
    void days_in_order_and_the_last_day_alone_come_to_the_same() {
        World world = World.of(202);
        ProjectText text = exact(ProjectText.ofValues(world, ValueCases.VARIANTS));
        Path data = folder.resolve("data");
        RandomFiles.write(world, RandomRows.of(world, text.trials()), data);
        Plumbline inOrder = run(text, "in_order", 2, 3, 4);
        Plumbline alone = run(text, "alone", 4);

        String lastDay = "ds = DATE'" + world.lastDay() + "'";
        assertThat(StoredTables.rows(inOrder, "experiment_results", lastDay))
                .hasSizeGreaterThan(20)
                .isEqualTo(StoredTables.rows(alone, "experiment_results", lastDay));
        assertThat(StoredTables.rows(inOrder, "metric_daily", "true"))
                .isEqualTo(StoredTables.rows(alone, "metric_daily", "true"));
    }

    /** {@code -Dplumbline.seeds=203,217} runs these alone. */
    static LongStream seeds() {
        String chosen = System.getProperty("plumbline.seeds", "");
        return chosen.isEmpty()
                ? LongStream.of(200)
                : Stream.of(chosen.split(",", -1)).mapToLong(Long::parseLong);
    }

    static LongStream moreSeeds() {
        return LongStream.range(201, 227);
    }

    /** One experiment and every fourth metric, without sums of prices, which span more digits than add up exactly. */
    private static ProjectText exact(ProjectText text) {
        List<MetricCase> metrics = IntStream.range(0, text.metrics().size())
                .filter(i -> i % ValueCases.VARIANTS == 0)
                .mapToObj(text.metrics()::get)
                .filter(metric ->
                        metric.sides().stream().noneMatch(side -> side.value().equals("price")))
                .toList();
        List<String> names = metrics.stream().map(MetricCase::name).toList();
        return text.with(
                metrics,
                text.trials().stream().limit(1).map(trial -> trial.with(names)).toList());
    }

    private Plumbline run(ProjectText text, String name, int... days) {
        Plumbline plumbline = Plumbline.on(spark(), text.load(folder.resolve(name), folder.resolve("data")));
        for (int day : days) {
            assertThat(plumbline.run(text.world().day(day), Progress.NONE).steps())
                    .allMatch(step -> step.status() == StepReport.Status.OK);
        }
        return plumbline;
    }
}
