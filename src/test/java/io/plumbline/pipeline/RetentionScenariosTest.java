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
 * Retention by example: visits and orders of a small experiment as of its tenth day; rows and definitions are under {@code
 * retention}. Units c1 to c4 are in the control, t1 and t2 in the treatment; c4 never came, u9 is in no group.
 */
class RetentionScenariosTest extends SparkTest {

    private static final String TENTH_DAY = "2026-01-10";

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static Plumbline plumbline;

    @BeforeAll
    static void runTheTenthDay() {
        scenario = Scenario.of(spark(), folder, "retention").run(TENTH_DAY);
        plumbline = scenario.plumbline();
    }

    @Test
    void r01StartDaysThatAreFollowedByACompletionOverStartDays() {
        assertThat(topLine("next_day")).isEqualTo("""
                        control    3 units  2 of 6  mean 0.3333
                        treatment  2 units  3 of 5  mean 0.6000
                        """);
    }

    @Test
    void r02AWindowOfSeveralDaysTakesACompletionOnAnyOfThem() {
        assertThat(topLine("within_three")).isEqualTo("""
                        control    2 units  3 of 4  mean 0.7500
                        treatment  2 units  3 of 5  mean 0.6000
                        """);
    }

    @Test
    void r03WithoutALengthTheLastDayAloneCounts() {
        assertThat(topLine("third_day")).isEqualTo("""
                        control    2 units  2 of 4  mean 0.5000
                        treatment  2 units  0 of 5  mean 0.0000
                        """);
    }

    @Test
    void r04StartAndCompletionMayBeOfTwoSources() {
        assertThat(topLine("ordered")).isEqualTo("""
                        control    2 units  2 of 5  mean 0.4000
                        treatment  2 units  3 of 5  mean 0.6000
                        """);
    }

    @Test
    void r05UnitsWithoutAStartDayLeave() {
        assertThat(topLine("german")).isEqualTo("""
                        treatment  1 units  1 of 1  mean 1.0000
                        """);
    }

    @Test
    void r06AWindowThatIsNotOverIsUnknownAndNotZero() {
        Row control = row("long", "is_control");
        assertThat(control.<Long>getAs("units")).isZero();
        assertThat(control.<Double>getAs("mean")).isNull();
        assertThat(control.<String>getAs("reason")).isEqualTo("no_units");
    }

    @Test
    void r07ABreakdownByAColumnTakesStartsAndCompletionsUnderTheSameValue() {
        assertThat(results("next_day", "cumulative", "dimension = 'country' AND units > 0"))
                .isEqualTo("""
                        DE treatment  1 units  0 of 1  mean 0.0000
                        US control    3 units  2 of 6  mean 0.3333
                        US treatment  2 units  2 of 4  mean 0.5000
                        """);
    }

    @Test
    void r08ABreakdownByAPropertyTakesTheDaysOfItsUnits() {
        assertThat(results("next_day", "cumulative", "dimension = 'browser' AND units > 0"))
                .isEqualTo("""
                        chrome control    2 units  1 of 5  mean 0.2000
                        chrome treatment  1 units  2 of 3  mean 0.6667
                        firefox control    1 units  1 of 1  mean 1.0000
                        firefox treatment  1 units  1 of 2  mean 0.5000
                        """);
    }

    @Test
    void r09TheVarianceIsThatOfARatio() {
        // Pairs (0, 2), (1, 3), (1, 1): residuals from 1/3 are -2/3, 0, 2/3; variance 4/9 over the squared mean of 2.
        assertThat(row("next_day", "is_control").<Double>getAs("variance")).isCloseTo(4.0 / 9 / 4, within(1e-12));
    }

    @Test
    void r10ASingleDayHasNoReturns() {
        Row control = plumbline
                .table("experiment_results")
                .filter("metric = 'next_day' AND view = 'daily' AND is_control AND dimension IS NULL")
                .head();
        assertThat(control.<Long>getAs("units")).isZero();
        assertThat(control.<String>getAs("reason")).isEqualTo("no_units");
    }

    @Test
    void r11ThereIsNoCatalogSeries() {
        assertThat(plumbline.table("metric_daily").filter("metric = 'next_day'").isEmpty())
                .isTrue();
        assertThat(plumbline.table("metric_daily").filter("metric = 'visits'").isEmpty())
                .isFalse();
    }

    @Test
    void r12TheQueryOfExplainGivesTheSameNumbers() {
        for (String metric : List.of("next_day", "within_three", "third_day", "ordered")) {
            for (Row expected : scenario.explained(metric, TENTH_DAY)) {
                Row found = row(metric, "group_name = '" + expected.getAs("group_name") + "'");
                assertThat(found.<Long>getAs("units")).isEqualTo(expected.<Long>getAs("units"));
                for (String name : List.of("mean", "std_error")) {
                    assertThat(found.<Double>getAs(name)).isCloseTo(expected.<Double>getAs(name), within(1e-9));
                }
            }
        }
    }

    private static Row row(String metric, String where) {
        return scenario.row(metric, where);
    }

    private static String topLine(String metric) {
        return results(metric, "cumulative", "dimension IS NULL AND units > 0");
    }

    private static String results(String metric, String view, String where) {
        return scenario.lines(
                "view = '" + view + "' AND metric = '" + metric + "' AND " + where, RetentionScenariosTest::text);
    }

    private static String text(Row row) {
        return String.format(
                Locale.ROOT,
                "%s%-9s  %d units  %.0f of %.0f  mean %.4f%n",
                Scenario.label(row),
                row.<String>getAs("group_name"),
                row.<Long>getAs("units"),
                row.<Double>getAs("total"),
                row.<Double>getAs("denominator"),
                row.<Double>getAs("mean"));
    }
}
