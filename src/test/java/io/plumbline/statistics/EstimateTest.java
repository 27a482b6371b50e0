package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mean and ratio of one group, and what they say when they are undefined. */
class EstimateTest {

    static Stream<FixtureRow> ratios() {
        return FixtureRow.read("ratios.csv");
    }

    @ParameterizedTest
    @MethodSource("ratios")
    void ratioAgreesWithNumpy(FixtureRow row) {
        Estimate estimate = Estimate.ofRatio(Samples.moments(row.numbers("x"), row.numbers("y")));

        assertClose(estimate.mean(), row.number("ratio"), 1e-12);
        assertClose(estimate.variance(), row.number("variance"), 1e-9);
        assertClose(estimate.standardError(), row.number("standard_error"), 1e-9);
        assertThat(estimate.reason()).isEmpty();
    }

    @Test
    void meanHasTheVarianceWithDegreesOfFreedomOneBelowN() {
        Estimate estimate = Samples.mean(2, 4, 4, 4, 5, 5, 7, 9);

        assertThat(estimate.n()).isEqualTo(8);
        assertThat(estimate.mean()).isEqualTo(5);
        assertClose(estimate.variance(), 32.0 / 7, 1e-15);
        assertClose(estimate.standardError(), Math.sqrt(32.0 / 7 / 8), 1e-15);
    }

    @Test
    void meanIsTheRatioWhoseDenominatorIsOne() {
        Moments moments = Samples.moments(3.25, 1, 0, 17, 2.5);

        assertThat(Estimate.ofRatio(moments)).isEqualTo(Estimate.ofMean(moments));
    }

    @Test
    void withoutUnitsNothingIsKnown() {
        Estimate expected = Estimate.undefined(0, Reason.NO_UNITS);

        assertThat(Estimate.ofMean(Moments.EMPTY)).isEqualTo(expected);
        assertThat(Estimate.ofRatio(Moments.EMPTY)).isEqualTo(expected);
        assertThat(expected.mean()).isNaN();
    }

    @Test
    void oneUnitHasAMeanAndNoVariance() {
        Estimate expected = new Estimate(1, 7, Double.NaN, Double.NaN, Optional.of(Reason.TOO_FEW_UNITS));

        assertThat(Samples.mean(7)).isEqualTo(expected);
        assertThat(Estimate.ofRatio(Samples.moments(new double[] {14}, new double[] {2})))
                .isEqualTo(expected);
    }

    @Test
    void twoUnitsAreEnough() {
        assertThat(Samples.mean(1, 3)).isEqualTo(new Estimate(2, 2, 2, 1, Optional.empty()));
    }

    @Test
    void unitsAllAlikeHaveZeroVarianceWhichIsNoUndefinedNumber() {
        assertThat(Samples.mean(0.1, 0.1, 0.1)).isEqualTo(new Estimate(3, 0.1, 0, 0, Optional.empty()));
    }

    @Test
    void denominatorsThatAddUpToZeroHaveNoRatio() {
        Estimate estimate = Estimate.ofRatio(Samples.moments(new double[] {1, 2}, new double[] {-1, 1}));

        assertThat(estimate).isEqualTo(Estimate.undefined(2, Reason.ZERO_DENOMINATOR));
    }

    @Test
    void aRatioOfZeroKeepsItsVariance() {
        Estimate estimate = Estimate.ofRatio(Samples.moments(new double[] {-1, 1, 0}, new double[] {2, 3, 5}));

        assertThat(estimate.mean()).isZero();
        assertThat(estimate.variance()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, -1.7, 1e-9, 12345.678, 1e15})
    void aNumeratorThatIsAMultipleOfTheDenominatorDoesNotVary(double multiple) {
        double[] y = new double[500];
        double[] x = new double[500];
        for (int unit = 0; unit < y.length; unit++) {
            y[unit] = 1 + Math.sqrt(unit);
            x[unit] = multiple * y[unit];
        }

        assertThat(Estimate.ofRatio(Samples.moments(x, y)).variance()).isZero();
    }

    @Test
    void overflowIsReportedAndNotThrown() {
        assertThat(Samples.mean(1e200, -1e200).reason()).contains(Reason.NOT_FINITE);
        assertThat(Samples.mean(1e200, -1e200).mean()).isZero();
        assertThat(Estimate.ofMean(new Moments(5, Double.NaN, 1, 1, 0, 0)))
                .isEqualTo(Estimate.undefined(5, Reason.NOT_FINITE));
        assertThat(Estimate.ofRatio(Samples.moments(1e200, -1e200)).reason()).contains(Reason.NOT_FINITE);
        assertThat(Estimate.ofRatio(Samples.moments(1e200, 3e200)).variance()).isNaN();
        assertThat(Estimate.ofRatio(new Moments(5, 1, 1, Double.POSITIVE_INFINITY, 0, 0))
                        .reason())
                .contains(Reason.NOT_FINITE);
        assertThat(Estimate.ofRatio(new Moments(5, 1e300, 1e-300, 1, 1, 0)))
                .isEqualTo(Estimate.undefined(5, Reason.NOT_FINITE));
        assertThat(Estimate.ofMean(new Moments(5, 1, 1, Double.NaN, 0, 0)).reason())
                .contains(Reason.NOT_FINITE);
    }

    @Test
    void refusesImpossibleInput() {
        assertThatThrownBy(() -> Estimate.of(-1, 0, 0)).hasMessage("number of units is -1: give 0 or more");
        assertThatThrownBy(() -> Estimate.of(5, 0, -2)).hasMessage("variance is -2.0: give 0 or more");
    }

    @Test
    void reasonsHaveStableCodes() {
        assertThat(Reason.values())
                .extracting(Reason::code)
                .containsExactly(
                        "no_units",
                        "too_few_units",
                        "zero_denominator",
                        "zero_variance",
                        "zero_control_mean",
                        "unbounded_relative_interval",
                        "no_control",
                        "not_finite",
                        "single_group",
                        "equal_values",
                        "small_cell");
    }
}
