package io.plumbline.summary;

import java.io.Serializable;

/**
 * The winsorization bounds of a metric in an experiment.
 *
 * @param numerator limits of the numerator
 * @param denominator limits of the denominator
 */
public record MetricBounds(Bounds numerator, Bounds denominator) implements Serializable {

    /** A metric without winsorization. */
    public static final MetricBounds NONE = new MetricBounds(Bounds.NONE, Bounds.NONE);
}
