package io.plumbline.unittotal;

import io.plumbline.unitday.ExactSum;
import java.util.Map;
import java.util.TreeMap;

/**
 * A total whose days are limited. It is the day that is limited and not its parts: the parts and leaves of a day that are
 * in the window are added up first, then the sum is limited, then the days are added up.
 */
final class CappedDays implements TotalReading.UnitSum {

    private final TotalReading reading;
    private final Map<Integer, double[]> days = new TreeMap<>();

    CappedDays(TotalReading reading) {
        this.reading = reading;
    }

    @Override
    public void add(Object[] state, int day) {
        double[] sums = days.computeIfAbsent(day, key -> new double[reading.inputs()]);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += ((Number) state[i]).doubleValue();
        }
    }

    @Override
    public void write(Object[] columns, int from) {
        double high = 0;
        double low = 0;
        for (double[] sums : days.values()) {
            double value = 0;
            for (double sum : sums) {
                value += sum;
            }
            double limited = Math.min(value, reading.cap());
            high += ExactSum.highPart(limited);
            low += ExactSum.lowPart(limited);
        }
        columns[from] = high;
        columns[from + 1] = low;
    }
}
