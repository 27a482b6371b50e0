package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What caps, logarithms, baking and maturing mean, and what a day since exposure is, by example; the rows and definitions
 * are under {@code modifiers}. Unit u1 is in the control, u2, u3 and u4 in the treatment; u4 has no events.
 */
class ModifierScenariosTest extends SparkTest {

    @TempDir
    static Path folder;

    private static @Nullable Scenario given;

    @BeforeAll
    static void runTheDays() {
        given = Scenario.of(spark(), folder, "modifiers").run("2026-01-02", "2026-01-04", "2026-01-05", "2026-01-06");
    }

    @Test
    void m01ACapLimitsTheDayAndNotItsPartsOrEvents() {
        assertThat(open("capped")).isEqualTo("""
                control    1 units  total 23.0000  mean 23.0000
                treatment  3 units  total 19.0000  mean 6.3333
                """);
    }

    @Test
    void m02OfADayThatAWindowCutsThePartInsideIsCapped() {
        assertThat(open("capped_window")).isEqualTo("""
                control    1 units  total 10.0000  mean 10.0000
                treatment  3 units  total 5.0000  mean 1.6667
                """);
    }

    @Test
    void m03AThresholdSeesTheSumOfCappedDays() {
        assertThat(open("capped_flag")).isEqualTo("""
                control    1 units  total 1.0000  mean 1.0000
                treatment  3 units  total 0.0000  mean 0.0000
                """);
    }

    @Test
    void m04ACapOfACountNeedNotBeWhole() {
        assertThat(open("capped_rows")).isEqualTo("""
                control    1 units  total 3.5000  mean 3.5000
                treatment  3 units  total 4.0000  mean 1.3333
                """);
    }

    @Test
    void m05ASideOfARatioMayBeCapped() {
        assertThat(open("capped_ratio")).isEqualTo("""
                control    1 units  total 23.0000  mean 5.7500
                treatment  2 units  total 19.0000  mean 4.7500
                """);
    }

    @Test
    void m06UnitsWithoutAPositiveTotalHaveNoLogarithmAndLeave() {
        assertThat(open("logged")).isEqualTo("""
                control    1 units  total 1.5563  mean 1.5563
                treatment  2 units  total 2.9074  mean 1.4537
                """);
        assertThat(open("natural")).isEqualTo("""
                control    1 units  total 1.3863  mean 1.3863
                treatment  2 units  total 1.3863  mean 0.6931
                """);
    }

    @Test
    void m07TotalsAreLimitedBeforeTheLogarithmIsTaken() {
        assertThat(open("logged_limited")).isEqualTo("""
                control    1 units  total 5.1699  mean 5.1699
                treatment  2 units  total 8.1699  mean 4.0850
                """);
        Row control =
                scenario().rows(where("open", "logged_limited", "cumulative")).get(0);
        assertThat(control.<Double>getAs("winsor_upper")).isEqualTo(36.0);
    }

    @Test
    void m08DaysAreReadWhenTheyAreBakedAndUnitsCountFromTheFirstBakedDay() {
        assertThat(open("baked")).isEqualTo("""
                control    1 units  total 33.0000  mean 33.0000
                treatment  2 units  total 105.0000  mean 52.5000
                """);
        assertThat(open("baked_long")).isEqualTo("""
                control    1 units  total 13.0000  mean 13.0000
                treatment  1 units  total 1.0000  mean 1.0000
                """);
    }

    @Test
    void m09DaysThatAreNotBakedAreNoDaysOfExposureEither() {
        assertThat(open("baked_days")).isEqualTo("""
                control    1 units  total 0.6667  mean 0.6667
                treatment  2 units  total 1.6667  mean 0.8333
                """);
    }

    @Test
    void m10AWindowMaturesWhenItsLastDayIsBaked() {
        assertThat(open("baked_window")).isEqualTo("""
                control    1 units  total 33.0000  mean 33.0000
                treatment  1 units  total 1.0000  mean 1.0000
                """);
    }

    @Test
    void m11OfADayThatIsNotBakedNothingIsKnown() {
        assertThat(scenario().rows(where("open", "baked", "daily")))
                .hasSize(2)
                .allMatch(row -> row.<Long>getAs("units") == 0
                        && row.<String>getAs("reason").equals("no_units"));
    }

    @Test
    void m12WindowsOpenAtTheEndAreReadToTheirEnd() {
        assertThat(scenario().results(where("maturing", "three_days", "cumulative")))
                .isEqualTo("""
                control    1 units  total 36.0000  mean 36.0000
                treatment  1 units  total 101.0000  mean 101.0000
                """);
    }

    @Test
    void m13WithoutAWindowRowsCountToTheEndOfTheExperiment() {
        assertThat(scenario().results(where("maturing", "spent", "cumulative"))).isEqualTo("""
                control    1 units  total 33.0000  mean 33.0000
                treatment  1 units  total 1.0000  mean 1.0000
                """);
    }

    @Test
    void m14ResultsGoOnUntilTheLongestWindowHasPassed() {
        assertThat(days("maturing")).isEqualTo("2026-01-02 2026-01-04 2026-01-05 ");
        assertThat(days("cut")).isEqualTo("2026-01-02 ");
    }

    @Test
    void d01EveryDaySinceExposureHasItsRowsAndTheUnitsWhoseDayIsOver() {
        assertThat(byDay("spent")).isEqualTo("""
                day 0 control    1 units  total 13.0000  mean 13.0000
                day 0 treatment  3 units  total 5.0000  mean 1.6667
                day 1 control    1 units  total 20.0000  mean 20.0000
                day 1 treatment  2 units  total 4.0000  mean 2.0000
                day 2 control    1 units  total 0.0000  mean 0.0000
                day 2 treatment  1 units  total 100.0000  mean 100.0000
                day 3 control    1 units  total 3.0000  mean 3.0000
                day 3 treatment  1 units  total 0.0000  mean 0.0000
                """);
    }

    @Test
    void d02OneTimeEventsAndParticipationAreTheShareActiveOnTheDay() {
        String shares = """
                day 0 control    1 units  total 1.0000  mean 1.0000
                day 0 treatment  3 units  total 2.0000  mean 0.6667
                day 1 control    1 units  total 1.0000  mean 1.0000
                day 1 treatment  2 units  total 1.0000  mean 0.5000
                day 2 control    1 units  total 0.0000  mean 0.0000
                day 2 treatment  1 units  total 1.0000  mean 1.0000
                day 3 control    1 units  total 1.0000  mean 1.0000
                day 3 treatment  1 units  total 0.0000  mean 0.0000
                """;
        assertThat(byDay("buyers")).isEqualTo(shares);
        assertThat(byDay("active")).isEqualTo(shares);
    }

    @Test
    void d03DaysOutsideAWindowHaveNoRows() {
        assertThat(byDay("first_day")).startsWith("""
                day 0 control    1 units  total 13.0000  mean 13.0000
                day 0 treatment  3 units  total 5.0000  mean 1.6667
                day 1 control    1 units  total 0.0000  mean 0.0000
                day 1 treatment  2 units  total 0.0000  mean 0.0000
                """);
    }

    @Test
    void d04AMeanOfADayIsOverTheUnitsWithAValueOnTheDay() {
        assertThat(byDay("average")).startsWith("""
                day 0 control    1 units  total 13.0000  mean 6.5000
                day 0 treatment  2 units  total 5.0000  mean 2.5000
                day 1 control    1 units  total 20.0000  mean 20.0000
                day 1 treatment  1 units  total 4.0000  mean 4.0000
                """);
    }

    @Test
    void d05TheDaysOfAllUnitsAreLimitedToTheSameBounds() {
        assertThat(scenario().rows(where("open", "limited", "days_since_exposure")))
                .allMatch(row -> row.<Double>getAs("winsor_upper") == 4.0);
    }

    @Test
    void d06ADayThatIsNotBakedIsNotOver() {
        assertThat(byDay("baked")).startsWith("""
                day 0 control    1 units  total 13.0000  mean 13.0000
                day 0 treatment  2 units  total 5.0000  mean 2.5000
                day 1 control    1 units  total 20.0000  mean 20.0000
                day 1 treatment  1 units  total 0.0000  mean 0.0000
                """);
        assertThat(byDay("baked")).endsWith("""
                day 3 control    0 units  total 0.0000  mean unknown
                day 3 treatment  0 units  total 0.0000  mean unknown
                """);
    }

    @Test
    void d07TheViewIsThereForExperimentsThatAskForIt() {
        assertThat(scenario().rows("experiment <> 'open' AND view = 'days_since_exposure'"))
                .isEmpty();
    }

    private static Scenario scenario() {
        return Objects.requireNonNull(given);
    }

    private static String open(String metric) {
        return scenario().results(where("open", metric, "cumulative"));
    }

    private static String byDay(String metric) {
        return scenario().results(where("open", metric, "days_since_exposure"));
    }

    private static String where(String experiment, String metric, String view) {
        return "ds = DATE'2026-01-04' AND experiment = '" + experiment + "' AND metric = '" + metric + "' AND view = '"
                + view + "'";
    }

    private static String days(String experiment) {
        StringBuilder days = new StringBuilder();
        scenario()
                .plumbline()
                .table("experiment_results")
                .filter("experiment = '" + experiment + "'")
                .select("ds")
                .distinct()
                .orderBy("ds")
                .collectAsList()
                .forEach(row -> days.append(row.get(0)).append(' '));
        return days.toString();
    }
}
