package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.plan.MetricSql;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What funnels mean, by example: attempts, sessions, sources, breakdowns, catalog. See {@link FunnelScenarios}. */
class FunnelAttemptScenariosTest extends FunnelScenarios {

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
        assertSqlGivesResults(3);
    }

    @Tag("slow")
    @Test
    void f23TheEquivalentSqlOfEveryFunnelGivesItsResults() {
        assertSqlGivesResults(1);
    }

    /** Of every so-manieth metric. */
    private void assertSqlGivesResults(int step) {
        Experiment experiment = Objects.requireNonNull(project.experiments().get("funnels"));
        List<Metric> metrics = List.copyOf(project.metrics().values());
        for (int i = 0; i < metrics.size(); i += step) {
            Metric metric = metrics.get(i);
            assertThat(computed(MetricSql.statements(project, metric, experiment, LocalDate.parse("2026-01-03"))))
                    .as(metric.name())
                    .isEqualTo(results(metric.name(), "dimension IS NULL AND step IS NULL AND units > 0"));
        }
    }
}
