package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables depend on the data and on the definitions, not on how they came about: bit for bit, in every column but the
 * id of the run. Sums that are far beyond what adds up exactly, see {@link io.plumbline.unitday.ExactSum}, are left out.
 */
class RunLawsTest extends SparkTest {

    private static final long SEED = 108;
    private static final List<String> TABLES = List.of(
            "exposures", "experiment_exposures_daily", "experiment_health", "experiment_results", "metric_daily");

    @TempDir
    Path folder;

    private final World world = World.of(SEED);
    private ProjectText project = ProjectText.of(world, 1);

    @BeforeEach
    void write() {
        RandomFiles.write(world, RandomRows.of(world, project.trials()), folder.resolve("data"));
        List<MetricCase> exact = project.metrics().stream()
                .filter(metric ->
                        metric.sides().stream().noneMatch(side -> side.value().equals("price")))
                .toList();
        project = some(project.with(exact, project.trials()), 6, 0);
    }

    @Test
    void a_day_that_is_run_twice_leaves_the_same_tables() {
        Plumbline plumbline = open(project, "project");
        run(plumbline, 4);
        Map<String, List<String>> once = tables(plumbline, "true");

        run(plumbline, 4);

        assertThat(tables(plumbline, "true")).isEqualTo(once);
    }

    @Test
    void days_in_order_days_in_any_order_and_the_last_day_alone_come_to_the_same() {
        Plumbline inOrder = open(project, "in_order");
        run(inOrder, 0, 1, 2, 3, 4);
        Plumbline shuffled = open(project, "shuffled");
        run(shuffled, 2, 4, 0, 3, 1);
        Plumbline lastAlone = open(project, "last_alone");
        run(lastAlone, 4);

        assertThat(tables(shuffled, "true")).isEqualTo(tables(inOrder, "true"));
        assertThat(tables(lastAlone, lastDay())).isEqualTo(tables(inOrder, lastDay()));
        assertThat(rows(lastAlone, "metric_daily", "true")).isEqualTo(rows(inOrder, "metric_daily", "true"));
    }

    @Test
    void metrics_that_come_later_are_as_if_they_had_always_been_there() {
        assertNoTrace(some(project, 2, 0), project);
    }

    @Test
    void an_experiment_that_comes_later_is_as_if_it_had_always_been_there() {
        List<Trial> first = project.trials().stream()
                .filter(trial -> trial.name().equals("later"))
                .toList();
        assertNoTrace(project.with(project.metrics(), first), project);
    }

    @Test
    void a_start_that_moves_leaves_no_trace() {
        assertNoTrace(started(project, 1), project);
        assertNoTrace(project, started(project, 1));
    }

    @Test
    void filters_and_windows_that_change_leave_no_trace() {
        List<MetricCase> changed =
                project.metrics().stream().map(RunLawsTest::narrowed).toList();
        assertNoTrace(project.with(changed, project.trials()), project);
    }

    /** Days of one project, then the last day of another, against the last day of the other in an empty warehouse. */
    private void assertNoTrace(ProjectText before, ProjectText after) {
        String name = "changed" + System.nanoTime();
        run(open(before, name), 1, 3);
        Plumbline changed = open(after, name);
        run(changed, 4);
        Plumbline fresh = open(after, name + "_fresh");
        run(fresh, 4);

        assertThat(tables(changed, lastDay())).isEqualTo(tables(fresh, lastDay()));
        assertThat(rows(changed, "metric_daily", "true")).containsAll(rows(fresh, "metric_daily", "true"));
    }

    /** Every {@code share}-th metric, in the experiments too. */
    private static ProjectText some(ProjectText project, int share, int first) {
        List<MetricCase> metrics = IntStream.range(0, project.metrics().size())
                .filter(i -> i % share == first)
                .mapToObj(project.metrics()::get)
                .toList();
        List<String> names = metrics.stream().map(MetricCase::name).toList();
        return project.with(
                metrics,
                project.trials().stream().map(trial -> trial.with(names)).toList());
    }

    private static ProjectText started(ProjectText project, int day) {
        return project.with(
                project.metrics(),
                project.trials().stream()
                        .map(trial -> trial.from(project.world().day(day)))
                        .toList());
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

    private Plumbline open(ProjectText text, String name) {
        return Plumbline.on(spark(), text.load(folder.resolve(name), folder.resolve("data")));
    }

    private void run(Plumbline plumbline, int... days) {
        for (int day : days) {
            RunReport report = plumbline.run(world.day(day), Progress.NONE);
            assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
        }
    }

    private String lastDay() {
        LocalDate day = world.lastDay();
        return "ds = DATE'" + day + "'";
    }

    private static Map<String, List<String>> tables(Plumbline plumbline, String condition) {
        Map<String, List<String>> tables = new TreeMap<>();
        TABLES.forEach(name -> tables.put(name, rows(plumbline, name, name.equals("exposures") ? "true" : condition)));
        return tables;
    }

    private static List<String> rows(Plumbline plumbline, String table, String condition) {
        return plumbline.table(table).filter(condition).drop("run_id").collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
