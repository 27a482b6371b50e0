package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison of two groups agrees with scipy's Welch test. */
class ComparisonTest {

    private static final Inference STUDENT = Inference.STANDARD.withNormalFrom(Double.POSITIVE_INFINITY);

    static Stream<FixtureRow> welchSamples() {
        return FixtureRow.read("welch_samples.csv");
    }

    @ParameterizedTest
    @MethodSource("welchSamples")
    void agreesWithScipy(FixtureRow row) {
        Comparison comparison = compare(row, Alternative.TWO_SIDED);

        assertClose(comparison.statistic(), row.number("statistic"), 1e-9);
        assertClose(comparison.degreesOfFreedom(), row.number("nu"), 1e-9);
        assertClose(comparison.pValue(), row.number("p_two_sided"), 1e-9);
        assertClose(comparison.absolute().interval().lower(), row.number("lower"), 1e-9);
        assertClose(comparison.absolute().interval().upper(), row.number("upper"), 1e-9);
        assertThat(comparison.significant()).isEqualTo(row.number("p_two_sided") < 0.05);
    }

    @ParameterizedTest
    @MethodSource("welchSamples")
    void oneSidedAgreesWithScipy(FixtureRow row) {
        Comparison greater = compare(row, Alternative.GREATER);
        Comparison less = compare(row, Alternative.LESS);

        assertClose(greater.pValue(), row.number("p_greater"), 1e-9);
        assertClose(greater.absolute().interval().lower(), row.number("lower_greater"), 1e-9);
        assertThat(greater.absolute().interval().upper()).isEqualTo(Double.POSITIVE_INFINITY);
        assertClose(less.pValue(), row.number("p_less"), 1e-9);
        assertThat(less.absolute().interval().lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertClose(less.absolute().interval().upper(), row.number("upper_less"), 1e-9);
    }

    /**
     * Sums of 3407 control and 3461 treatment units. The published digits are those of Welch's t at 5841.74 degrees of freedom with n − 1 in
     * the variances; the means are 0.41 and 0.7 exactly, so that 0.29 is not rounded. scipy 1.17.1: d = 0.7 - 0.41, se = sqrt(v_c + v_t),
     * d -+ stats.t.ppf(0.975, nu) * se, 2 * stats.t.sf(d / se, nu).
     */
    @Test
    void publishedSumsWithStudent() {
        Comparison comparison =
                Comparison.of(ofSums(3407, 1396.87, 52377.9767), ofSums(3461, 2422.7, 134698.29), STUDENT);

        assertThat(comparison.absolute().value()).isCloseTo(0.29, within(1e-15));
        assertThat(comparison.absolute().standardError()).isCloseTo(0.124783632, within(5e-10));
        assertThat(comparison.absolute().interval().lower()).isCloseTo(0.045377893, within(5e-10));
        assertThat(comparison.absolute().interval().upper()).isCloseTo(0.534622107, within(5e-10));
        assertThat(comparison.pValue()).isCloseTo(0.020158403, within(5e-10));
        assertClose(comparison.absolute().standardError(), 0.12478363158758794, 1e-12);
        assertClose(comparison.degreesOfFreedom(), 5841.742032093565, 1e-12);
        assertClose(comparison.pValue(), 0.020158402643586978, 1e-11);
    }

    /** The same sums with the normal in place of Student's t: 0.29 -+ stats.norm.ppf(0.975) * se, 2 * stats.norm.sf(0.29 / se). */
    @Test
    void publishedSumsWithTheNormalFromHundredDegreesOfFreedomOn() {
        Comparison comparison =
                Comparison.of(ofSums(3407, 1396.87, 52377.9767), ofSums(3461, 2422.7, 134698.29), Inference.STANDARD);

        assertClose(comparison.absolute().interval().lower(), 0.045428576228212975, 1e-11);
        assertClose(comparison.absolute().interval().upper(), 0.534571423771787, 1e-11);
        assertClose(comparison.pValue(), 0.02012427417704833, 1e-11);
        assertThat(comparison.significant()).isTrue();
    }

    @Test
    void theNormalTakesOverAtExactlyTheGivenDegreesOfFreedom() {
        Estimate control = Estimate.of(51, 1, 4);
        Estimate treatment = Estimate.of(60, 2, 5);
        double nu = Comparison.of(control, treatment, STUDENT).degreesOfFreedom();

        Comparison normal = Comparison.of(control, treatment, STUDENT.withNormalFrom(nu));
        Comparison student = Comparison.of(control, treatment, STUDENT.withNormalFrom(Math.nextUp(nu)));

        assertThat(normal.degreesOfFreedom()).isEqualTo(nu);
        assertThat(normal.pValue()).isLessThan(student.pValue());
    }

    @Test
    void smallPValuesKeepTheirDigits() {
        Comparison comparison =
                Comparison.of(Estimate.of(10_000, 0, 1), Estimate.of(10_000, 0.5, 1), Inference.STANDARD);

        // scipy 1.17.1: 2 * stats.norm.sf(0.5 / numpy.sqrt(2e-4))
        assertClose(comparison.pValue(), 8.300172571194634e-274, 1e-9);
    }

    @Test
    void swappingTheGroupsMirrorsTheAbsoluteEffect() {
        Estimate a = Samples.mean(1, 2, 4, 4.5, 9);
        Estimate b = Samples.mean(2, 6, 7, 8);

        Comparison forth = Comparison.of(a, b, Inference.STANDARD);
        Comparison back = Comparison.of(b, a, Inference.STANDARD);

        assertThat(back.absolute().value()).isEqualTo(-forth.absolute().value());
        assertThat(back.absolute().interval().lower())
                .isEqualTo(-forth.absolute().interval().upper());
        assertThat(back.pValue()).isEqualTo(forth.pValue());
    }

    @Test
    void aTighterAlphaWidensTheInterval() {
        Estimate control = Samples.mean(1, 2, 4, 4.5, 9);
        Estimate treatment = Samples.mean(2, 6, 7, 8);

        Interval at95 =
                Comparison.of(control, treatment, Inference.STANDARD).absolute().interval();
        Interval at99 = Comparison.of(control, treatment, Inference.STANDARD.withAlpha(0.01))
                .absolute()
                .interval();

        assertThat(at99.lower()).isLessThan(at95.lower());
        assertThat(at99.upper()).isGreaterThan(at95.upper());
    }

    private static Comparison compare(FixtureRow row, Alternative alternative) {
        return Comparison.of(
                Samples.mean(row.numbers("control")),
                Samples.mean(row.numbers("treatment")),
                STUDENT.withAlternative(alternative));
    }

    private static Estimate ofSums(long n, double sum, double sumOfSquares) {
        return Estimate.of(n, sum / n, (sumOfSquares - sum * sum / n) / (n - 1));
    }
}
