package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Caps, logarithms, thresholds, baking, maturing after the end and winsorization, alone and together, over the whole time since
 * exposure and day by day since: every result agrees with DuckDB, and does not depend on the days that were run before.
 */
class ModifiersTest extends SparkTest {

    private static final int VARIANTS = 22;
    private static final int MORE_VARIANTS = 54;
    private static final int VALUES = 7;
    private static final int MORE_VALUES = 28;
    private static final int SHOWN = 20;

    private record Ended(String name, LocalDate start, LocalDate end, boolean matures) {}

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_number_agrees_with_duckdb(long seed) {
        World world = World.of(seed);
        compare(world, variants(world, VARIANTS, VALUES), seed % 2 == 1 ? List.of(2, 3, 4) : List.of(4), 0);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_number_agrees_with_duckdb_on_more_seeds(long seed) {
        World world = World.of(seed);
        // On early days some have no unit yet: windows have not begun, or nobody has matured.
        List<Variant> variants = variants(world, MORE_VARIANTS, MORE_VALUES);
        compare(world, variants, seed % 5 == 1 ? List.of(1, 3, 4) : List.of(4), variants.size() / 2);
    }

    @Test
    void the_seeds_draw_enough_cases_of_every_type() {
        CaseCount.of(
                        moreSeeds(),
                        seed -> variants(World.of(seed), MORE_VARIANTS, 0).stream()
                                .map(Variant::yaml))
                .assertEnough("count", "sum", "mean", "unit_count", "ratio", "sum with cap:");
    }

    private static List<Variant> variants(World world, int additive, int values) {
        List<Variant> variants = new ArrayList<>(Variant.of(new Dice(world.seed()), additive));
        variants.addAll(Variant.ofValues(new Dice(world.seed() + 7000), values));
        return variants;
    }

    /** {@code -Dplumbline.seeds=3,17} runs these alone. */
    static LongStream seeds() {
        String chosen = System.getProperty("plumbline.seeds", "");
        return chosen.isEmpty()
                ? LongStream.of(500)
                : Stream.of(chosen.split(",", -1)).mapToLong(Long::parseLong);
    }

    static LongStream moreSeeds() {
        return LongStream.range(501, 527);
    }

    private static List<Ended> trials(World world) {
        return List.of(
                new Ended("whole", world.day(0), LocalDate.of(2100, 1, 1), false),
                new Ended("maturing", world.day(0), world.day(2), true),
                new Ended("cut", world.day(0), world.day(3), false));
    }

    /** At most some of the metrics may have no units at all. */
    private void compare(World world, List<Variant> variants, List<Integer> days, int silent) {
        Path data = folder.resolve("data");
        List<String> groups = Traps.GROUPS.subList(0, 2);
        List<Trial> trials = trials(world).stream()
                .map(t -> new Trial(
                        t.name(), "user_id", t.start(), t.end(), groups, "exclude", List.of(), List.of(), List.of()))
                .toList();
        RandomFiles.write(world, RandomRows.of(world, trials), data);
        Plumbline plumbline = open(world, variants, data, "project");
        List<String> found = new ArrayList<>();
        for (int day : days) {
            run(plumbline, world.day(day));
            found.addAll(differences(plumbline, world, variants, data, world.day(day), silent));
        }
        if (days.size() > 1) {
            Plumbline once = open(world, variants, data, "once");
            run(once, world.lastDay());
            found.addAll(unlike(results(once, world.lastDay()), results(plumbline, world.lastDay())));
        }
        assertThat(found.stream().limit(SHOWN).toList())
                .as("seed %d, zone %s: %d differences", world.seed(), world.zone(), found.size())
                .isEmpty();
    }

    private static void run(Plumbline plumbline, LocalDate day) {
        assertThat(plumbline.run(day, Progress.NONE).steps()).allMatch(step -> step.status() == StepReport.Status.OK);
    }

    private static List<String> differences(
            Plumbline plumbline, World world, List<Variant> variants, Path data, LocalDate day, int silent) {
        List<String> found = new ArrayList<>();
        for (boolean byDay : List.of(false, true)) {
            Table expected = new Table(new TreeMap<>());
            reference(world, variants, data, day, byDay, expected);
            Table actual = Table.of(
                    plumbline
                            .table("experiment_results")
                            .filter("ds = DATE'" + day + "' AND units > 0 AND view = '"
                                    + (byDay ? "days_since_exposure" : "cumulative") + "'")
                            .collectAsList(),
                    VariantSql.keys().toArray(String[]::new));
            Differences differences = new Differences((byDay ? "by day " : "whole ") + day);
            differences.keys(expected, actual);
            differences.counts(expected, actual, "units", "winsorized_units");
            differences.numbers(expected, actual, "total", Differences.Scale.X);
            differences.numbers(expected, actual, "denominator", Differences.Scale.Y);
            differences.numbers(expected, actual, "mean", Differences.Scale.QUOTIENT);
            differences.numbers(expected, actual, "variance", Differences.Scale.VARIANCE);
            differences.numbers(expected, actual, "winsor_lower", Differences.Scale.NONE);
            differences.numbers(expected, actual, "winsor_upper", Differences.Scale.NONE);
            assertThat(differences.compared()).isGreaterThan(100);
            assertThat(expected.values("metric"))
                    .hasSizeGreaterThanOrEqualTo(told(variants, byDay).size() - silent);
            differences.found().stream()
                    .map(text -> text + describe(variants, text))
                    .forEach(found::add);
        }
        return found;
    }

    /** Those that have the view: a distinct, first, latest or extreme value is not told of a day by itself. */
    private static List<Variant> told(List<Variant> variants, boolean byDay) {
        return variants.stream()
                .filter(variant ->
                        !byDay || variant.sides().stream().noneMatch(side -> ValueKind.isValueKind(side.kind())))
                .toList();
    }

    private static String describe(List<Variant> variants, String text) {
        return variants.stream()
                .filter(v -> text.contains(" " + v.name() + " "))
                .map(v -> "  " + v.yaml().strip())
                .collect(Collectors.joining());
    }

    private static void reference(
            World world, List<Variant> variants, Path data, LocalDate day, boolean byDay, Table expected) {
        boolean csv = world.seed() % 2 == 0;
        String visits = csv
                ? "read_csv('" + data + "/visits.csv', header = true, quote = '\"', escape = '\"', columns = "
                        + "{'user_id': 'VARCHAR', 'day': 'DATE', 'minutes': 'DOUBLE', 'country': 'VARCHAR'})"
                : "read_parquet('" + data + "/visits/*.parquet')";
        String zone = Reference.zone(world.zone());
        String visitDay = csv ? "day" : "timezone('" + zone + "', day)::DATE";
        Map<String, String> inputs =
                new TreeMap<>(Map.of("data", data.toString(), "zone", zone, "visits", visits, "visit_day", visitDay));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute(VariantSql.filled("modifiers/inputs.sql", inputs));
            for (Ended trial : trials(world)) {
                LocalDate last = trial.end().isBefore(day) ? trial.end() : day;
                if (last.isBefore(day) && !trial.matures()) {
                    continue;
                }
                sql.execute(VariantSql.filled(
                        "modifiers/units.sql",
                        Map.of(
                                "experiment", trial.name(),
                                "start", trial.start().toString(),
                                "end", trial.end().toString(),
                                "as_of", day.toString())));
                for (Variant variant : told(variants, byDay)) {
                    String query =
                            new VariantSql(world, variant, trial.name(), last, trial.matures(), day).results(byDay);
                    expected.rows()
                            .putAll(Table.of(
                                            sql.executeQuery(query),
                                            VariantSql.keys().toArray(String[]::new))
                                    .rows());
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    private static List<String> results(Plumbline plumbline, LocalDate day) {
        return StoredTables.rows(plumbline, "experiment_results", "ds = DATE'" + day + "'");
    }

    private static List<String> unlike(List<String> once, List<String> inOrder) {
        return Stream.concat(
                        once.stream().filter(row -> !inOrder.contains(row)).map(row -> "only at once: " + row),
                        inOrder.stream().filter(row -> !once.contains(row)).map(row -> "only day by day: " + row))
                .toList();
    }

    private Plumbline open(World world, List<Variant> variants, Path data, String name) {
        try {
            Path project = Files.createDirectories(folder.resolve(name));
            ProjectText text = new ProjectText(world, List.of(), List.of());
            Files.writeString(
                    project.resolve("plumbline.yml"),
                    text.beforeDefinitions(data) + "metrics:\n"
                            + variants.stream().map(Variant::yaml).collect(Collectors.joining()) + experiments(world));
            return Plumbline.on(spark(), ProjectLoader.load(project, Map.of(), new SparkGrammar()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String experiments(World world) {
        String all = trials(world).stream()
                .map(t ->
                        "  - {name: " + t.name() + ", assignment_source: exposures, unit: user_id, start: " + t.start()
                                + ", end: " + t.end() + ", mature_after_end: " + t.matures()
                                + ", views: [cumulative, days_since_exposure], groups: [{name: control, control: true}, {name: "
                                + Condition.yaml(Traps.GROUPS.get(1)) + "}], metrics: {primary: [\"tag:all\"]}}\n")
                .collect(Collectors.joining());
        return "experiments:\n" + all;
    }
}
