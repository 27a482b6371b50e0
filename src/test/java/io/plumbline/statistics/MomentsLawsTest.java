package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of merging moments of disjoint sets of units, on seeded random sets. */
class MomentsLawsTest {

    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theEmptySetIsTheIdentity(long seed) {
        Moments moments = random(new Random(seed), 1 + (int) seed * 7);

        assertThat(moments.merge(Moments.EMPTY)).isEqualTo(moments);
        assertThat(Moments.EMPTY.merge(moments)).isEqualTo(moments);
        assertThat(Moments.EMPTY.merge(Moments.EMPTY)).isEqualTo(Moments.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void mergingIsCommutative(long seed) {
        Random random = new Random(seed);
        Moments a = random(random, 1 + random.nextInt(200));
        Moments b = random(random, 1 + random.nextInt(200));

        assertEqual(a.merge(b), b.merge(a));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void mergingIsAssociative(long seed) {
        Random random = new Random(seed);
        Moments a = random(random, 1 + random.nextInt(200));
        Moments b = random(random, 1 + random.nextInt(200));
        Moments c = random(random, 1 + random.nextInt(200));

        assertEqual(a.merge(b).merge(c), a.merge(b.merge(c)));
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void thePartsMergedAreTheWhole(long seed) {
        Random random = new Random(seed);
        MomentsAccumulator whole = new MomentsAccumulator();
        Moments parts = Moments.EMPTY;
        for (int part = 0; part < 1 + random.nextInt(20); part++) {
            MomentsAccumulator accumulator = new MomentsAccumulator();
            for (int unit = 0; unit < random.nextInt(50); unit++) {
                double x = Math.exp(2 * random.nextGaussian());
                double y = 1 + random.nextInt(9);
                accumulator.add(x, y);
                whole.add(x, y);
            }
            parts = parts.merge(accumulator.moments());
        }

        assertEqual(parts, whole.moments());
    }

    /** The exact answer comes from arithmetic without rounding. A naive sum of squares has no correct digit here. */
    @Test
    void valuesNearOneBillionKeepNineDigits() {
        double[] values = nearOneBillion();

        assertClose(Samples.moments(values).m2X(), exactM2(values), TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void valuesNearOneBillionKeepNineDigitsInParts(int parts) {
        double[] values = nearOneBillion();
        int size = values.length / parts;
        Moments merged = Moments.EMPTY;
        for (int part = 0; part < parts; part++) {
            merged = merged.merge(Samples.moments(Arrays.copyOfRange(values, part * size, (part + 1) * size)));
        }

        assertThat(merged.n()).isEqualTo(values.length);
        assertClose(merged.m2X(), exactM2(values), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"1e15", "1e-15", "1e100", "1e-100"})
    void scaleDoesNotMatter(double scale) {
        double[] x = {3, 1, 4, 1, 5, 9, 2, 6};
        double[] y = {2, 7, 1, 8, 2, 8, 1, 8};
        Moments plain = Samples.moments(x, y);
        Moments scaled =
                Samples.moments(Arrays.stream(x).map(value -> value * scale).toArray(), y);

        assertClose(scaled.meanX(), plain.meanX() * scale, TOLERANCE);
        assertClose(scaled.m2X(), plain.m2X() * scale * scale, TOLERANCE);
        assertClose(scaled.cXY(), plain.cXY() * scale, TOLERANCE);
        assertThat(scaled.m2Y()).isEqualTo(plain.m2Y());
    }

    @Test
    void constantsDoNotVaryHoweverTheyAreMerged() {
        Moments merged = Moments.EMPTY;
        for (int part = 1; part < 50; part++) {
            merged = merged.merge(Moments.ofConstant(part, 0.1, 0.7));
        }

        assertThat(merged).isEqualTo(Moments.ofConstant(49 * 25, 0.1, 0.7));
    }

    private static double[] nearOneBillion() {
        return new Random(7).doubles(200_000).map(value -> 1e9 + 2 * value - 1).toArray();
    }

    private static double exactM2(double[] values) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (double value : values) {
            BigDecimal exact = new BigDecimal(value);
            sum = sum.add(exact);
            squares = squares.add(exact.multiply(exact));
        }
        return squares.subtract(sum.multiply(sum).divide(BigDecimal.valueOf(values.length), new MathContext(60)))
                .doubleValue();
    }

    private static Moments random(Random random, int units) {
        MomentsAccumulator accumulator = new MomentsAccumulator();
        double location = 10 * random.nextGaussian();
        for (int unit = 0; unit < units; unit++) {
            double y = 1 + random.nextInt(5);
            accumulator.add(location + y * random.nextGaussian(), y);
        }
        return accumulator.moments();
    }

    /** Co-moments may cancel; they are compared on the scale that they could have. */
    private static void assertEqual(Moments actual, Moments expected) {
        assertThat(actual.n()).isEqualTo(expected.n());
        double spreadX = Math.sqrt(expected.m2X());
        double spreadY = Math.sqrt(expected.m2Y());
        assertThat(actual.meanX())
                .isCloseTo(expected.meanX(), within(TOLERANCE * (Math.abs(expected.meanX()) + spreadX)));
        assertThat(actual.meanY())
                .isCloseTo(expected.meanY(), within(TOLERANCE * (Math.abs(expected.meanY()) + spreadY)));
        assertClose(actual.m2X(), expected.m2X(), TOLERANCE);
        assertClose(actual.m2Y(), expected.m2Y(), TOLERANCE);
        assertThat(actual.cXY()).isCloseTo(expected.cXY(), within(TOLERANCE * spreadX * spreadY));
    }
}
