package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The values that breakdowns show by name and what is left for the others, under columns of events and under properties of
 * units from sources with and without time: every result agrees with DuckDB.
 */
class BreakdownsTest extends SparkTest {

    private static final int VARIANTS = 25;
    private static final int SHOWN = 20;
    private static final List<String> COLUMNS = List.of("country", "note");
    private static final List<String> PROPERTIES = List.of("plan", "tier_name");
    private static final String[] KEYS = {"metric", "dimension", "dimension_value", "group_name"};

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void every_number_agrees_with_duckdb(long seed) {
        compare(World.of(seed));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void every_number_agrees_with_duckdb_on_more_seeds(long seed) {
        compare(World.of(seed));
    }

    static LongStream seeds() {
        return LongStream.of(700);
    }

    static LongStream moreSeeds() {
        return LongStream.range(701, 711);
    }

    private void compare(World world) {
        Dice dice = new Dice(world.seed() + 5);
        int top = dice.between(2, 5);
        int least = dice.between(1, 12);
        List<Variant> variants = Variant.of(dice, VARIANTS).stream()
                .filter(v -> v.sides().stream().allMatch(s -> s.source().equals("events")))
                .map(BreakdownsTest::plain)
                .toList();
        Path data = folder.resolve("data");
        RandomRows rows = RandomRows.of(
                world,
                List.of(new Trial(
                        "whole",
                        "user_id",
                        world.day(0),
                        null,
                        Traps.GROUPS.subList(0, 2),
                        "exclude",
                        List.of(),
                        List.of(),
                        List.of())));
        RandomFiles.write(world, rows, data);
        PropertyRows.write(world, dice, data);
        Plumbline plumbline = open(world, variants, data, top, least);
        assertThat(plumbline.run(world.lastDay(), Progress.NONE).steps())
                .allMatch(step -> step.status() == StepReport.Status.OK);
        Table expected = new Table(new TreeMap<>());
        reference(world, variants, data, Map.of("top", String.valueOf(top), "least", String.valueOf(least)), expected);
        List<String> found = differences(world, expected, plumbline);
        assertThat(found.stream().limit(SHOWN).toList())
                .as("%d differences, top %d of at least %d", found.size(), top, least)
                .isEmpty();
    }

    private static List<String> differences(World world, Table expected, Plumbline plumbline) {
        Table actual = Table.of(
                plumbline
                        .table("experiment_results")
                        .filter("units > 0 AND dimension IS NOT NULL")
                        .collectAsList(),
                KEYS);
        Differences differences = new Differences("seed " + world.seed());
        differences.keys(expected, actual);
        differences.counts(expected, actual, "units");
        differences.numbers(expected, actual, "total", Differences.Scale.X);
        differences.numbers(expected, actual, "denominator", Differences.Scale.Y);
        differences.numbers(expected, actual, "mean", Differences.Scale.QUOTIENT);
        assertThat(differences.compared()).isGreaterThan(200);
        return differences.found();
    }

    /** Without winsorization and logarithm, whose bounds are those of the top line. */
    private static Variant plain(Variant variant) {
        Map<String, String> ofMetric = new HashMap<>(variant.ofMetric());
        ofMetric.remove("log");
        List<Variant.Part> sides = variant.sides().stream()
                .map(s -> new Variant.Part(
                        s.source(),
                        s.kind(),
                        s.value(),
                        s.filter(),
                        s.from(),
                        s.to(),
                        s.matured(),
                        s.bake(),
                        s.cap(),
                        ""))
                .toList();
        return new Variant(variant.name(), variant.type(), sides, ofMetric);
    }

    private static void reference(
            World world, List<Variant> variants, Path data, Map<String, String> rules, Table expected) {
        LocalDate day = world.lastDay();
        Map<String, String> inputs = new TreeMap<>(Map.of(
                "data",
                data.toString(),
                "zone",
                Reference.zone(world.zone()),
                "visits",
                "(SELECT NULL AS user_id, NULL::DATE AS day)",
                "visit_day",
                "day"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute(VariantSql.filled("modifiers/inputs.sql", inputs));
            sql.execute(VariantSql.filled(
                    "modifiers/units.sql",
                    Map.of(
                            "experiment",
                            "whole",
                            "start",
                            world.day(0).toString(),
                            "end",
                            "2100-01-01",
                            "as_of",
                            day.toString())));
            sql.execute(VariantSql.filled("breakdowns/properties.sql", inputs));
            List<Map<String, String>> queries = queries(world, variants, sql);
            sql.execute(VariantSql.filled("breakdowns/kept.sql", rules));
            for (Map<String, String> query : queries) {
                expected.rows()
                        .putAll(Table.of(sql.executeQuery(VariantSql.filled("breakdowns/metric.sql", query)), KEYS)
                                .rows());
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    /** One query for every metric and dimension; the units seen under columns are noted on the way. */
    private static List<Map<String, String>> queries(World world, List<Variant> variants, Statement sql)
            throws SQLException {
        LocalDate day = world.lastDay();
        List<Map<String, String>> queries = new ArrayList<>();
        for (Variant variant : variants) {
            VariantSql text = new VariantSql(world, variant, "whole", day, false, day);
            for (String column : COLUMNS) {
                for (Variant.Part side : variant.sides()) {
                    sql.execute(VariantSql.filled("breakdowns/seen.sql", names(text, side, column)));
                }
                queries.add(metric(text, column));
            }
            PROPERTIES.forEach(property -> queries.add(metric(text, property)));
        }
        return queries;
    }

    private static Map<String, String> names(VariantSql text, Variant.Part side, String dimension) {
        Map<String, String> names = new HashMap<>(text.names(side));
        boolean column = COLUMNS.contains(dimension);
        names.put("dimension", dimension);
        names.put("value_label", column ? "coalesce(r." + dimension + "::VARCHAR, '(unknown)')" : "p." + dimension);
        names.put("label", "coalesce(n.label, '(other)')");
        names.put("has_value", side.value().isEmpty() ? "true" : "isfinite((r." + side.value() + ")::DOUBLE)");
        return names;
    }

    private static Map<String, String> metric(VariantSql text, String dimension) {
        Variant variant = text.variant();
        boolean column = COLUMNS.contains(dimension);
        boolean hasLower = variant.sides().size() == 2;
        Variant.Part upper = variant.sides().get(0);
        Variant.Part lower = hasLower ? variant.sides().get(1) : upper;
        boolean all = !hasLower || variant.ofMetric().containsValue("all_units");
        Map<String, String> query = new HashMap<>();
        query.put("metric", variant.name());
        query.put("dimension", dimension);
        query.put("counts", variant.sides().stream().map(text::counts).collect(Collectors.joining(" AND ")));
        query.put("x", VariantSql.filled("breakdowns/side.sql", names(text, upper, dimension)));
        query.put("y", VariantSql.filled("breakdowns/side.sql", names(text, lower, dimension)));
        query.put("slices", "SELECT label FROM x UNION SELECT label FROM y");
        query.put(
                "pairs",
                column
                        ? "SELECT p.*, s.label FROM points AS p CROSS JOIN slices AS s"
                        : "SELECT p.*, coalesce(n.label, '(other)') AS label FROM points AS p LEFT JOIN kept AS n"
                                + " ON n.dimension = '" + dimension + "' AND n.label = p." + dimension);
        query.put("threshold", text.threshold());
        query.put("y_value", hasLower ? "coalesce(y.v, 0)" : "1");
        query.put("participates", all ? "true" : "coalesce(y.v, 0) <> 0");
        return query;
    }

    private Plumbline open(World world, List<Variant> variants, Path data, int top, int least) {
        try {
            Path project = Files.createDirectories(folder.resolve("project"));
            String head = new ProjectText(world, List.of(), List.of())
                    .beforeDefinitions(data)
                    .replace(
                            "breakdown_top_values: 1000, breakdown_min_units: 1",
                            "breakdown_top_values: " + top + ", breakdown_min_units: " + least);
            String metrics = variants.stream()
                    .map(v -> v.yaml().replace("tags: [all]", "tags: [all], breakdowns: " + COLUMNS))
                    .collect(Collectors.joining());
            Files.writeString(
                    project.resolve("plumbline.yml"),
                    head + PropertyRows.yaml(data) + "metrics:\n" + metrics
                            + "experiments:\n  - {name: whole, assignment_source: exposures, unit: user_id, start: "
                            + world.day(0) + ", views: [cumulative], breakdowns: " + PROPERTIES
                            + ", groups: [{name: control, control: true}, {name: "
                            + Condition.yaml(Traps.GROUPS.get(1)) + "}], metrics: {primary: [\"tag:all\"]}}\n");
            return Plumbline.on(spark(), ProjectLoader.load(project, Map.of(), new SparkGrammar()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
