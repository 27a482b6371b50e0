package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events of other ids than the exposed, over random files: every mode agrees with DuckDB as of two days, of which the
 * earlier is run first or last. The times of the earlier one's events are cut before all pairs of the later are known.
 */
class IdDifferentialTest extends SparkTest {

    private static final long HOUR = 3_600_000_000L;
    private static final int SHOWN = 25;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = 0)
    void resolved_ids_agree_with_duckdb(long seed) {
        agree(seed);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void resolved_ids_agree_with_duckdb_on_more_seeds(long seed) {
        agree(seed);
    }

    static LongStream moreSeeds() {
        return LongStream.range(1, 8);
    }

    private void agree(long seed) {
        IdWorld ids = IdWorld.of(seed);
        Plumbline plumbline = Plumbline.on(spark(), ids.write(folder));
        List<Integer> days = seed % 2 == 0 ? List.of(2, 4) : List.of(4, 2);
        for (int day : days) {
            assertThat(plumbline.run(ids.world().day(day), Progress.NONE).steps())
                    .allMatch(step -> step.status() == StepReport.Status.OK);
        }
        Differences differences = new Differences("ids");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            load(ids.world(), sql);
            for (int day : days) {
                for (String mode : IdWorld.MODES) {
                    compare(
                            expected(ids.world(), sql, mode, day),
                            actual(plumbline, mode, ids.world().day(day)),
                            differences);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
        assertThat(differences.compared()).isGreaterThan(200);
        assertThat(differences.found().stream().limit(SHOWN).toList())
                .as("seed %d: %d differences", seed, differences.found().size())
                .isEmpty();
    }

    private static void compare(Table expected, Table actual, Differences differences) {
        differences.keys(expected, actual);
        differences.counts(expected, actual, "units");
        differences.numbers(expected, actual, "total", Differences.Scale.NONE);
        differences.numbers(expected, actual, "mean", Differences.Scale.NONE);
        // The variance of a mean is that of the delta method, which other tests compare.
        expected.rows().keySet().removeIf(key -> key.startsWith("order_size"));
        differences.numbers(expected, actual, "variance", Differences.Scale.NONE);
    }

    private static Table actual(Plumbline plumbline, String mode, LocalDate day) {
        return Table.of(
                plumbline
                        .table("experiment_results")
                        .filter("units > 0 AND experiment = '" + mode + "' AND ds = DATE'" + day + "'")
                        .collectAsList(),
                "metric",
                "group_name");
    }

    private void load(World world, Statement sql) throws SQLException {
        for (String name : List.of("exposures", "logins", "orders", "clicks")) {
            sql.execute("CREATE TABLE " + name + " AS SELECT * FROM read_csv('" + folder.resolve(name + ".csv")
                    + "', header = true, all_varchar = true)");
            sql.execute("ALTER TABLE " + name + " ALTER us TYPE BIGINT");
        }
        sql.execute("ALTER TABLE orders ALTER amount TYPE BIGINT");
        sql.execute("CREATE TABLE days (day INT, since BIGINT, until BIGINT)");
        for (int day = 0; day < World.DAYS; day++) {
            sql.execute("INSERT INTO days VALUES (" + day + ", " + world.start(world.day(day)) + ", "
                    + world.start(world.day(day + 1)) + ")");
        }
    }

    private static Table expected(World world, Statement sql, String mode, int day) throws SQLException {
        Map<String, Object> variables = Map.of(
                "mode",
                mode,
                "crossover",
                IdWorld.crossover(mode),
                "start",
                world.start(world.day(0)),
                "end",
                world.start(world.day(day + 1)),
                "from",
                12 * HOUR,
                "to",
                36 * HOUR,
                "last",
                day);
        String text = script();
        for (Map.Entry<String, Object> variable : variables.entrySet()) {
            text = text.replace("{" + variable.getKey() + "}", String.valueOf(variable.getValue()));
        }
        return Table.of(sql.executeQuery(text), "metric", "group_name");
    }

    private static String script() {
        try (InputStream in = IdDifferentialTest.class.getResourceAsStream("ids.sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
