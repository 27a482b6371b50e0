package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.definition.SchemaUse;
import io.plumbline.metric.Metric;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For every type of metric with every modifier, breakdowns by columns and by a property of a source, and the view by days since exposure: days in order, in any
 * other order and all at once, and rows that come late, give the same tables, bit for bit. The definitions are under {@code laws}.
 */
class EveryTypeLawsTest extends InterpretingTest {

    private static final World WORLD = World.of(902);
    private static final Path DEFINITIONS =
            Path.of("src/test/resources/io/plumbline/differential/laws/definitions.yml");
    /** Days that are run; exposures and rows begin before. */
    private static final List<Integer> DAYS = List.of(3, 4);

    @TempDir
    static Path folder;

    private static Plumbline late;
    private static Plumbline inOrder;

    /** Half of the events and payments are in files that come when the days have been run. */
    @BeforeAll
    static void runDaysOnHalfOfTheRowsAndOnAll() throws IOException {
        Path data = folder.resolve("data");
        RandomFiles.write(WORLD, rows(row -> !isLate(row)), data);
        PropertyRows.write(WORLD, new Dice(WORLD.seed()), data);
        late = run("late", DAYS);
        Path others = folder.resolve("others");
        RandomFiles.write(WORLD, rows(EveryTypeLawsTest::isLate), others);
        add(others, data, "events");
        add(others, data, "payments");
        inOrder = run("in_order", DAYS);
    }

    @Test
    void daysInOrderInAnyOrderAndAllAtOnceComeToTheSame() {
        Plumbline shuffled = run("shuffled", List.of(4, 3));
        Plumbline backfilled = Plumbline.on(spark(), project("backfilled"));
        backfilled.backfill(WORLD.day(DAYS.get(0)), WORLD.lastDay(), Progress.NONE);

        Map<String, List<String>> expected = tables(inOrder);
        StoredTables.assertSame(tables(shuffled), expected);
        StoredTables.assertSame(tables(backfilled), expected);
        assertThat(inOrder.table("experiment_results")
                        .filter("mean IS NOT NULL")
                        .select("metric")
                        .distinct()
                        .count())
                .as("metrics with results")
                .isEqualTo(project("shown").metrics().size());
    }

    @Test
    void rowsThatComeLateAreAsIfTheyHadAlwaysBeenThere() {
        run(late, DAYS.subList(1, 2));

        assertThat(late.table("unit_day__events__user_id")
                        .filter("layer <> 'base'")
                        .count())
                .as("rows of the later files, beside those of the earlier")
                .isPositive();
        StoredTables.assertSame(tables(late), tables(inOrder));
    }

    private static boolean isLate(@Nullable Object[] row) {
        return Arrays.hashCode(row) % 2 == 0;
    }

    /** Moves files, each into the folder that it has there, under another name. */
    private static void add(Path from, Path to, String source) throws IOException {
        try (Stream<Path> files = Files.walk(from.resolve(source))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = to.resolve(from.relativize(file));
                Files.createDirectories(place.getParent());
                Files.move(file, place.resolveSibling("late_" + file.getFileName()));
            }
        }
    }

    @Test
    void everyTypeIsThere() {
        assertThat(project("types").metrics().values().stream()
                        .<Class<?>>map(Metric::getClass)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Metric.class.getPermittedSubclasses());
    }

    @Test
    void everyModifierIsThere() {
        TreeSet<String> missing = new TreeSet<>(SchemaUse.keys());
        missing.removeIf(
                key -> !key.matches("(metric|cohort_window|threshold|winsorize|log|mean_side|selection|step)[.].*"));
        missing.removeIf(key -> key.matches("metric[.](description|owner|desired_change.*|type: .*)"));
        // What holds without a word of it.
        missing.removeAll(List.of(
                "metric.attempts: first",
                "metric.count: units",
                "metric.denominator_policy: participating",
                "metric.order: ordered",
                "metric.start: first_step",
                "winsorize.population: nonzero"));
        missing.removeAll(SchemaUse.of(List.of(DEFINITIONS)).used());
        assertThat(missing).isEmpty();
    }

    private static Plumbline run(String name, List<Integer> days) {
        Plumbline plumbline = Plumbline.on(spark(), project(name));
        run(plumbline, days);
        return plumbline;
    }

    private static void run(Plumbline plumbline, List<Integer> days) {
        for (int day : days) {
            assertThat(plumbline.run(WORLD.day(day), Progress.NONE).steps())
                    .allMatch(step -> step.status() == StepReport.Status.OK);
        }
    }

    private static RandomRows rows(Predicate<@Nullable Object[]> kept) {
        RandomRows rows = RandomRows.of(WORLD, List.of(trial("whole"), trial("maturing")));
        rows.events.removeIf(kept.negate());
        rows.payments.removeIf(kept.negate());
        return rows;
    }

    /** Exposures of an experiment that has ended stay where they were found. */
    private static Map<String, List<String>> tables(Plumbline plumbline) {
        return StoredTables.of(plumbline, "true", "experiment = 'whole'");
    }

    private static Project project(String name) {
        try {
            Path data = folder.resolve("data");
            Path project = Files.createDirectories(folder.resolve(name));
            String before = new ProjectText(WORLD, List.of(), List.of())
                    .beforeDefinitions(data)
                    .replace(
                            "breakdown_top_values: 1000, breakdown_min_units: 1",
                            "breakdown_top_values: 3, breakdown_min_units: 5")
                    .replace(
                            "    timestamp: happened_at\n",
                            "    timestamp: happened_at\n    auto_event_metrics: {event_column: event}\n");
            Files.writeString(project.resolve("plumbline.yml"), before + PropertyRows.yaml(data));
            Files.writeString(
                    project.resolve("definitions.yml"),
                    Files.readString(DEFINITIONS)
                            .replace("\"{first}\"", WORLD.day(0).toString())
                            .replace("\"{end}\"", WORLD.day(3).toString())
                            .replace("\"{treatment}\"", Condition.yaml(Traps.GROUPS.get(1))));
            return ProjectLoader.load(project, Map.of(), new SparkGrammar());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trial trial(String name) {
        return new Trial(
                name,
                "user_id",
                WORLD.day(0),
                null,
                Traps.GROUPS.subList(0, 2),
                "exclude",
                List.of(),
                List.of(),
                List.of());
    }
}
