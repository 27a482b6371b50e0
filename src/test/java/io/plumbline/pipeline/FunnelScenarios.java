package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    static Plumbline plumbline;
    static Project project;

    @BeforeAll
    static void runTheThirdDay() throws IOException {
        Path given = Path.of("src/test/resources/io/plumbline/pipeline/funnels");
        for (String file : List.of("exposures.csv", "events.csv", "payments.csv", "plumbline.yml")) {
            Files.copy(given.resolve(file), folder.resolve(file));
        }
        project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        plumbline = Plumbline.on(spark(), project);
        RunReport report = plumbline.run(LocalDate.parse("2026-01-03"), Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
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
        return plumbline
                .table("experiment_results")
                .filter("view = 'cumulative' AND metric = '" + metric + "' AND " + where)
                .orderBy("dimension_value", "step", "group_name")
                .collectAsList()
                .stream()
                .map(FunnelScenarios::text)
                .collect(Collectors.joining());
    }

    static String text(Row row) {
        String value = row.getAs("dimension_value");
        String step = row.getAs("step_name");
        return String.format(
                Locale.ROOT,
                "%s%-18s %-9s  %d units  %s / %s = %s%n",
                value == null ? "" : value + " ",
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
