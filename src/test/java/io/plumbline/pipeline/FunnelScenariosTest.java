package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What funnels mean, by example: order, windows, maturity, exposure. See {@link FunnelScenarios}. */
class FunnelScenariosTest extends FunnelScenarios {

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
}
