package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Percentiles by example: page loads of a small experiment as of its third day; rows and definitions are under {@code
 * percentile}. Of the control, c1 and c2 have values, c3 and c4 have none; of the treatment, t1 and t2. Unit x1 was seen in
 * both groups, u9 in none.
 */
class PercentileScenariosTest extends SparkTest {

    private static final String THIRD_DAY = "2026-01-03";

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static Plumbline plumbline;

    @BeforeAll
    static void runTheThirdDay() {
        scenario = Scenario.of(spark(), folder, "percentile").run(THIRD_DAY);
        plumbline = scenario.plumbline();
    }

    @Test
    void p01APercentileIsOverTheRowsOfTheGroupAndTotalIsTheirNumber() {
        assertThat(topLine("median")).isEqualTo("""
                        control    2 units  total 5  mean 300.0000
                        treatment  2 units  total 5  mean 10.0000
                        """);
    }

    @Test
    void p02BetweenTwoValuesItIsInterpolated() {
        assertThat(topLine("p90")).isEqualTo("""
                        control    2 units  total 5  mean 460.0000
                        treatment  2 units  total 5  mean 36.0000
                        """);
    }

    @Test
    void p03AWindowTakesItsRowsAlone() {
        assertThat(topLine("first_day")).isEqualTo("""
                        control    2 units  total 2  mean 250.0000
                        treatment  2 units  total 2  mean 20.0000
                        """);
    }

    @Test
    void p04AUnitThatHasNotMaturedLeavesWithItsRows() {
        assertThat(topLine("matured")).isEqualTo("""
                        control    2 units  total 5  mean 300.0000
                        treatment  1 units  total 4  mean 10.0000
                        """);
    }

    @Test
    void p05TheStandardErrorComesFromTheValuesAtTheRanksOfTheClusteredInterval() {
        Row control = row("median", "is_control");
        Row treatment = row("median", "NOT is_control");
        assertThat(control.<Double>getAs("std_error")).isCloseTo((500 - 100) / (2 * 1.959963984540054), within(1e-9));
        assertThat(treatment.<Double>getAs("std_error")).isCloseTo((40 - 10) / (2 * 1.959963984540054), within(1e-9));
    }

    @Test
    void p06TheVarianceIsThatOfTheStandardErrorTimesTheUnits() {
        Row control = row("median", "is_control");
        double error = control.<Double>getAs("std_error");
        assertThat(control.<Double>getAs("variance")).isCloseTo(2 * error * error, within(1e-9));
    }

    @Test
    void p07GroupsAreComparedByTheNormalDistribution() {
        Row treatment = row("median", "NOT is_control");
        double error = Math.hypot(400, 30) / (2 * 1.959963984540054);
        assertThat(treatment.<Double>getAs("abs_effect")).isEqualTo(-290);
        assertThat(treatment.<Double>getAs("abs_ci_high")).isCloseTo(-290 + 1.959963984540054 * error, within(1e-6));
        assertThat(treatment.<Double>getAs("p_value")).isCloseTo(0.004596, within(1e-5));
    }

    @Test
    void p08ValuesThatAreAllEqualHaveNoInterval() {
        Row treatment = row("constant", "NOT is_control");
        assertThat(treatment.<Double>getAs("mean")).isEqualTo(5);
        assertThat(treatment.<Double>getAs("abs_effect")).isZero();
        assertThat(treatment.<Double>getAs("std_error")).isNull();
        assertThat(treatment.<Double>getAs("p_value")).isNull();
        assertThat(treatment.<String>getAs("reason")).isEqualTo("equal_values");
    }

    @Test
    void p09WithoutAnyValueItIsUnknown() {
        Row control = row("nothing", "is_control");
        assertThat(control.<Long>getAs("units")).isZero();
        assertThat(control.<Double>getAs("mean")).isNull();
        assertThat(control.<String>getAs("reason")).isEqualTo("no_units");
    }

    @Test
    void p10ABreakdownByAColumnTakesItsRowsAndTheUnitsThatHaveSome() {
        assertThat(results("median", "cumulative", "dimension = 'country' AND units > 0"))
                .isEqualTo("""
                        (unknown) control    1 units  total 1  mean 500.0000
                        DE control    1 units  total 1  mean 200.0000
                        DE treatment  2 units  total 2  mean 35.0000
                        US control    2 units  total 3  mean 300.0000
                        US treatment  1 units  total 3  mean 10.0000
                        """);
    }

    @Test
    void p11OneUnitHasAPercentileButNoStandardError() {
        Row single = plumbline
                .table("experiment_results")
                .filter("metric = 'median' AND view = 'cumulative' AND dimension_value = 'DE' AND is_control")
                .head();
        assertThat(single.<Double>getAs("mean")).isEqualTo(200);
        assertThat(single.<Double>getAs("std_error")).isNull();
        assertThat(single.<String>getAs("reason")).isEqualTo("too_few_units");
    }

    @Test
    void p12ABreakdownByAPropertyTakesTheRowsOfItsUnits() {
        assertThat(results("p90", "cumulative", "dimension = 'browser' AND units > 0"))
                .isEqualTo("""
                        chrome control    1 units  total 3  mean 280.0000
                        chrome treatment  2 units  total 5  mean 36.0000
                        firefox control    1 units  total 2  mean 490.0000
                        """);
    }

    @Test
    void p13TheDailyViewHasTheRowsOfTheDayAlone() {
        assertThat(results("median", "daily", "dimension IS NULL")).isEqualTo("""
                        control    1 units  total 1  mean 300.0000
                        treatment  1 units  total 1  mean 40.0000
                        """);
    }

    @Test
    void p14TheCatalogTakesTheValuesOfAllUnitsOfTheDay() {
        Row day = plumbline
                .table("metric_daily")
                .filter("metric = 'median' AND ds = DATE'2026-01-02' AND dimension IS NULL")
                .head();
        assertThat(day.<Double>getAs("value")).isEqualTo(60);
        assertThat(day.<Double>getAs("numerator")).isEqualTo(7);
    }

    @Test
    void p15OtherMetricsOfTheSourceAreWhatTheyWere() {
        assertThat(topLine("loads")).isEqualTo("""
                        control    4 units  total 8  mean 2.0000
                        treatment  2 units  total 6  mean 3.0000
                        """);
    }

    @Test
    void p16TheQueryOfExplainGivesTheSameNumbers() {
        for (String metric : List.of("median", "p90", "first_day", "matured", "constant")) {
            for (Row expected : scenario.explained(metric, THIRD_DAY)) {
                Row found = row(metric, "group_name = '" + expected.getAs("group_name") + "'");
                assertThat(found.<Long>getAs("units")).isEqualTo(expected.<Long>getAs("units"));
                assertThat(found.<Double>getAs("mean")).isCloseTo(expected.<Double>getAs("mean"), within(1e-9));
                assertThat(String.valueOf(found.<Double>getAs("std_error")))
                        .startsWith(String.format(Locale.ROOT, "%.6s", expected.<Double>getAs("std_error")));
            }
        }
    }

    private static Row row(String metric, String where) {
        return scenario.row(metric, where);
    }

    private static String topLine(String metric) {
        return results(metric, "cumulative", "dimension IS NULL");
    }

    private static String results(String metric, String view, String where) {
        return scenario.lines(
                "view = '" + view + "' AND metric = '" + metric + "' AND " + where, PercentileScenariosTest::text);
    }

    private static String text(Row row) {
        return String.format(
                Locale.ROOT,
                "%s%-9s  %d units  total %.0f  mean %.4f%n",
                Scenario.label(row),
                row.<String>getAs("group_name"),
                row.<Long>getAs("units"),
                row.<Double>getAs("total"),
                row.<Double>getAs("mean"));
    }
}
