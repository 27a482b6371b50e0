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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What funnels mean, by example: rows and definitions are under {@code funnels}, as of the third day. Units u1, u2 and u3
 * are in the control, u4 to u7 in the treatment, u9 in neither. u3 has only a cart, u7 a visit before its exposure.
 */
class FunnelScenariosTest extends SparkTest {

    @TempDir
    static Path folder;

    private static Plumbline plumbline;

    @BeforeAll
    static void runTheThirdDay() throws IOException {
        Path given = Path.of("src/test/resources/io/plumbline/pipeline/funnels");
        for (String file : List.of("exposures.csv", "events.csv", "payments.csv", "plumbline.yml")) {
            Files.copy(given.resolve(file), folder.resolve(file));
        }
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        plumbline = Plumbline.on(spark(), project);
        RunReport report = plumbline.run(LocalDate.parse("2026-01-03"), Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
    }

    @Test
    void f00All() {
        for (String m :
                plumbline
                        .table("experiment_results")
                        .select("metric")
                        .distinct()
                        .orderBy("metric")
                        .collectAsList()
                        .stream()
                        .map(r -> r.getString(0))
                        .toList()) {
            System.out.println("## " + m + "\n" + topLine(m));
        }
        System.out.println(results("buying", "dimension = 'country'"));
        System.out.println(results("since_exposure", "dimension = 'country'"));
        plumbline
                .table("metric_daily")
                .filter("dimension is null")
                .orderBy("metric", "ds")
                .select("metric","ds","value","numerator","denominator","units","row_count").collectAsList().forEach(System.out::println);
    }

    private static String topLine(String metric) {
        return results(metric, "dimension IS NULL");
    }

    private static String results(String metric, String where) {
        return plumbline
                .table("experiment_results")
                .filter("view = 'cumulative' AND metric = '" + metric + "' AND " + where)
                .orderBy("dimension_value", "step", "group_name")
                .collectAsList()
                .stream()
                .map(FunnelScenariosTest::text)
                .collect(Collectors.joining());
    }

    private static String text(Row row) {
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

    private static String number(Row row, String column) {
        Double value = row.getAs(column);
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
