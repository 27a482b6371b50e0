package io.plumbline.unittotal;

import io.plumbline.unitday.ExactSum;
import java.util.Map;
import java.util.TreeMap;

/**
 * A total whose days are limited. It is the day that is limited and not its parts: the parts and leaves of a day that are
 * in the window are added up first, then the sum is limited, then the days are added up.
 */
final class CappedDays implements UnitSum {

    private final int inputs;
    private final double cap;
    private final Map<Integer, double[]> days = new TreeMap<>();

    CappedDays(int inputs, double cap) {
        this.inputs = inputs;
        this.cap = cap;
    }

    @Override
    public void add(Object[] state, int day) {
        double[] sums = days.computeIfAbsent(day, key -> new double[inputs]);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += ((Number) state[i]).doubleValue();
        }
    }

    /** The sum of the limited days. */
    @Override
    public double number() {
        double high = 0;
        double low = 0;
        for (double[] sums : days.values()) {
            double value = 0;
            for (double sum : sums) {
                value += sum;
            }
            double limited = Math.min(value, cap);
            high += ExactSum.highPart(limited);
            low += ExactSum.lowPart(limited);
        }
        return high + low;
    }
}
