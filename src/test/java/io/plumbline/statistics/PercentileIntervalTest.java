package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PercentileIntervalTest {

    private static final double Z = 1.959963984540054;

    static Stream<FixtureRow> ranks() {
        return FixtureRow.read("percentile_ranks.csv");
    }

    @ParameterizedTest
    @MethodSource("ranks")
    void levelsAgreeWithNumpy(FixtureRow row) {
        Moments rows = Samples.moments(row.numbers("s"), row.numbers("n"));
        PercentileInterval at95 = PercentileInterval.of(rows, row.number("level"), 0.05);
        PercentileInterval at90 = PercentileInterval.of(rows, row.number("level"), 0.1);

        assertClose(at95.lower(), row.number("lower"), 1e-9);
        assertClose(at95.upper(), row.number("upper"), 1e-9);
        assertClose(at90.lower(), row.number("lower_one_sided"), 1e-9);
        assertClose(at90.upper(), row.number("upper_one_sided"), 1e-9);
    }

    @Test
    void withOneRowForEachUnitTheVarianceIsThatOfAShare() {
        MomentsAccumulator rows = new MomentsAccumulator();
        rows.addRepeated(1, 1, 900).addRepeated(0, 1, 100);

        assertClose(
                PercentileInterval.of(rows.moments(), 0.9, 0.05).upper() - 0.9, Z * Math.sqrt(0.9 * 0.1 / 999), 1e-9);
    }

    @Test
    void twoPercentilesAreComparedAsTwoMeansAre() {
        PercentileInterval ranks = PercentileInterval.of(halfBelow(), 0.5, 0.05);
        Comparison comparison = Comparison.of(
                ranks.estimate(10, 9, 12), ranks.estimate(15, 13, 16), Inference.STANDARD.withNormalFrom(0));

        assertThat(comparison.absolute().value()).isEqualTo(5);
        assertClose(comparison.absolute().standardError(), Math.hypot(3, 3) / (2 * Z), 1e-12);
        assertClose(comparison.relative().value(), 0.5, 1e-15);
    }

    @Test
    void theComparisonOfPercentilesSaysThatTheirValuesAreEqual() {
        PercentileInterval ranks = PercentileInterval.of(halfBelow(), 0.5, 0.05);
        Comparison comparison = Comparison.of(ranks.estimate(7, 7, 7), ranks.estimate(9, 8, 10), Inference.STANDARD);

        assertThat(comparison.absolute().value()).isEqualTo(2);
        assertThat(comparison.absolute().reason()).contains(Reason.EQUAL_VALUES);
        assertThat(comparison.pValue()).isNaN();
    }

    @Test
    void valuesThatAreNotFiniteAreReported() {
        PercentileInterval ranks = PercentileInterval.of(halfBelow(), 0.5, 0.05);

        assertThat(ranks.estimate(Double.POSITIVE_INFINITY, 0, 1)).isEqualTo(Estimate.undefined(50, Reason.NOT_FINITE));
        assertThat(ranks.estimate(1, 0, Double.POSITIVE_INFINITY).reason()).contains(Reason.NOT_FINITE);
    }

    @Test
    void aHighPercentileOfFewRowsHasRanksAtTheirEnd() {
        assertThat(PercentileInterval.of(halfBelow(), 0.999, 0.05).upperRank()).isEqualTo(200);
        assertThat(PercentileInterval.of(halfBelow(), 0.001, 0.05).lowerRank()).isEqualTo(1);
    }

    @Test
    void ranksFollowFromTheSpreadOfTheUnits() {
        // Units (S, N) = (3, 3), (0, 2): R = 3/5, residuals 1.2 and -1.2, Var = 2.88, Var_c = 2.88 / (2 * 2.5^2) =
        // 0.2304.
        PercentileInterval interval = PercentileInterval.of(moments(new int[][] {{3, 3}, {0, 2}}), 0.5, 0.05);

        assertThat(interval.rows()).isEqualTo(5);
        assertThat(interval.lowerRank()).isEqualTo(1);
        assertThat(interval.upperRank()).isEqualTo(5);
        Estimate estimate = interval.estimate(300, 100, 500);
        assertThat(estimate.standardError()).isCloseTo(400 / (2 * Z), within(1e-12));
        assertThat(estimate.variance()).isCloseTo(2 * Math.pow(400 / (2 * Z), 2), within(1e-9));
        assertThat(estimate.n()).isEqualTo(2);
    }

    @Test
    void oneRowAUnitIsTheBinomialInterval() {
        int[][] units = new int[1000][];
        for (int i = 0; i < units.length; i++) {
            units[i] = new int[] {i < 900 ? 1 : 0, 1};
        }
        PercentileInterval interval = PercentileInterval.of(moments(units), 0.9, 0.05);

        double deviation = Math.sqrt(0.9 * 0.1 / 999);
        assertThat(interval.lowerRank()).isEqualTo((long) Math.floor(1000 * (0.9 - Z * deviation)));
        assertThat(interval.upperRank()).isEqualTo((long) Math.ceil(1000 * (0.9 + Z * deviation)));
    }

    @Test
    void unitsThatAreAlikeLeaveTheRanksOfThePercentileItself() {
        PercentileInterval interval = PercentileInterval.of(moments(new int[][] {{2, 4}, {2, 4}, {2, 4}}), 0.5, 0.05);

        assertThat(interval.lowerRank()).isEqualTo(6);
        assertThat(interval.upperRank()).isEqualTo(7);
    }

    @Test
    void equalValuesHaveNoStandardErrorAndSayWhy() {
        Estimate estimate = PercentileInterval.of(moments(new int[][] {{3, 3}, {2, 2}}), 0.5, 0.05)
                .estimate(7, 7, 7);

        assertThat(estimate.mean()).isEqualTo(7);
        assertThat(estimate.standardError()).isNaN();
        assertThat(estimate.reason()).contains(Reason.EQUAL_VALUES);
    }

    @Test
    void oneUnitAndNoUnit() {
        Estimate one =
                PercentileInterval.of(moments(new int[][] {{2, 3}}), 0.5, 0.05).estimate(2, 1, 3);
        Estimate none = PercentileInterval.of(Moments.EMPTY, 0.5, 0.05).estimate(2, 1, 3);

        assertThat(one.mean()).isEqualTo(2);
        assertThat(one.reason()).contains(Reason.TOO_FEW_UNITS);
        assertThat(none.reason()).contains(Reason.NO_UNITS);
    }

    /** 500 samples of 200 units, the rows of a unit alike: 95 % within four binomial standard errors is 91 % to 99 %. */
    @Test
    void theIntervalCoversThePercentileOfClusteredRows() {
        Random random = new Random(20260101);
        double truth = 1.2815515655446004 * Math.sqrt(1 + 0.25);
        int covered = 0;
        for (int sample = 0; sample < 500; sample++) {
            covered += covers(random, truth) ? 1 : 0;
        }
        assertThat(covered).isBetween(455, 495);
    }

    private static boolean covers(Random random, double truth) {
        List<double[]> units = new ArrayList<>();
        for (int unit = 0; unit < 200; unit++) {
            double own = random.nextGaussian();
            units.add(random.doubles(8)
                    .map(any -> own + 0.5 * random.nextGaussian())
                    .toArray());
        }
        double[] sorted =
                units.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        double position = (sorted.length - 1) * 0.9;
        int below = (int) Math.floor(position);
        double percentile = sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
        int[][] counts = units.stream()
                .map(values -> new int[] {
                    (int) Arrays.stream(values).filter(v -> v <= percentile).count(), values.length
                })
                .toArray(int[][]::new);
        PercentileInterval interval = PercentileInterval.of(moments(counts), 0.9, 0.05);
        return sorted[(int) interval.lowerRank() - 1] <= truth && truth <= sorted[(int) interval.upperRank() - 1];
    }

    /** 50 units of four rows, of which none, two or four are below the median. */
    private static Moments halfBelow() {
        return new MomentsAccumulator()
                .addRepeated(0, 4, 10)
                .addRepeated(2, 4, 30)
                .addRepeated(4, 4, 10)
                .moments();
    }

    private static Moments moments(int[][] units) {
        MomentsAccumulator moments = new MomentsAccumulator();
        for (int[] unit : units) {
            moments.add(unit[0], unit[1]);
        }
        return moments.moments();
    }
}
