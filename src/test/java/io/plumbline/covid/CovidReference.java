package io.plumbline.covid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Results of the covid_messaging experiment computed by DuckDB straight from the exported files, to compare tables with.
 * The SQL stands beside this class as resources and shares nothing with the product.
 */
public final class CovidReference {

    private static final List<String> SCRIPTS = List.of("01_inputs.sql", "02_unit_values.sql");
    private static final String RESULTS = "03_results.sql";

    /**
     * One row of results.
     *
     * @param dimension null in the top line
     * @param variance of the unit values; for averages and ratios, of the linearised ones: {@code n · var(R)}
     */
    public record Row(
            String metric,
            @Nullable String dimension,
            @Nullable String dimensionValue,
            String groupName,
            long units,
            double total,
            double denominator,
            double mean,
            double variance) {}

    private CovidReference() {}

    /**
     * The folder that holds {@code covid_messaging}: system property or environment variable {@code
     * PLUMBLINE_SHARED_DATA}, else {@code ../shared/data} from the project's root. Says so on standard output where there
     * is none, so that a skipped test is not taken for a passed one.
     */
    public static Optional<Path> data() {
        String configured =
                System.getProperty("PLUMBLINE_SHARED_DATA", System.getenv().getOrDefault("PLUMBLINE_SHARED_DATA", ""));
        Path folder = Path.of(configured.isEmpty() ? "../shared/data" : configured)
                .toAbsolutePath()
                .normalize();
        if (Files.isDirectory(folder.resolve("covid_messaging"))) {
            return Optional.of(folder);
        }
        System.out.println(
                "SKIPPED: no covid_messaging under " + folder + "; set PLUMBLINE_SHARED_DATA to the data folder");
        return Optional.empty();
    }

    /** All rows as of the end of a day, by metric, dimension, value and group. */
    public static List<Row> results(Path data, LocalDate asOf) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET VARIABLE data = '" + data.toString().replace("'", "''") + "'");
            statement.execute("SET VARIABLE as_of = DATE '" + asOf + "'");
            for (String script : SCRIPTS) {
                statement.execute(text(script));
            }
            return rows(statement.executeQuery(text(RESULTS)));
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    private static List<Row> rows(ResultSet result) throws SQLException {
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(new Row(
                    result.getString("metric"),
                    result.getString("dimension"),
                    result.getString("dimension_value"),
                    result.getString("group_name"),
                    result.getLong("units"),
                    result.getDouble("total"),
                    result.getDouble("denominator"),
                    result.getDouble("mean"),
                    result.getDouble("variance")));
        }
        return rows;
    }

    private static String text(String script) {
        try (InputStream in = CovidReference.class.getResourceAsStream(script)) {
            return new String(Objects.requireNonNull(in, script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(script + ": " + failure.getMessage(), failure);
        }
    }
}
