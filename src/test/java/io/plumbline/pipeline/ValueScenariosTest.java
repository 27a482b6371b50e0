package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * What numbers of distinct values, extremes, first and latest values and latest rows mean, by example: one small experiment
 * as of its third day. Units u1 and u2 are in the control, u3 and u4 in the treatment; u4 has no row after its exposure, u9
 * is in no group.
 */
class ValueScenariosTest extends ValueScenarios {

    @Test
    void v01ValuesThatAreEqualCountOnceHoweverOftenAndOnHoweverManyDays() {
        assertThat(topLine("rooms")).isEqualTo("""
                        control    2 units  total 5.0000  mean 2.5000
                        treatment  2 units  total 2.0000  mean 1.0000
                        """);
    }

    @Test
    void v02ZeroIsZeroWhateverItsSignAndNaNIsNoNumber() {
        assertThat(topLine("scores")).isEqualTo("""
                        control    2 units  total 6.0000  mean 3.0000
                        treatment  2 units  total 1.0000  mean 0.5000
                        """);
    }

    @Test
    void v03SmallSketchesAreExact() {
        assertThat(topLine("rooms_about")).isEqualTo("""
                        control    2 units  total 5.0000  mean 2.5000
                        treatment  2 units  total 2.0000  mean 1.0000
                        """);
    }

    @Test
    void v04AWindowTakesTheValuesOfItsRows() {
        assertThat(topLine("rooms_first_day")).isEqualTo("""
                        control    2 units  total 3.0000  mean 1.5000
                        treatment  2 units  total 1.0000  mean 0.5000
                        """);
    }

    @Test
    void v05AThresholdIsOnTheNumberOfValues() {
        assertThat(topLine("explorers")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  2 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void v06NumbersOfValuesAreWinsorizedLikeTotals() {
        assertThat(topLine("rooms_trimmed")).isEqualTo("""
                        control    2 units  total 4.0000  mean 2.0000
                        treatment  2 units  total 2.0000  mean 1.0000
                        """);
    }

    @Test
    void v07ANumberOfValuesIsTheDenominatorOfARatio() {
        assertThat(topLine("visits_per_room")).isEqualTo("""
                        control    2 units  total 8.0000  mean 1.6000
                        treatment  1 units  total 2.0000  mean 1.0000
                        """);
    }

    @Test
    void v08UnitsWithoutAValueHaveNoLeastValue() {
        assertThat(topLine("worst")).isEqualTo("""
                        control    2 units  total 2.0000  mean 1.0000
                        treatment  1 units  total 4.0000  mean 4.0000
                        """);
    }

    @Test
    void v09UnlessAllUnitsCountThenItIsZero() {
        assertThat(topLine("worst_of_all")).isEqualTo("""
                        control    2 units  total 2.0000  mean 1.0000
                        treatment  2 units  total 4.0000  mean 2.0000
                        """);
    }

    @Test
    void v10TheGreatestValueIsThatOfTheUnit() {
        assertThat(topLine("best")).isEqualTo("""
                        control    2 units  total 14.0000  mean 7.0000
                        treatment  1 units  total 4.0000  mean 4.0000
                        """);
    }

    @Test
    void v11UnitsWhoseWindowHasNotEndedLeave() {
        assertThat(topLine("best_matured")).isEqualTo("""
                        control    2 units  total 14.0000  mean 7.0000
                        treatment  1 units  total 4.0000  mean 4.0000
                        """);
    }

    @Test
    void v12OfValuesAtTheFirstInstantTheLeastIsFirst() {
        assertThat(topLine("first")).isEqualTo("""
                        control    2 units  total 8.0000  mean 4.0000
                        treatment  2 units  total 4.0000  mean 2.0000
                        """);
    }

    @Test
    void v13OfValuesAtTheLatestInstantTheGreatestIsLatestAndNoValueIsNone() {
        assertThat(topLine("latest")).isEqualTo("""
                        control    2 units  total 9.0000  mean 4.5000
                        treatment  2 units  total 4.0000  mean 2.0000
                        """);
    }

    @Test
    void v14LatestValuesOfUnitsThatHaveOne() {
        assertThat(topLine("latest_known")).isEqualTo("""
                        control    2 units  total 9.0000  mean 4.5000
                        treatment  1 units  total 4.0000  mean 4.0000
                        """);
    }

    @Test
    void v15AThresholdIsOnTheLatestValue() {
        assertThat(topLine("four_up")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  2 units  total 1.0000  mean 0.5000
                        """);
    }

    @Test
    void v16ValuesAreSidesOfARatioAndAZeroDenominatorLeaves() {
        assertThat(topLine("latest_per_worst")).isEqualTo("""
                        control    1 units  total 9.0000  mean 4.5000
                        treatment  1 units  total 4.0000  mean 1.0000
                        """);
    }

    @Test
    void v17OfValuesOnTheFirstDayOfASourceWithoutTimesTheLeastIsFirst() {
        assertThat(topLine("first_level")).isEqualTo("""
                        control    2 units  total 3.0000  mean 1.5000
                        treatment  2 units  total 4.0000  mean 2.0000
                        """);
    }

    @Test
    void v18AndOnTheLatestDayTheGreatestIsLatest() {
        assertThat(topLine("latest_level")).isEqualTo("""
                        control    2 units  total 2.0000  mean 1.0000
                        treatment  2 units  total 4.0000  mean 2.0000
                        """);
    }

    @Test
    void v19ALatestRowThatFailsTakesThePlaceOfOneThatPassedAndOfTwoAtOnceAnyMayPass() {
        assertThat(topLine("subscribers")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  2 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void v20TheLatestRowIsThatOfTheWindow() {
        assertThat(topLine("subscribers_first_day")).isEqualTo("""
                        control    2 units  total 1.0000  mean 0.5000
                        treatment  2 units  total 1.0000  mean 0.5000
                        """);
    }

    @Test
    void v21WhichIsNotTheShareOfUnitsThatEverPassed() {
        assertThat(topLine("ever_subscribers")).isEqualTo("""
                        control    2 units  total 2.0000  mean 1.0000
                        treatment  2 units  total 1.0000  mean 0.5000
                        """);
    }

    @Test
    void v22ABreakdownCountsTheValuesUnderEachOfItsOwn() {
        assertThat(results("scores", "cumulative", "dimension = 'room'")).isEqualTo("""
                        Lobby control    2 units  total 1.0000  mean 0.5000
                        Lobby treatment  2 units  total 0.0000  mean 0.0000
                        attic control    2 units  total 1.0000  mean 0.5000
                        attic treatment  2 units  total 0.0000  mean 0.0000
                        den control    2 units  total 2.0000  mean 1.0000
                        den treatment  2 units  total 0.0000  mean 0.0000
                        hall control    2 units  total 1.0000  mean 0.5000
                        hall treatment  2 units  total 0.0000  mean 0.0000
                        lobby control    2 units  total 2.0000  mean 1.0000
                        lobby treatment  2 units  total 1.0000  mean 0.5000
                        """);
    }

    @Test
    void v23TheDailyViewHasTheValuesOfTheDayAlone() {
        assertThat(results("rooms", "daily", "dimension IS NULL")).isEqualTo("""
                        control    2 units  total 2.0000  mean 1.0000
                        treatment  2 units  total 0.0000  mean 0.0000
                        """);
        assertThat(results("latest", "daily", "dimension IS NULL")).isEqualTo("""
                        control    2 units  total 9.0000  mean 4.5000
                        treatment  2 units  total 0.0000  mean 0.0000
                        """);
    }

    @Test
    void v24TheCatalogHasThePairsTheExtremesAndTheAveragesOfAllUnits() {
        Map<String, Double> values = plumbline()
                .table("metric_daily")
                .filter("ds = DATE'2026-01-02' AND dimension IS NULL AND value IS NOT NULL")
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getAs("metric"), row -> row.getAs("value")));
        assertThat(values)
                .containsAllEntriesOf(Map.of("rooms", 4.0, "rooms_about", 4.0, "scores", 3.0, "visits_per_room", 1.0))
                .containsAllEntriesOf(Map.of("worst", 0.0, "best", 100.0, "first", 50.0, "latest", 0.5))
                .containsAllEntriesOf(Map.of("subscribers", 2.0, "latest_per_worst", 1.0, "latest_level", 4.0));
    }

    @Test
    void v25AnExtremeOrAnAverageOfNothingIsUnknownAndNotZero() {
        assertThat(plumbline()
                        .table("metric_daily")
                        .filter("metric IN ('worst_of_none', 'latest_of_none') AND value IS NOT NULL")
                        .count())
                .isZero();
        Row control = plumbline()
                .table("v_scorecard")
                .filter("metric = 'worst_of_none' AND is_control")
                .head();
        assertThat(control.<Double>getAs("mean")).isNull();
        assertThat(control.<String>getAs("reason")).isEqualTo("no_units");
    }
}
