package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.plan.MetricSql;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    private static Project project;

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

    @Test
    void f01StepsAreTakenInOrderAndOneTimeMayCompleteSeveral() {
        assertThat(topLine("buying")).isEqualTo("""
                        all                control    2 units  2 / 2 = 1
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  2 / 2 = 1
                        3 buy              treatment  3 units  1 / 3 = 0.33
                        4 seconds_to_convert control    2 units  86400 / 2 = 43200
                        4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f02StrictStepsComeStrictlyAfterEachOther() {
        assertThat(topLine("strict")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  1 / 2 = 0.5
                        2 cart             treatment  3 units  2 / 3 = 0.67
                        3 buy              control    2 units  1 / 1 = 1
                        3 buy              treatment  3 units  1 / 2 = 0.5
                        4 seconds_to_convert control    1 units  86400 / 1 = 86400
                        4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f03UnorderedStepsMayComeBeforeTheFirst() {
        assertThat(topLine("unordered")).isEqualTo("""
                        all                control    2 units  2 / 2 = 1
                        all                treatment  3 units  2 / 3 = 0.67
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  2 / 2 = 1
                        3 buy              treatment  3 units  2 / 3 = 0.67
                        4 seconds_to_convert control    2 units  86400 / 2 = 43200
                        4 seconds_to_convert treatment  2 units  33600 / 2 = 16800
                        """);
    }

    @Test
    void f04AnUnorderedWindowReachesToBothSidesOfTheFirstStep() {
        assertThat(topLine("unordered_hours")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  3 units  1 / 3 = 0.33
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  1 units  10800 / 1 = 10800
                        """);
    }

    @Test
    void f05AWindowFromTheFirstStepIncludesItsEnd() {
        assertThat(topLine("one_day")).isEqualTo("""
                        all                control    2 units  2 / 2 = 1
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  2 / 2 = 1
                        3 buy              treatment  3 units  1 / 3 = 0.33
                        4 seconds_to_convert control    2 units  86400 / 2 = 43200
                        4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f06AStepAfterTheWindowIsNotCompleted() {
        assertThat(topLine("just_under_a_day")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  3 units  1 / 3 = 0.33
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f07UnitsWhoseWindowHasNotElapsedLeaveNumeratorAndN() {
        assertThat(topLine("matured")).isEqualTo("""
                        all                control    2 units  2 / 2 = 1
                        all                treatment  1 units  1 / 1 = 1
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  1 units  1 / 1 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  1 units  1 / 1 = 1
                        3 buy              control    2 units  2 / 2 = 1
                        3 buy              treatment  1 units  1 / 1 = 1
                        4 seconds_to_convert control    2 units  86400 / 2 = 43200
                        4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f08FromExposureAllExposedUnitsAreDividedBy() {
        assertThat(topLine("since_exposure")).isEqualTo("""
                        all                control    3 units  2 / 3 = 0.67
                        all                treatment  4 units  1 / 4 = 0.25
                        1 visit            control    3 units  2 / 3 = 0.67
                        1 visit            treatment  4 units  3 / 4 = 0.75
                        2 cart             control    3 units  2 / 2 = 1
                        2 cart             treatment  4 units  3 / 3 = 1
                        3 buy              control    3 units  2 / 2 = 1
                        3 buy              treatment  4 units  1 / 3 = 0.33
                        4 seconds_to_convert control    2 units  90000 / 2 = 45000
                        4 seconds_to_convert treatment  1 units  26400 / 1 = 26400
                        """);
    }

    @Test
    void f09FromExposureUnitsMatureByTheirExposure() {
        assertThat(topLine("matured_exposure")).isEqualTo("""
                        all                control    3 units  2 / 3 = 0.67
                        all                treatment  4 units  1 / 4 = 0.25
                        1 visit            control    3 units  2 / 3 = 0.67
                        1 visit            treatment  4 units  3 / 4 = 0.75
                        2 cart             control    3 units  2 / 2 = 1
                        2 cart             treatment  4 units  3 / 3 = 1
                        3 buy              control    3 units  2 / 2 = 1
                        3 buy              treatment  4 units  1 / 3 = 0.33
                        4 seconds_to_convert control    2 units  90000 / 2 = 45000
                        4 seconds_to_convert treatment  1 units  26400 / 1 = 26400
                        """);
    }

    @Test
    void f10FromExposureOneStepIsEnough() {
        assertThat(topLine("exposed_buyers")).isEqualTo("""
                        all                control    3 units  2 / 3 = 0.67
                        all                treatment  4 units  2 / 4 = 0.5
                        1 buy              control    3 units  2 / 3 = 0.67
                        1 buy              treatment  4 units  2 / 4 = 0.5
                        2 seconds_to_convert control    2 units  90000 / 2 = 45000
                        2 seconds_to_convert treatment  2 units  80400 / 2 = 40200
                        """);
    }

    @Test
    void f11ALimitOnTheFirstStepCountsFromExposureAndIncludesItsEnd() {
        assertThat(topLine("soon_after_exposure")).isEqualTo("""
                        all                control    3 units  2 / 3 = 0.67
                        all                treatment  4 units  1 / 4 = 0.25
                        1 visit            control    3 units  2 / 3 = 0.67
                        1 visit            treatment  4 units  1 / 4 = 0.25
                        2 cart             control    3 units  2 / 2 = 1
                        2 cart             treatment  4 units  1 / 1 = 1
                        3 seconds_to_convert control    2 units  4200 / 2 = 2100
                        3 seconds_to_convert treatment  1 units  5400 / 1 = 5400
                        """);
    }

    @Test
    void f12AnAbandonedFirstAttemptIsNotTriedAgain() {
        assertThat(topLine("hurried")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  0 / 3 = 0
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  3 units  0 / 3 = 0
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  0 units  0 / 0 = -
                        """);
    }

    @Test
    void f13TheBestAttemptIsTheOneThatGetsFurthest() {
        assertThat(topLine("hurried_best")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  3 units  1 / 3 = 0.33
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  1 units  1200 / 1 = 1200
                        """);
    }

    @Test
    void f14StepsShareASessionAndRowsWithoutOneAreIgnored() {
        assertThat(topLine("in_session")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  2 units  1 / 2 = 0.5
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  2 units  2 / 2 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  2 units  2 / 2 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  2 units  1 / 2 = 0.5
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  1 units  1200 / 1 = 1200
                        """);
    }

    @Test
    void f15SessionsAreCountedWhereTheyAreWanted() {
        assertThat(topLine("sessions")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  2 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  2 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  2 units  3 / 3 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  2 units  1 / 3 = 0.33
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  1 units  1200 / 1 = 1200
                        """);
    }

    @Test
    void f16StepsMayBeOfDifferentSources() {
        assertThat(topLine("paid")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  0 / 3 = 0
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 payment          control    2 units  2 / 2 = 1
                        2 payment          treatment  3 units  1 / 3 = 0.33
                        3 cart             control    2 units  1 / 2 = 0.5
                        3 cart             treatment  3 units  0 / 1 = 0
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  0 units  0 / 0 = -
                        """);
    }

    @Test
    void f17ACohortWindowLimitsTheRowsOfAllSteps() {
        assertThat(topLine("first_day")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  3 units  1 / 3 = 0.33
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  3 units  3 / 3 = 1
                        2 cart             control    2 units  2 / 2 = 1
                        2 cart             treatment  3 units  3 / 3 = 1
                        3 buy              control    2 units  1 / 2 = 0.5
                        3 buy              treatment  3 units  1 / 3 = 0.33
                        4 seconds_to_convert control    1 units  0 / 1 = 0
                        4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f18SourcesWithoutATimeOfDayCountWholeDays() {
        assertThat(topLine("by_days")).isEqualTo("""
                        all                control    2 units  1 / 2 = 0.5
                        all                treatment  4 units  0 / 4 = 0
                        1 visit            control    2 units  2 / 2 = 1
                        1 visit            treatment  4 units  4 / 4 = 1
                        2 buy              control    2 units  1 / 2 = 0.5
                        2 buy              treatment  4 units  0 / 4 = 0
                        3 seconds_to_convert control    1 units  86400 / 1 = 86400
                        3 seconds_to_convert treatment  0 units  0 / 0 = -
                        """);
    }

    @Test
    void f19UnderABreakdownValueOnlyItsRowsCountAndUnitsThatStartedThere() {
        assertThat(results("buying", "dimension = 'country' AND (step IS NULL OR step = 4)"))
                .isEqualTo("""
                        DE all                control    1 units  1 / 1 = 1
                        DE all                treatment  0 units  0 / 0 = -
                        DE 4 seconds_to_convert control    1 units  0 / 1 = 0
                        DE 4 seconds_to_convert treatment  0 units  0 / 0 = -
                        FR all                control    0 units  0 / 0 = -
                        FR all                treatment  1 units  0 / 1 = 0
                        US all                control    1 units  1 / 1 = 1
                        US all                treatment  2 units  1 / 2 = 0.5
                        US 4 seconds_to_convert control    1 units  86400 / 1 = 86400
                        US 4 seconds_to_convert treatment  1 units  22800 / 1 = 22800
                        """);
    }

    @Test
    void f20FromExposureABreakdownDividesByAllUnitsOfTheGroup() {
        assertThat(results("since_exposure", "dimension = 'country' AND (step IS NULL OR step = 4)"))
                .isEqualTo("""
                        DE all                control    3 units  1 / 3 = 0.33
                        DE all                treatment  4 units  0 / 4 = 0
                        DE 4 seconds_to_convert control    1 units  3600 / 1 = 3600
                        DE 4 seconds_to_convert treatment  0 units  0 / 0 = -
                        FR all                control    3 units  0 / 3 = 0
                        FR all                treatment  4 units  0 / 4 = 0
                        US all                control    3 units  1 / 3 = 0.33
                        US all                treatment  4 units  1 / 4 = 0.25
                        US 4 seconds_to_convert control    1 units  86400 / 1 = 86400
                        US 4 seconds_to_convert treatment  1 units  26400 / 1 = 26400
                        """);
    }

    @Test
    void f21TheCatalogCountsWhoStartedOnTheDayAndConvertedWithinTheWindowAlsoLater() {
        assertThat(catalog("one_day")).isEqualTo("""
                        2026-01-01 3.0 / 5.0 = 0.6, 5 units with 7 rows of step 1
                        2026-01-02 0.0 / 2.0 = 0.0, 2 units with 2 rows of step 1
                        2026-01-03 0.0 / 0.0 = -, 0 units with 0 rows of step 1
                        """);
    }

    @Test
    void f22WithoutAWindowTheCatalogTakesTheRowsOfTheDayAlone() {
        assertThat(catalog("buying")).isEqualTo("""
                        2026-01-01 2.0 / 5.0 = 0.4, 5 units with 7 rows of step 1
                        2026-01-02 0.0 / 2.0 = 0.0, 2 units with 2 rows of step 1
                        2026-01-03 0.0 / 0.0 = -, 0 units with 0 rows of step 1
                        """);
    }

    @Test
    void f23TheEquivalentSqlOfAFunnelGivesItsResults() {
        Experiment experiment = Objects.requireNonNull(project.experiments().get("funnels"));
        for (Metric metric : project.metrics().values()) {
            assertThat(computed(MetricSql.statements(project, metric, experiment, LocalDate.parse("2026-01-03"))))
                    .as(metric.name())
                    .isEqualTo(results(metric.name(), "dimension IS NULL AND step IS NULL AND units > 0"));
        }
    }

    private static String computed(List<String> statements) {
        SparkSession session = spark().newSession();
        statements.subList(0, statements.size() - 1).forEach(session::sql);
        return session
                .sql(statements.get(statements.size() - 1))
                .selectExpr("*", "STRING(NULL) AS dimension_value", "INT(NULL) AS step", "STRING(NULL) AS step_name")
                .collectAsList()
                .stream()
                .map(FunnelScenariosTest::text)
                .collect(Collectors.joining());
    }

    private static String catalog(String metric) {
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
