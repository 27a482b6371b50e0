package io.plumbline.pipeline;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * What funnels mean, by example: rows and definitions are under {@code funnels}, as of the third day. Units u1, u2 and u3
 * are in the control, u4 to u7 in the treatment, u9 in neither. u3 has only a cart, u7 a visit before its exposure.
 */
abstract class FunnelScenarios extends SparkTest {

    @TempDir
    static Path folder;

    static Scenario scenario;
    static Plumbline plumbline;
    static Project project;

    @BeforeAll
    static void runTheThirdDay() {
        scenario = Scenario.of(spark(), folder, "funnels").run("2026-01-03");
        plumbline = scenario.plumbline();
        project = scenario.project();
    }

    static String computed(List<String> statements) {
        SparkSession session = spark().newSession();
        statements.subList(0, statements.size() - 1).forEach(session::sql);
        return session
                .sql(statements.get(statements.size() - 1))
                .selectExpr("*", "STRING(NULL) AS dimension_value", "INT(NULL) AS step", "STRING(NULL) AS step_name")
                .collectAsList()
                .stream()
                .map(FunnelScenarios::text)
                .collect(Collectors.joining());
    }

    static String catalog(String metric) {
        return plumbline
                .table("metric_daily")
                .filter("dimension IS NULL AND metric = '" + metric + "'")
                .orderBy("ds")
                .collectAsList()
                .stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s %s / %s = %s, %d units with %d rows of step 1%n",
                        row.getAs("ds"),
                        row.getAs("numerator"),
                        row.getAs("denominator"),
                        row.getAs("value") == null ? "-" : row.getAs("value"),
                        row.<Long>getAs("units"),
                        row.<Long>getAs("row_count")))
                .collect(Collectors.joining());
    }

    static String topLine(String metric) {
        return results(metric, "dimension IS NULL");
    }

    static String results(String metric, String where) {
        return scenario.lines(Scenario.cumulative(metric, where), FunnelScenarios::text);
    }

    static String text(Row row) {
        String step = row.getAs("step_name");
        return String.format(
                Locale.ROOT,
                "%s%-18s %-9s  %d units  %s / %s = %s%n",
                Scenario.label(row),
                step == null ? "all" : row.<Integer>getAs("step") + " " + step,
                row.<String>getAs("group_name"),
                row.<Long>getAs("units"),
                number(row, "total"),
                number(row, "denominator"),
                number(row, "mean"));
    }

    static String number(Row row, String column) {
        Double value = row.getAs(column);
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
