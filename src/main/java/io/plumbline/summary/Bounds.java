package io.plumbline.summary;

import java.io.Serializable;

/**
 * The limits between which a side of a metric is kept.
 *
 * @param lower least value; negative infinity for none
 * @param upper greatest value; infinity for none
 */
public record Bounds(double lower, double upper) implements Serializable {

    /** No limits. */
    public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** The value, or the bound that it lies beyond. */
    public double clamp(double value) {
        return Math.max(lower, Math.min(upper, value));
    }
}
