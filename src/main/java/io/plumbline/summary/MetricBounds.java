package io.plumbline.summary;

import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import java.io.Serializable;
import java.util.Map;

/**
 * The winsorization bounds of a metric in an experiment.
 *
 * @param numerator limits of the numerator
 * @param denominator limits of the denominator
 */
public record MetricBounds(Bounds numerator, Bounds denominator) implements Serializable {

    /** A metric without winsorization. */
    public static final MetricBounds NONE = new MetricBounds(Bounds.NONE, Bounds.NONE);

    /** Under which name bounds are kept: that of the metric, with a mark for those of its values before exposure. */
    static String key(PlannedMetric metric, PlannedMeasure measure) {
        return measure.isBeforeExposure() ? metric.name() + "__before" : metric.name();
    }

    /** The bounds of a measure among those of an experiment. */
    static MetricBounds of(Map<String, MetricBounds> bounds, PlannedMetric metric, PlannedMeasure measure) {
        return bounds.getOrDefault(key(metric, measure), NONE);
    }
}
