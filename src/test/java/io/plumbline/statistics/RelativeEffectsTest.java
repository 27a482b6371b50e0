package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The relative effect: Fieller's interval against a root finder, and its meaning for control means at and below zero. */
class RelativeEffectsTest {

    private static final Inference DELTA = Inference.STANDARD.withRelativeInterval(RelativeInterval.DELTA);

    static Stream<FixtureRow> relativeIntervals() {
        return FixtureRow.read("relative_intervals.csv");
    }

    @ParameterizedTest
    @MethodSource("relativeIntervals")
    void fiellerAgreesWithARootFinder(FixtureRow row) {
        Effect relative = Comparison.of(group(row, "c"), group(row, "t"), Inference.STANDARD)
                .relative();

        assertThat(relative.value()).isCloseTo(row.number("effect"), within(1e-14));
        assertClose(relative.standardError(), row.number("standard_error"), 1e-9);
        assertBound(relative.interval().lower(), row.number("fieller_lower"));
        assertBound(relative.interval().upper(), row.number("fieller_upper"));
        assertThat(relative.reason()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("relativeIntervals")
    void deltaAgreesWithItsFormula(FixtureRow row) {
        Effect relative = Comparison.of(group(row, "c"), group(row, "t"), DELTA).relative();

        assertBound(relative.interval().lower(), row.number("delta_lower"));
        assertBound(relative.interval().upper(), row.number("delta_upper"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void fiellerExcludesZeroExactlyWhenTheAbsoluteIntervalDoes(long seed) {
        Random random = new Random(seed);
        for (int repetition = 0; repetition < 200; repetition++) {
            Estimate control = Estimate.of(50, 5 + random.nextGaussian() * 5, 40);
            Estimate treatment = Estimate.of(60, control.mean() + 3 * random.nextGaussian(), 30);
            Comparison comparison = Comparison.of(control, treatment, Inference.STANDARD);
            if (comparison.relative().reason().isEmpty()) {
                assertThat(comparison.relative().interval().contains(0))
                        .isEqualTo(comparison.absolute().interval().contains(0))
                        .isEqualTo(!comparison.significant());
            }
        }
    }

    @Test
    void theSignOfTheEffectSurvivesANegativeControlMean() {
        Comparison comparison = Comparison.of(Estimate.of(500, -2, 1), Estimate.of(500, -1, 1), Inference.STANDARD);

        assertThat(comparison.absolute().value()).isEqualTo(1);
        assertThat(comparison.relative().value()).isEqualTo(0.5);
        assertThat(comparison.relative().interval().lower()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(RelativeInterval.class)
    void negatingAllValuesMirrorsTheInterval(RelativeInterval method) {
        Inference inference = Inference.STANDARD.withRelativeInterval(method);
        Effect plain = Comparison.of(Estimate.of(40, 3, 9), Estimate.of(50, 4, 8), inference)
                .relative();
        Effect negated = Comparison.of(Estimate.of(40, -3, 9), Estimate.of(50, -4, 8), inference)
                .relative();

        assertThat(negated.value()).isEqualTo(-plain.value());
        assertThat(negated.interval().lower()).isEqualTo(-plain.interval().upper());
        assertThat(negated.interval().upper()).isEqualTo(-plain.interval().lower());
    }

    @ParameterizedTest
    @EnumSource(RelativeInterval.class)
    void oneSidedIntervalsAreTheSidesOfATwoSidedOneAtTwiceAlpha(RelativeInterval method) {
        Inference inference = Inference.STANDARD.withRelativeInterval(method);
        Estimate control = Estimate.of(40, 3, 9);
        Estimate treatment = Estimate.of(50, 4, 8);
        Interval both = Comparison.of(control, treatment, inference.withAlpha(0.1))
                .relative()
                .interval();
        Interval above = Comparison.of(control, treatment, inference.withAlternative(Alternative.GREATER))
                .relative()
                .interval();
        Interval below = Comparison.of(control, treatment, inference.withAlternative(Alternative.LESS))
                .relative()
                .interval();

        assertThat(above).isEqualTo(new Interval(both.lower(), Double.POSITIVE_INFINITY));
        assertThat(below).isEqualTo(new Interval(Double.NEGATIVE_INFINITY, both.upper()));
    }

    @Test
    void aControlMeanOfZeroLeavesTheAbsoluteEffectAlone() {
        Comparison comparison = Comparison.of(Estimate.of(30, 0, 4), Estimate.of(30, 1, 4), Inference.STANDARD);

        assertThat(comparison.relative().reason()).contains(Reason.ZERO_CONTROL_MEAN);
        assertThat(comparison.relative().value()).isNaN();
        assertThat(comparison.relative().interval().lower()).isNaN();
        assertThat(comparison.absolute().reason()).isEmpty();
        assertThat(comparison.pValue()).isBetween(0.0, 1.0);
    }

    @Test
    void aControlMeanInsideItsNoiseHasNoFiellerInterval() {
        Estimate control = Estimate.of(400, 0.19, 4);
        Estimate treatment = Estimate.of(400, 0.4, 4);
        Effect fieller = Comparison.of(control, treatment, Inference.STANDARD).relative();
        Effect delta = Comparison.of(control, treatment, DELTA).relative();

        assertThat(fieller.reason()).contains(Reason.UNBOUNDED_RELATIVE_INTERVAL);
        assertThat(fieller.interval()).isEqualTo(Interval.UNDEFINED);
        assertThat(fieller.value()).isEqualTo(delta.value());
        assertThat(delta.reason()).isEmpty();
        assertThat(delta.interval().contains(0)).isTrue();
    }

    @Test
    void aQuotientBeyondTheRangeOfADoubleIsReported() {
        Estimate treatment = Estimate.of(30, 1e10, 4);

        assertThat(Comparison.of(Estimate.of(30, Double.MIN_VALUE, 0), treatment, DELTA)
                        .relative()
                        .reason())
                .contains(Reason.NOT_FINITE);
        assertThat(Comparison.of(Estimate.of(30, 1e-300, 1e-10), Estimate.of(30, 1, 4), DELTA)
                        .relative()
                        .reason())
                .contains(Reason.NOT_FINITE);
    }

    private static Estimate group(FixtureRow row, String side) {
        return Estimate.of(Math.round(row.number("n_" + side)), row.number("mean_" + side), row.number("var_" + side));
    }

    /** A bound near zero is a difference of the two means, which carry the rounding of their decimal digits. */
    private static void assertBound(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-15));
    }
}
