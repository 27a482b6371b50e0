package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.statistics.SampleRatio.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of the split agrees with scipy's chisquare, and its verdicts follow p-value and deviation. */
class SampleRatioTest {

    static Stream<FixtureRow> sampleRatios() {
        return FixtureRow.read("sample_ratios.csv");
    }

    @ParameterizedTest
    @MethodSource("sampleRatios")
    void agreesWithScipy(FixtureRow row) {
        SampleRatio check = check(row.numbers("units"), row.numbers("weights"));

        assertThat(check.statistic())
                .isCloseTo(row.number("statistic"), within(1e-12 + 1e-9 * row.number("statistic")));
        assertClose(check.pValue(), row.number("p"), 1e-9);
        assertThat(check.largestDeviation()).isCloseTo(row.number("deviation"), within(1e-12));
        assertThat(check.degreesOfFreedom()).isEqualTo(row.numbers("units").length - 1);
        assertThat(check.reason()).isEmpty();
    }

    @Test
    void publishedPValues() {
        assertThat(check(new double[] {1000, 1200}, new double[] {1, 1}).pValue())
                .isCloseTo(2.00787e-05, within(5e-11));
        assertThat(check(new double[] {10000, 10000, 9600}, new double[] {1, 1, 1})
                        .pValue())
                .isCloseTo(.004492233, within(5e-10));
    }

    @Test
    void alertsBelowOneInThousandAndFromATenthOfAPercentagePointOn() {
        assertThat(check(new double[] {1000, 1200}, new double[] {1, 1}).verdict())
                .isEqualTo(Verdict.ALERT);
    }

    @Test
    void warnsBelowOneInHundred() {
        assertThat(check(new double[] {10000, 10000, 9600}, new double[] {1, 1, 1})
                        .verdict())
                .isEqualTo(Verdict.WARN);
    }

    @Test
    void onlyWarnsOfADeviationTooSmallToMatter() {
        SampleRatio check = check(new double[] {60_000_000, 60_050_000}, new double[] {1, 1});

        assertThat(check.pValue()).isLessThan(0.001);
        assertThat(check.largestDeviation()).isLessThan(0.1);
        assertThat(check.verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void acceptsASplitAsPlanned() {
        assertThat(check(new double[] {5000, 5050}, new double[] {1, 1}).verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void leavesOutGroupsOfWeightZeroWithTheirUnits() {
        SampleRatio with = check(new double[] {900, 77, 1000}, new double[] {1, 0, 1});
        SampleRatio without = check(new double[] {900, 1000}, new double[] {1, 1});

        assertThat(with).isEqualTo(without);
        assertThat(with.units()).isEqualTo(1900);
    }

    @Test
    void weightsMayHaveAnyScale() {
        SampleRatio fractions = check(new double[] {913, 87}, new double[] {0.9, 0.1});
        SampleRatio percent = check(new double[] {913, 87}, new double[] {90, 10});

        assertClose(percent.pValue(), fractions.pValue(), 1e-12);
    }

    @Test
    void aPlannedGroupWithoutUnitsIsAMismatch() {
        assertThat(check(new double[] {5000, 0}, new double[] {1, 1}).verdict()).isEqualTo(Verdict.ALERT);
    }

    @Test
    void withoutUnitsNothingIsKnown() {
        SampleRatio check = check(new double[] {0, 0}, new double[] {1, 1});

        assertThat(check.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check.reason()).contains(Reason.NO_UNITS);
        assertThat(check.pValue()).isNaN();
        assertThat(check.statistic()).isNaN();
        assertThat(check.largestDeviation()).isNaN();
    }

    @Test
    void oneGroupOrNoneHasNoSplit() {
        assertThat(check(new double[] {10}, new double[] {1}).reason()).contains(Reason.SINGLE_GROUP);
        assertThat(check(new double[] {10, 3}, new double[] {1, 0}).reason()).contains(Reason.SINGLE_GROUP);
        assertThat(SampleRatio.of(List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(SampleRatio.of(List.of()).degreesOfFreedom()).isZero();
    }

    @Test
    void weightsTooFarApartForADoubleAreReported() {
        assertThat(check(new double[] {1000, 5}, new double[] {1, 1e-320}).reason())
                .contains(Reason.NOT_FINITE);
        assertThat(check(new double[] {1000, 5}, new double[] {1e308, 1e308}).verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(check(new double[] {1000, 5}, new double[] {1, 1e-300}).pValue())
                .isZero();
    }

    @Test
    void thousandsOfGroupsAndAHugeDeviationAreNoProblem() {
        double[] units = new double[2000];
        double[] weights = new double[2000];
        Arrays.fill(weights, 1);
        Arrays.fill(units, 1000);
        assertThat(check(units, weights).pValue()).isEqualTo(1);

        units[0] = 1e12;
        assertThat(check(units, weights).pValue()).isZero();
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatThrownBy(() -> new GroupCount("a", -1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight of group a is -1.0: give 0 or more");
        assertThatThrownBy(() -> new GroupCount("a", Double.NaN, 5)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new GroupCount("a", Double.POSITIVE_INFINITY, 5))
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new GroupCount("a", 1, -5))
                .hasMessage("number of units of group a is -5: give 0 or more");
    }

    private static SampleRatio check(double[] units, double[] weights) {
        List<GroupCount> counts = new ArrayList<>();
        for (int group = 0; group < units.length; group++) {
            counts.add(new GroupCount("group " + group, weights[group], Math.round(units[group])));
        }
        return SampleRatio.of(counts);
    }
}
