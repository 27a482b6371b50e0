package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Co-moments of vectors: the laws of merging, agreement with the moments of pairs, digits far from zero, and what is left out. */
class CoMomentsTest {

    private static final int COLUMNS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theEmptySetIsTheIdentity(long seed) {
        CoMoments moments = random(new Random(seed), 9).moments();

        assertThat(moments.merge(CoMoments.empty(COLUMNS))).isEqualTo(moments);
        assertThat(CoMoments.empty(COLUMNS).merge(moments)).isEqualTo(moments);
        assertThat(CoMoments.empty(COLUMNS).merge(CoMoments.empty(COLUMNS))).isEqualTo(CoMoments.empty(COLUMNS));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void mergingIsCommutativeAndAssociative(long seed) {
        Random random = new Random(seed);
        CoMoments a = random(random, 1 + random.nextInt(90)).moments();
        CoMoments b = random(random, 1 + random.nextInt(90)).moments();
        CoMoments c = random(random, 1 + random.nextInt(90)).moments();

        assertEqual(a.merge(b), b.merge(a));
        assertEqual(a.merge(b).merge(c), a.merge(b.merge(c)));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void thePartsMergedAreTheWhole(long seed) {
        Random random = new Random(seed);
        CoMomentsAccumulator whole = new CoMomentsAccumulator(COLUMNS);
        CoMoments parts = CoMoments.empty(COLUMNS);
        for (int part = 0; part < 1 + random.nextInt(20); part++) {
            CoMomentsAccumulator accumulator = new CoMomentsAccumulator(COLUMNS);
            for (int unit = 0; unit < random.nextInt(50); unit++) {
                double[] vector = vector(random);
                accumulator.add(vector);
                whole.add(vector);
            }
            parts = parts.merge(accumulator.moments());
        }

        assertEqual(parts, whole.moments());
    }

    @Test
    void twoColumnsAreTheMomentsOfAPair() {
        double[] x = {3, 1, 4, 1, 5, 9};
        double[] y = {2, 7, 1, 8, 2, 8};
        CoMomentsAccumulator accumulator = new CoMomentsAccumulator(3);
        for (int unit = 0; unit < x.length; unit++) {
            accumulator.add(x[unit], 17, y[unit]);
        }

        assertThat(accumulator.moments().pair(0, 2)).isEqualTo(Samples.moments(x, y));
        assertThat(accumulator.moments().pair(2, 0)).isEqualTo(Samples.moments(y, x));
        assertThat(accumulator.moments().product(1, 1)).isZero();
    }

    @Test
    void travelsAsArrays() {
        CoMoments moments = random(new Random(3), 20).moments();
        CoMoments copy = CoMoments.of(moments.n(), moments.means(), moments.products());

        assertThat(copy).isEqualTo(moments).hasSameHashCodeAs(moments).hasToString(moments.toString());
        assertThat(moments.products()).hasSize(10);
        assertThat(moments.products()[4]).isEqualTo(moments.product(2, 1)).isEqualTo(moments.product(1, 2));
        assertThat(moments.means()[3]).isEqualTo(moments.mean(3));
    }

    @Test
    void arraysHandedInOrOutAreCopies() {
        double[] means = {1, 2};
        double[] products = {1, 0, 1};
        CoMoments moments = CoMoments.of(5, means, products);
        means[0] = 99;
        products[0] = 99;
        moments.means()[0] = 99;
        moments.products()[0] = 99;

        assertThat(moments.mean(0)).isEqualTo(1);
        assertThat(moments.product(0, 0)).isEqualTo(1);
    }

    @Test
    void differsByAnyPart() {
        CoMoments moments = CoMoments.of(5, new double[] {1}, new double[] {2});

        assertThat(moments).isNotEqualTo(CoMoments.of(6, new double[] {1}, new double[] {2}));
        assertThat(moments).isNotEqualTo(CoMoments.of(5, new double[] {3}, new double[] {2}));
        assertThat(moments).isNotEqualTo(CoMoments.of(5, new double[] {1}, new double[] {3}));
        assertThat(moments).isNotEqualTo("moments");
    }

    @Test
    void repeatedUnitsAreAddedInOneStep() {
        CoMomentsAccumulator one = new CoMomentsAccumulator(2).add(1, 5).addRepeated(new double[] {0, 1}, 3);
        CoMomentsAccumulator other =
                new CoMomentsAccumulator(2).add(1, 5).add(0, 1).add(0, 1).add(0, 1);

        assertThat(one.moments().n()).isEqualTo(4);
        assertClose(one.moments().product(0, 1), other.moments().product(0, 1), 1e-15);
        assertThat(one.addRepeated(new double[] {7, 7}, 0).moments().n()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void unitsWithoutANumberAreCountedAndLeftOut(double value) {
        CoMomentsAccumulator accumulator =
                new CoMomentsAccumulator(2).add(1, 2).add(value, 2).add(1, value);
        accumulator.addRepeated(new double[] {1, value}, 5);

        assertThat(accumulator.moments()).isEqualTo(CoMoments.ofConstant(1, 1, 2));
        assertThat(accumulator.excluded()).isEqualTo(7);
    }

    /** The exact answer comes from arithmetic without rounding. */
    @Test
    void valuesNearOneBillionKeepNineDigits() {
        Random random = new Random(8);
        CoMomentsAccumulator accumulator = new CoMomentsAccumulator(2);
        BigDecimal sumX = BigDecimal.ZERO;
        BigDecimal sumY = BigDecimal.ZERO;
        BigDecimal sumXY = BigDecimal.ZERO;
        int units = 100_000;
        for (int unit = 0; unit < units; unit++) {
            double x = 1e9 + 2 * random.nextDouble() - 1;
            double y = -1e9 + (x - 1e9) + random.nextDouble();
            accumulator.add(x, y);
            sumX = sumX.add(new BigDecimal(x));
            sumY = sumY.add(new BigDecimal(y));
            sumXY = sumXY.add(new BigDecimal(x).multiply(new BigDecimal(y)));
        }
        BigDecimal product = sumX.multiply(sumY).divide(BigDecimal.valueOf(units), new MathContext(60));

        assertClose(accumulator.moments().product(0, 1), sumXY.subtract(product).doubleValue(), 1e-12);
    }

    @Test
    void refusesImpossibleInput() {
        assertThatThrownBy(() -> CoMoments.empty(0)).hasMessage("number of columns is 0: give 1 or more");
        assertThatThrownBy(() -> CoMoments.ofConstant(-1, 2)).hasMessage("number of units is -1: give 0 or more");
        assertThatThrownBy(() -> CoMoments.of(1, new double[2], new double[2]))
                .hasMessage("there are 2 products for 2 columns: give 3");
        assertThatThrownBy(() -> CoMoments.of(1, new double[2], new double[] {1, 0, -1}))
                .hasMessage("sum of squared deviations of column 1 is -1.0: give 0 or more");
        assertThatThrownBy(() -> CoMoments.empty(2).merge(CoMoments.empty(3)))
                .hasMessage("one side has 2 columns, the other 3: give both the same");
        assertThatThrownBy(() -> new CoMomentsAccumulator(2).add(1))
                .hasMessage("the unit has 1 values: give 2, one for each column");
        assertThatThrownBy(() -> new CoMomentsAccumulator(1).addRepeated(new double[1], -3))
                .hasMessage("number of repeated units is -3: give 0 or more");
    }

    @Test
    void withoutUnitsTheArraysDoNotMatter() {
        assertThat(CoMoments.of(0, new double[] {7}, new double[] {7})).isEqualTo(CoMoments.empty(1));
        assertThat(new CoMomentsAccumulator(1).moments()).isEqualTo(CoMoments.empty(1));
    }

    private static CoMomentsAccumulator random(Random random, int units) {
        CoMomentsAccumulator accumulator = new CoMomentsAccumulator(COLUMNS);
        for (int unit = 0; unit < units; unit++) {
            accumulator.add(vector(random));
        }
        return accumulator;
    }

    private static double[] vector(Random random) {
        double level = 5 * random.nextGaussian();
        return new double[] {level, level + random.nextGaussian(), random.nextInt(9), 1};
    }

    /** Products may cancel; they are compared on the scale that they could have. */
    private static void assertEqual(CoMoments actual, CoMoments expected) {
        assertThat(actual.n()).isEqualTo(expected.n());
        for (int i = 0; i < COLUMNS; i++) {
            double spread = Math.sqrt(expected.product(i, i));
            assertThat(actual.mean(i))
                    .isCloseTo(expected.mean(i), within(1e-12 * (Math.abs(expected.mean(i)) + spread)));
            for (int j = 0; j < COLUMNS; j++) {
                double scale = spread * Math.sqrt(expected.product(j, j));
                assertThat(actual.product(i, j)).isCloseTo(expected.product(i, j), within(1e-12 * scale));
            }
        }
    }
}
