package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every number means, by example: one small experiment as of its third day; its rows and definitions are under
 * {@code scenarios}. Units u1 and u2 are in the control, u3,
 * u4 and u6 in the treatment; u5 was seen in both groups, u9 in none.
 */
class ScenariosTest extends SparkTest {

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static Plumbline plumbline;

    @BeforeAll
    static void runTheThirdDay() {
        scenario = Scenario.of(spark(), folder, "scenarios").run("2026-01-03");
        plumbline = scenario.plumbline();
    }

    @Test
    void a01RowsCountFromTheInstantOfTheFirstExposureAndNotBefore() {
        assertThat(topLine("purchases")).isEqualTo("""
                        control    2 units  total 3.0000  mean 1.5000
                        treatment  3 units  total 4.0000  mean 1.3333
                        """);
    }

    @Test
    void a02NullAndNaNValuesAreSkippedAndUnitsWithoutRowsAreZero() {
        assertThat(topLine("revenue")).isEqualTo("""
                        control    2 units  total 30.0000  mean 15.0000
                        treatment  3 units  total 14.0000  mean 4.6667
                        """);
    }

    @Test
    void a03AMeanDividesByValuesAndCountsOnlyUnitsThatHaveOne() {
        assertThat(topLine("order_value")).isEqualTo("""
                        control    1 units  total 30.0000  mean 15.0000
                        treatment  2 units  total 14.0000  mean 3.5000
                        """);
    }

    @Test
    void a04AOneTimeEventIsTheShareOfExposedUnits() {
        assertThat(topLine("buyers")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  3 units  total 2.0000  mean 0.6667
                        """);
    }

    @Test
    void a05DailyParticipationIsTheMeanOfUnitRatesOverDaysSinceExposure() {
        assertThat(topLine("active_days")).isEqualTo("""
                        control    2 units  total 1.3333  mean 0.6667
                        treatment  3 units  total 1.1667  mean 0.3889
                        """);
    }

    @Test
    void a06AWindowEndsBeforeItsEnd() {
        assertThat(topLine("first_day")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  3 units  total 3.0000  mean 1.0000
                        """);
    }

    @Test
    void a07AWindowBeginsAtItsBeginning() {
        assertThat(topLine("next_day")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  3 units  total 1.0000  mean 0.3333
                        """);
    }

    @Test
    void a08AUnitMaturesWhenItsWindowEndsWithTheDayAndLeavesNBefore() {
        assertThat(topLine("matured")).isEqualTo("""
                        control    2 units  total 2.0000  mean 1.0000
                        treatment  2 units  total 3.0000  mean 1.5000
                        """);
    }

    @Test
    void a09MoreThanALimitLeavesTheLimitOut() {
        assertThat(topLine("above_seven")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  3 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void a10AtLeastALimitTakesTheLimitIn() {
        assertThat(topLine("seven_up")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  3 units  total 2.0000  mean 0.6667
                        """);
    }

    @Test
    void a11WinsorizationPoolsTheNonZeroTotalsOfAllGroups() {
        assertThat(topLine("trimmed")).isEqualTo("""
                        control    2 units  total 7.0000  mean 3.5000
                        treatment  3 units  total 14.0000  mean 4.6667
                        """);
        Row control = plumbline
                .table("v_scorecard")
                .filter("metric = 'trimmed' AND is_control")
                .head();
        assertThat(control.<Double>getAs("winsor_upper")).isEqualTo(7.0);
        assertThat(control.<Long>getAs("winsorized_units")).isEqualTo(1L);
    }

    @Test
    void a12ARatioDividesSumsOverUnitsWithADenominator() {
        assertThat(topLine("revenue_per_purchase")).isEqualTo("""
                        control    1 units  total 30.0000  mean 10.0000
                        treatment  2 units  total 14.0000  mean 3.5000
                        """);
    }

    @Test
    void a13AMetricWithoutAnyUnitIsUnknownAndNotZero() {
        Row control = plumbline
                .table("v_scorecard")
                .filter("metric = 'nothing' AND is_control")
                .head();
        assertThat(control.<Double>getAs("mean")).isNull();
        assertThat(control.<String>getAs("reason")).isEqualTo("no_units");
    }

    @Test
    void a14ABreakdownByAColumnDividesByAllUnitsOfTheGroup() {
        assertThat(results("purchases", "dimension = 'country'")).isEqualTo("""
                        (unknown) control    2 units  total 0.0000  mean 0.0000
                        (unknown) treatment  3 units  total 1.0000  mean 0.3333
                        DE control    2 units  total 1.0000  mean 0.5000
                        DE treatment  3 units  total 0.0000  mean 0.0000
                        FR control    2 units  total 0.0000  mean 0.0000
                        FR treatment  3 units  total 3.0000  mean 1.0000
                        US control    2 units  total 2.0000  mean 1.0000
                        US treatment  3 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void a15ABreakdownByAPropertyTakesTheValueAtTheFirstExposure() {
        assertThat(results("purchases", "dimension = 'browser' AND units > 0")).isEqualTo("""
                        (unknown) control    1 units  total 0.0000  mean 0.0000
                        chrome control    1 units  total 3.0000  mean 3.0000
                        chrome treatment  2 units  total 4.0000  mean 2.0000
                        firefox treatment  1 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void a16ACrossOverUnitLeavesEveryMetricAndIsCounted() {
        Row check =
                plumbline.table("v_health").filter("check_name = 'crossover'").head();
        assertThat(check.<String>getAs("detail"))
                .isEqualTo("1 of 6 units were seen in more than one group and are left out");
    }

    @Test
    void a17TheCatalogCountsAllUnitsExposedOrNotAndNoRowWithoutUnit() {
        Row day = plumbline
                .table("metric_daily")
                .filter("metric = 'purchases' AND ds = DATE'2026-01-02' AND dimension IS NULL")
                .head();
        assertThat(day.<Double>getAs("value")).isEqualTo(6.0);
        assertThat(day.<Long>getAs("units")).isEqualTo(5L);
    }

    @Test
    void a18TheDailyViewHasTheRowsOfTheDayAlone() {
        String rows = scenario.results("metric = 'purchases' AND view = 'daily' AND dimension IS NULL");
        assertThat(rows).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  3 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void a19NewUnitsAreCountedOnTheDayOfTheirFirstExposure() {
        Map<String, Long> cumulative = plumbline.table("experiment_exposures_daily").collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("group_name"), row -> row.getAs("cumulative_units")));
        assertThat(cumulative).isEqualTo(Map.of("control", 2L, "treatment", 3L));
    }

    @Test
    void a20APropertyHidesAColumnOfTheSameName() {
        assertThat(results("revenue", "dimension = 'browser' AND units > 0")).isEqualTo("""
                        (unknown) control    1 units  total 0.0000  mean 0.0000
                        chrome control    1 units  total 30.0000  mean 30.0000
                        chrome treatment  2 units  total 14.0000  mean 7.0000
                        firefox treatment  1 units  total 0.0000  mean 0.0000
                        """);
    }

    private static String topLine(String metric) {
        return results(metric, "dimension IS NULL");
    }

    private static String results(String metric, String where) {
        return scenario.results(Scenario.cumulative(metric, where));
    }
}
