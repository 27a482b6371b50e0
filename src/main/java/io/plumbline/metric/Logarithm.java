package io.plumbline.metric;

/**
 * Takes the logarithm of positive unit values. Units whose value is zero or negative have none, and leave the metric.
 *
 * @param base more than 1
 */
public record Logarithm(double base) {

    public Logarithm {
        if (!(base > 1) || Double.isInfinite(base)) {
            throw new IllegalArgumentException("base must be a number above 1, was " + base);
        }
    }
}
