package io.plumbline.cdnow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.ProjectCopy;
import io.plumbline.SparkTest;
import io.plumbline.covid.CovidReference;
import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eighteen months of a real shop in one run: results and daily series agree with DuckDB on the same file. */
class CdnowRunTest extends SparkTest {

    private static final LocalDate LAST = LocalDate.parse("1998-06-30");

    @TempDir
    Path folder;

    @Test
    void everyNumberAgreesWithDuckDbAfterEighteenMonths() throws SQLException, IOException {
        Path data = CovidReference.data().orElse(folder);
        Path file = data.resolve("cdnow/CDNOW_master.txt");
        assumeTrue(file.toFile().exists());
        Project project = ProjectCopy.of("conf/cdnow", folder, Map.of("PLUMBLINE_SHARED_DATA", data.toString()));
        Plumbline plumbline = Plumbline.on(spark(), project);
        RunReport report = plumbline.run(LAST, Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("SET VARIABLE file = '" + file.toString().replace("'", "''") + "'");
            sql.execute("SET VARIABLE as_of = DATE '" + LAST + "'");
            sql.execute(text("orders.sql"));
            assertResults(plumbline, sql.executeQuery(text("results.sql")));
            assertCatalog(plumbline, sql.executeQuery(text("catalog.sql")));
        }
    }

    private static void assertResults(Plumbline plumbline, ResultSet expected) throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        plumbline
                .table("experiment_results")
                .filter("view = 'cumulative' AND dimension IS NULL")
                .collectAsList()
                .forEach(row -> rows.put(row.getAs("metric") + " " + row.getAs("group_name"), row));
        int compared = 0;
        while (expected.next()) {
            String key = expected.getString("metric") + " " + expected.getString("half");
            Row row = Objects.requireNonNull(rows.get(key), key);
            assertThat(row.<Long>getAs("units")).as(key).isEqualTo(expected.getLong("units"));
            assertClose(row.getAs("total"), expected.getDouble("total"), key + " total");
            assertClose(row.getAs("mean"), expected.getDouble("mean"), key + " mean");
            compared++;
        }
        assertThat(compared).isEqualTo(rows.size()).isEqualTo(16);
    }

    private static void assertCatalog(Plumbline plumbline, ResultSet expected) throws SQLException {
        Map<String, Double> values = new HashMap<>();
        plumbline
                .table("metric_daily")
                .filter("dimension IS NULL AND row_count > 0")
                .collectAsList()
                .forEach(row -> values.put(row.getAs("metric") + " " + row.getAs("ds"), row.getAs("value")));
        int compared = 0;
        while (expected.next()) {
            String key = expected.getString("metric") + " " + expected.getString("day");
            assertClose(values.get(key), expected.getDouble("value"), key);
            compared++;
        }
        assertThat(compared).as("five series of nearly every day").isGreaterThan(5 * 540);
    }

    private static void assertClose(@Nullable Double actual, double expected, String key) {
        assertThat(actual).as(key).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }

    private static String text(String script) throws IOException {
        try (InputStream in = Objects.requireNonNull(CdnowRunTest.class.getResourceAsStream(script), script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
