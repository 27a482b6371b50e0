package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Always-valid intervals and p-values agree with the published mixture, tighten as data grows, and say why they are undefined. */
class AlwaysValidComparisonTest {

    static Stream<FixtureRow> sequences() {
        return FixtureRow.read("confidence_sequences.csv");
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void agreesWithTheMixture(FixtureRow row) {
        double alpha = row.number("alpha");
        double z = row.number("z");
        ConfidenceSequence sequence = ConfidenceSequence.at(row.number("units"), row.number("planned"), alpha);

        assertClose(sequence.bound(alpha, Alternative.TWO_SIDED), row.number("bound"), 1e-9);
        assertClose(sequence.bound(alpha, Alternative.GREATER), row.number("bound_one_sided"), 1e-9);
        assertClose(sequence.bound(alpha, Alternative.LESS), row.number("bound_one_sided"), 1e-9);
        assertClose(sequence.pValue(z, Alternative.TWO_SIDED), row.number("p"), 1e-9);
        assertClose(sequence.pValue(Math.abs(z), Alternative.GREATER), row.number("p_one_sided"), 1e-9);
        assertClose(sequence.pValue(-Math.abs(z), Alternative.LESS), row.number("p_one_sided"), 1e-9);
        assertThat(sequence.pValue(-Math.abs(z), Alternative.GREATER)).isEqualTo(1);
        assertThat(sequence.pValue(Math.abs(z), Alternative.LESS)).isEqualTo(1);
    }

    @Test
    void theIntervalIsTheBoundTimesTheStandardError() {
        Comparison fixed = compare(5000, 0.3, Inference.STANDARD);
        AlwaysValidComparison sequential = AlwaysValidComparison.of(fixed, 10_000);

        assertClose(sequential.criticalValue(), 3.035122413028551, 1e-12);
        assertThat(sequential.absolute().value()).isEqualTo(fixed.absolute().value());
        assertClose(
                sequential.absolute().interval().upper() - fixed.absolute().value(),
                3.035122413028551 * fixed.absolute().standardError(),
                1e-12);
        assertThat(sequential.relative().interval().lower())
                .isLessThan(fixed.relative().interval().lower());
    }

    @Test
    void isNarrowestInStandardErrorsAtThePlannedNumberAndTightensInUnits() {
        double previous = Double.POSITIVE_INFINITY;
        for (int units = 250; units < 100_000; units *= 2) {
            AlwaysValidComparison comparison =
                    AlwaysValidComparison.of(compare(units, 0.3, Inference.STANDARD), 10_000);
            double width = comparison.absolute().interval().upper()
                    - comparison.absolute().interval().lower();
            assertThat(width).isLessThan(previous);
            assertThat(comparison.criticalValue()).isGreaterThan(3.035);
            previous = width;
        }
    }

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void pIsBelowAlphaExactlyWhenZeroIsExcluded(Alternative alternative) {
        Inference inference = Inference.STANDARD.withAlternative(alternative);
        for (double effect = -0.5; effect < 0.5; effect += 0.003) {
            AlwaysValidComparison comparison = AlwaysValidComparison.of(compare(5000, effect, inference), 20_000);
            assertThat(comparison.significant())
                    .isEqualTo(comparison.pValue() < 0.05)
                    .isEqualTo(!comparison.absolute().interval().contains(0))
                    .isEqualTo(!comparison.relative().interval().contains(0));
        }
    }

    @Test
    void oneSidedIntervalsAreOpenAndTighter() {
        AlwaysValidComparison both = AlwaysValidComparison.of(compare(5000, 0.3, Inference.STANDARD), 10_000);
        AlwaysValidComparison above = AlwaysValidComparison.of(
                compare(5000, 0.3, Inference.STANDARD.withAlternative(Alternative.GREATER)), 10_000);
        AlwaysValidComparison below = AlwaysValidComparison.of(
                compare(5000, 0.3, Inference.STANDARD.withAlternative(Alternative.LESS)), 10_000);

        assertThat(above.absolute().interval().lower())
                .isGreaterThan(both.absolute().interval().lower());
        assertThat(above.absolute().interval().upper()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(above.relative().interval().upper()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(below.absolute().interval().lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(below.pValue()).isEqualTo(1);
    }

    @Test
    void withoutAComparisonThereIsNoSequence() {
        Comparison undefined = Comparison.of(Samples.mean(), Samples.mean(1, 2), Inference.STANDARD);
        AlwaysValidComparison sequential = AlwaysValidComparison.of(undefined, 100);

        assertThat(sequential.absolute().reason()).contains(Reason.NO_UNITS);
        assertThat(sequential.relative().reason()).contains(Reason.NO_UNITS);
        assertThat(sequential.criticalValue()).isNaN();
        assertThat(sequential.pValue()).isNaN();
        assertThat(sequential.significant()).isFalse();
    }

    @Test
    void aNoisyControlMayHaveAFixedRelativeIntervalAndNoAlwaysValidOne() {
        Comparison fixed = Comparison.of(Estimate.of(400, 0.25, 4), Estimate.of(400, 0.4, 4), Inference.STANDARD);

        assertThat(fixed.relative().reason()).isEmpty();
        assertThat(AlwaysValidComparison.of(fixed, 800).relative().reason())
                .contains(Reason.UNBOUNDED_RELATIVE_INTERVAL);
        assertThat(AlwaysValidComparison.of(fixed, 800).absolute().reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5})
    void thePlanNeedsUnits(long planned) {
        Comparison comparison = compare(100, 0, Inference.STANDARD);

        assertThatThrownBy(() -> AlwaysValidComparison.of(comparison, planned))
                .hasMessage("planned number of units is " + planned + ": give 1 or more");
    }

    private static Comparison compare(long units, double effect, Inference inference) {
        return Comparison.of(Estimate.of(units, 5, 9), Estimate.of(units, 5 + effect, 10), inference);
    }
}
