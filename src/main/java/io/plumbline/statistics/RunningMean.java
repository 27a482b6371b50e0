package io.plumbline.statistics;

/**
 * A mean that is moved in small steps, held as an unevaluated sum of two doubles: a million steps of a mean near 1e9 would otherwise leave
 * its eighth decimal, and with it the digits of the variance, to rounding.
 *
 * @see <a href="https://doi.org/10.1007/BF01397083">Dekker 1971, doi:10.1007/BF01397083</a>
 */
final class RunningMean {

    private double high;
    private double low;

    double value() {
        return high;
    }

    /** How far a value is above the mean. */
    double distanceTo(double value) {
        return value - high - low;
    }

    /** Moves the mean; the part of the step that {@code high} cannot hold stays in {@code low}. */
    void move(double by) {
        double step = low + by;
        double sum = high + step;
        double held = sum - high;
        low = (high - (sum - held)) + (step - held);
        high = sum;
    }
}
