package io.plumbline.differential;

import static io.plumbline.StoredTables.assertSame;
import static io.plumbline.StoredTables.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.StoredTables;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables depend on the data and on the definitions, not on how they came about: bit for bit, in every column but the
 * id of the run. Sums that are far beyond what adds up exactly, see {@link io.plumbline.unitday.ExactSum}, are left out.
 */
class RunLawsTest extends SparkTest {

    private static final long SEED = 108;
    private static final String LAST_DAY = "ds = DATE'" + World.of(SEED).lastDay() + "'";
    /** Exposures have no day: those of experiments that ended before the last one stay where they were found. */
    private static final String RUNNING = "experiment <> 'ending'";

    @TempDir
    static Path folder;

    private static final World WORLD = World.of(SEED);
    private static final ProjectText PROJECT = project();
    private static @Nullable Plumbline fresh;

    @BeforeAll
    static void write() {
        RandomFiles.write(WORLD, RandomRows.of(WORLD, PROJECT.trials()), folder.resolve("data"));
    }

    @Test
    void a_day_that_is_run_twice_leaves_the_same_tables() {
        Plumbline plumbline = fresh();
        Map<String, List<String>> once = tables(plumbline, "true");

        run(plumbline, 4);

        assertSame(tables(plumbline, "true"), once);
    }

    /** The same law for every type, of fewer days and metrics, is {@link EveryTypeLawsTest}, which runs in every build. */
    @Test
    @Tag("slow")
    void days_in_order_in_any_order_all_at_once_and_the_last_day_alone_come_to_the_same() {
        Plumbline inOrder = open(PROJECT, "in_order");
        run(inOrder, 0, 1, 2, 3, 4);
        Plumbline shuffled = open(PROJECT, "shuffled");
        run(shuffled, 2, 4, 0, 3, 1);

        Plumbline backfilled = open(PROJECT, "backfilled");
        backfilled.backfill(WORLD.day(0), WORLD.lastDay(), Progress.NONE);

        assertSame(tables(shuffled, "true"), tables(inOrder, "true"));
        assertSame(tables(backfilled, "true"), tables(inOrder, "true"));
        assertSame(tables(fresh(), LAST_DAY), tables(inOrder, LAST_DAY));
        assertThat(rows(fresh(), "metric_daily", "true")).isEqualTo(rows(inOrder, "metric_daily", "true"));
    }

    /** Of some metrics of each way to add days up, {@link io.plumbline.pipeline.RollForwardTest} says so in every build. */
    @Test
    @Tag("slow")
    void metrics_that_come_later_are_as_if_they_had_always_been_there() {
        assertNoTrace(some(PROJECT, 2));
    }

    @Test
    @Tag("slow")
    void an_experiment_that_comes_later_is_as_if_it_had_always_been_there() {
        assertNoTrace(PROJECT.with(
                PROJECT.metrics(),
                PROJECT.trials().stream()
                        .filter(trial -> trial.name().equals("later"))
                        .toList()));
    }

    @Test
    @Tag("slow")
    void a_start_that_moves_leaves_no_trace() {
        assertNoTrace(PROJECT.with(
                PROJECT.metrics(),
                PROJECT.trials().stream()
                        .map(trial -> trial.from(trial.start().equals(WORLD.day(0)) ? WORLD.day(2) : WORLD.day(0)))
                        .toList()));
    }

    @Test
    @Tag("slow")
    void filters_that_change_leave_no_trace() {
        assertNoTrace(PROJECT.with(
                PROJECT.metrics().stream().map(RunLawsTest::narrowed).toList(), PROJECT.trials()));
    }

    /** A day of another project, then the last day of the project, against that day in an empty warehouse. */
    private static void assertNoTrace(ProjectText before) {
        String name = "changed" + System.nanoTime();
        run(open(before, name), 3);
        Plumbline changed = open(PROJECT, name);
        run(changed, 4);

        assertSame(tables(changed, LAST_DAY), tables(fresh(), LAST_DAY));
        assertThat(rows(changed, "metric_daily", "true")).containsAll(rows(fresh(), "metric_daily", "true"));
    }

    /** The project of which only the last day has been run. */
    private static Plumbline fresh() {
        if (fresh == null) {
            fresh = open(PROJECT, "fresh");
            run(fresh, 4);
        }
        return fresh;
    }

    private static ProjectText project() {
        ProjectText whole = ProjectText.whole(WORLD);
        List<MetricCase> exact = whole.metrics().stream()
                .filter(metric ->
                        metric.sides().stream().noneMatch(side -> side.value().equals("price")))
                .toList();
        return some(whole.with(exact, whole.trials()), 6);
    }

    /** Every {@code share}-th metric, in the experiments too. */
    private static ProjectText some(ProjectText project, int share) {
        List<MetricCase> metrics = IntStream.range(0, project.metrics().size())
                .filter(i -> i % share == 0)
                .mapToObj(project.metrics()::get)
                .toList();
        List<String> names = metrics.stream().map(MetricCase::name).toList();
        return project.with(
                metrics,
                project.trials().stream().map(trial -> trial.with(names)).toList());
    }

    private static MetricCase narrowed(MetricCase metric) {
        Condition positive =
                Condition.sql(metric.numerator().source().equals("events") ? "cents > 300" : "country = 'DE'");
        Side side = metric.numerator();
        Side narrowed = new Side(
                side.source(),
                side.kind(),
                side.value(),
                Stream.concat(side.filters().stream(), Stream.of(positive)).toList(),
                side.window(),
                side.limits());
        Side lower = metric.type().equals("mean")
                ? narrowed.values(metric.lower().orElseThrow().limits())
                : metric.denominator();
        return new MetricCase(
                metric.name(),
                metric.type(),
                narrowed,
                lower,
                metric.policy(),
                metric.threshold(),
                metric.breakdowns());
    }

    private static Plumbline open(ProjectText text, String name) {
        return Plumbline.on(spark(), text.load(folder.resolve(name), folder.resolve("data")));
    }

    private static void run(Plumbline plumbline, int... days) {
        for (int day : days) {
            RunReport report = plumbline.run(WORLD.day(day), Progress.NONE);
            assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
        }
    }

    private static Map<String, List<String>> tables(Plumbline plumbline, String condition) {
        return StoredTables.of(plumbline, condition, RUNNING);
    }
}
