package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons that cannot be made say why; none throws, and none answers 0. */
class ComparisonEdgeCasesTest {

    private static final Estimate FINE = Samples.mean(1, 2, 4);

    static Stream<Arguments> incomparable() {
        return Stream.of(
                Arguments.of(Samples.mean(), FINE, Reason.NO_UNITS),
                Arguments.of(FINE, Samples.mean(), Reason.NO_UNITS),
                Arguments.of(Samples.mean(), Samples.mean(1), Reason.NO_UNITS),
                Arguments.of(Samples.mean(1), FINE, Reason.TOO_FEW_UNITS),
                Arguments.of(FINE, Samples.mean(1), Reason.TOO_FEW_UNITS),
                Arguments.of(Samples.mean(3, 3), Samples.mean(4, 4), Reason.ZERO_VARIANCE),
                Arguments.of(Samples.mean(3, 3), Samples.mean(3, 3), Reason.ZERO_VARIANCE),
                Arguments.of(Estimate.undefined(0, Reason.NO_CONTROL), FINE, Reason.NO_CONTROL),
                Arguments.of(FINE, Estimate.undefined(9, Reason.ZERO_DENOMINATOR), Reason.ZERO_DENOMINATOR),
                Arguments.of(FINE, Samples.mean(1e200, -1e200), Reason.NOT_FINITE),
                Arguments.of(Estimate.of(9, -1e308, 1), Estimate.of(9, 1e308, 1), Reason.NOT_FINITE));
    }

    @ParameterizedTest
    @MethodSource("incomparable")
    void undefinedNumbersHaveAReason(Estimate control, Estimate treatment, Reason reason) {
        Comparison comparison = Comparison.of(control, treatment, Inference.STANDARD);

        assertThat(comparison.absolute().reason()).contains(reason);
        assertThat(comparison.relative().reason()).contains(reason);
        assertThat(comparison.absolute().interval()).isEqualTo(Interval.UNDEFINED);
        assertThat(comparison.relative().interval()).isEqualTo(Interval.UNDEFINED);
        assertThat(comparison.absolute().standardError()).isNaN();
        assertThat(comparison.statistic()).isNaN();
        assertThat(comparison.degreesOfFreedom()).isNaN();
        assertThat(comparison.pValue()).isNaN();
        assertThat(comparison.significant()).isFalse();
    }

    @Test
    void oneUnitStillShowsTheSizeOfTheEffect() {
        Comparison comparison = Comparison.of(Samples.mean(4), FINE, Inference.STANDARD);

        Samples.assertClose(comparison.absolute().value(), 7 / 3.0 - 4, 1e-15);
        Samples.assertClose(comparison.relative().value(), (7 / 3.0 - 4) / 4, 1e-15);
    }

    @Test
    void oneUnitAtZeroHasNoRelativeEffect() {
        Comparison comparison = Comparison.of(Samples.mean(0), FINE, Inference.STANDARD);

        assertThat(comparison.absolute().reason()).contains(Reason.TOO_FEW_UNITS);
        assertThat(comparison.relative().reason()).contains(Reason.ZERO_CONTROL_MEAN);
        assertThat(comparison.relative().value()).isNaN();
    }

    @Test
    void anEffectWithoutVarianceKeepsItsValue() {
        Comparison comparison = Comparison.of(Samples.mean(4, 4), Samples.mean(5, 5), Inference.STANDARD);

        assertThat(comparison.absolute().value()).isEqualTo(1);
        assertThat(comparison.relative().value()).isEqualTo(0.25);
    }

    @Test
    void aDifferenceBeyondTheRangeOfADoubleIsNoNumber() {
        Comparison comparison = Comparison.of(Estimate.of(9, -1e308, 1), Estimate.of(9, 1e308, 1), Inference.STANDARD);

        assertThat(comparison.absolute().value()).isNaN();
        assertThat(comparison.relative().value()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.POSITIVE_INFINITY})
    void aDifferenceBeyondAllDoubtHasAPValueOfZero(double normalFrom) {
        Comparison comparison = Comparison.of(
                Estimate.of(9, -1e200, 1e-300),
                Estimate.of(9, 1e200, 1e-300),
                Inference.STANDARD.withNormalFrom(normalFrom));

        assertThat(comparison.pValue()).isZero();
        assertThat(comparison.significant()).isTrue();
    }

    @Test
    void aGroupThatDoesNotVaryBorrowsTheDegreesOfFreedomOfTheOther() {
        Comparison comparison = Comparison.of(Samples.mean(3, 3, 3, 3), FINE, Inference.STANDARD);

        assertThat(comparison.degreesOfFreedom()).isEqualTo(2);
        assertThat(comparison.absolute().reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15, 1e100, 1e-100})
    void theUnitOfMeasurementDoesNotMatter(double scale) {
        Comparison plain = Comparison.of(Samples.mean(1, 2, 4, 8), Samples.mean(3, 5, 6, 11), Inference.STANDARD);
        Comparison scaled = Comparison.of(
                Samples.mean(scale, 2 * scale, 4 * scale, 8 * scale),
                Samples.mean(3 * scale, 5 * scale, 6 * scale, 11 * scale),
                Inference.STANDARD);

        Samples.assertClose(scaled.pValue(), plain.pValue(), 1e-12);
        Samples.assertClose(scaled.relative().value(), plain.relative().value(), 1e-12);
        Samples.assertClose(
                scaled.absolute().interval().upper(),
                scale * plain.absolute().interval().upper(),
                1e-12);
    }

    @Test
    void anUndefinedIntervalContainsNothing() {
        assertThat(Interval.UNDEFINED.contains(0)).isFalse();
        assertThat(new Interval(1, 2).contains(0)).isFalse();
        assertThat(new Interval(1, 2).contains(2)).isTrue();
        assertThat(new Interval(1, 2).contains(3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void alphaIsAShare(double alpha) {
        assertThatThrownBy(() -> Inference.STANDARD.withAlpha(alpha))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha is " + alpha + ": give a number between 0 and 1, such as 0.05");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN})
    void degreesOfFreedomAreNotNegative(double normalFrom) {
        assertThatThrownBy(() -> Inference.STANDARD.withNormalFrom(normalFrom))
                .hasMessage("normalFrom is " + normalFrom + ": give 0 or more degrees of freedom");
    }
}
