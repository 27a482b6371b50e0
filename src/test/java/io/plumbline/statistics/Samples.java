package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

/** Moments of small samples, and equality of numbers up to a relative error. */
final class Samples {

    private Samples() {}

    static Moments moments(double... values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return moments(values, ones);
    }

    static Moments moments(double[] x, double[] y) {
        MomentsAccumulator accumulator = new MomentsAccumulator();
        for (int unit = 0; unit < x.length; unit++) {
            accumulator.add(x[unit], y[unit]);
        }
        return accumulator.moments();
    }

    static Estimate mean(double... values) {
        return Estimate.ofMean(moments(values));
    }

    static void assertClose(double actual, double expected, double relativeError) {
        assertThat(actual).isCloseTo(expected, within(relativeError * Math.abs(expected)));
    }
}
