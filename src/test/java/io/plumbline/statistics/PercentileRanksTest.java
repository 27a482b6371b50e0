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

/** Ranks of a percentile's interval agree with the variance of the clustered share of rows; equal values say so. */
class PercentileRanksTest {

    private static final double Z = 1.959963984540054;

    static Stream<FixtureRow> ranks() {
        return FixtureRow.read("percentile_ranks.csv");
    }

    @ParameterizedTest
    @MethodSource("ranks")
    void agreesWithNumpy(FixtureRow row) {
        Moments rows = Samples.moments(row.numbers("s"), row.numbers("n"));
        double level = row.number("level");
        PercentileRanks both = PercentileRanks.of(rows, level, Inference.STANDARD);
        PercentileRanks one = PercentileRanks.of(rows, level, Inference.STANDARD.withAlternative(Alternative.GREATER));

        assertClose(both.lower(), row.number("lower"), 1e-9);
        assertClose(both.upper(), row.number("upper"), 1e-9);
        assertClose(one.lower(), row.number("lower_one_sided"), 1e-9);
        assertClose(one.upper(), row.number("upper_one_sided"), 1e-9);
        assertThat(both.reason()).isEmpty();
    }

    @Test
    void withOneRowForEachUnitTheVarianceIsThatOfAShare() {
        MomentsAccumulator rows = new MomentsAccumulator();
        rows.addRepeated(1, 1, 900).addRepeated(0, 1, 100);
        PercentileRanks ranks = PercentileRanks.of(rows.moments(), 0.9, Inference.STANDARD);

        assertClose(ranks.upper() - 0.9, Z * Math.sqrt(0.9 * 0.1 / 999), 1e-9);
    }

    @Test
    void theStandardErrorIsTheWidthInNormalQuantiles() {
        PercentileRanks ranks = PercentileRanks.of(halfBelow(), 0.5, Inference.STANDARD);
        Estimate estimate = ranks.estimate(10, 9, 12);

        assertThat(estimate.n()).isEqualTo(50);
        assertThat(estimate.mean()).isEqualTo(10);
        assertClose(estimate.standardError(), 3 / (2 * Z), 1e-12);
        assertClose(estimate.variance(), 50 * Math.pow(3 / (2 * Z), 2), 1e-12);
        assertThat(ranks.interval(9, 12)).isEqualTo(new Interval(9, 12));
    }

    @Test
    void twoPercentilesAreComparedAsTwoMeansAre() {
        PercentileRanks ranks = PercentileRanks.of(halfBelow(), 0.5, Inference.STANDARD);
        Comparison comparison = Comparison.of(
                ranks.estimate(10, 9, 12), ranks.estimate(15, 13, 16), Inference.STANDARD.withNormalFrom(0));

        assertThat(comparison.absolute().value()).isEqualTo(5);
        assertClose(comparison.absolute().standardError(), Math.hypot(3, 3) / (2 * Z), 1e-12);
        assertClose(comparison.relative().value(), 0.5, 1e-15);
    }

    @Test
    void aOneSidedIntervalIsOpen() {
        Inference inference = Inference.STANDARD.withAlternative(Alternative.LESS);

        assertThat(PercentileRanks.of(halfBelow(), 0.5, inference).interval(9, 12))
                .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, 12));
    }

    @Test
    void equalValuesHaveNoInterval() {
        PercentileRanks all = PercentileRanks.of(
                Samples.moments(new double[] {2, 5, 1}, new double[] {2, 5, 1}), 0.5, Inference.STANDARD);
        PercentileRanks around = PercentileRanks.of(halfBelow(), 0.5, Inference.STANDARD);

        assertThat(all.reason()).contains(Reason.EQUAL_VALUES);
        assertThat(all.lower()).isNaN();
        assertThat(all.upper()).isNaN();
        assertThat(all.interval(7, 7)).isEqualTo(Interval.UNDEFINED);
        assertThat(all.estimate(7, 7, 7))
                .isEqualTo(new Estimate(3, 7, Double.NaN, Double.NaN, Optional.of(Reason.EQUAL_VALUES)));
        assertThat(around.estimate(7, 7, 7).reason()).contains(Reason.EQUAL_VALUES);
        assertThat(around.interval(7, 7)).isEqualTo(Interval.UNDEFINED);
    }

    @Test
    void theComparisonOfPercentilesSaysThatTheirValuesAreEqual() {
        PercentileRanks ranks = PercentileRanks.of(halfBelow(), 0.5, Inference.STANDARD);
        Comparison comparison = Comparison.of(ranks.estimate(7, 7, 7), ranks.estimate(9, 8, 10), Inference.STANDARD);

        assertThat(comparison.absolute().value()).isEqualTo(2);
        assertThat(comparison.absolute().reason()).contains(Reason.EQUAL_VALUES);
        assertThat(comparison.pValue()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.999, 0.001})
    void aHighPercentileOfFewRowsHasNoInterval(double level) {
        PercentileRanks ranks = PercentileRanks.of(halfBelow(), level, Inference.STANDARD);

        assertThat(ranks.reason()).contains(Reason.TOO_FEW_ROWS);
        assertThat(ranks.lower()).isNaN();
        assertThat(ranks.estimate(3, Double.NaN, Double.NaN).mean()).isEqualTo(3);
    }

    @Test
    void smallGroupsSayWhy() {
        assertThat(PercentileRanks.of(Moments.EMPTY, 0.5, Inference.STANDARD).reason())
                .contains(Reason.NO_UNITS);
        assertThat(PercentileRanks.of(Moments.EMPTY, 0.5, Inference.STANDARD).estimate(Double.NaN, 0, 0))
                .isEqualTo(Estimate.undefined(0, Reason.NO_UNITS));
        assertThat(PercentileRanks.of(Moments.ofConstant(1, 2, 4), 0.5, Inference.STANDARD)
                        .reason())
                .contains(Reason.TOO_FEW_UNITS);
        assertThat(PercentileRanks.of(Moments.ofConstant(4, 0, 0), 0.5, Inference.STANDARD)
                        .reason())
                .contains(Reason.ZERO_DENOMINATOR);
    }

    @Test
    void valuesThatAreNotFiniteAreReported() {
        PercentileRanks ranks = PercentileRanks.of(halfBelow(), 0.5, Inference.STANDARD);

        assertThat(ranks.estimate(Double.POSITIVE_INFINITY, 0, 1)).isEqualTo(Estimate.undefined(50, Reason.NOT_FINITE));
        assertThat(ranks.estimate(1, 0, Double.POSITIVE_INFINITY).reason()).contains(Reason.NOT_FINITE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 99.5, Double.NaN})
    void aPercentileIsAShare(double level) {
        assertThatThrownBy(() -> PercentileRanks.of(halfBelow(), level, Inference.STANDARD))
                .hasMessage("percentile is " + level + ": give a number between 0 and 1, such as 0.5");
    }

    /** 50 units of four rows, of which none, two or four are below the median. */
    private static Moments halfBelow() {
        return new MomentsAccumulator()
                .addRepeated(0, 4, 10)
                .addRepeated(2, 4, 30)
                .addRepeated(4, 4, 10)
                .moments();
    }
}
