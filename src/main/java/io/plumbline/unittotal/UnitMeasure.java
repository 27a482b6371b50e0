package io.plumbline.unittotal;

import io.plumbline.metric.Rollup;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import java.util.Optional;
import java.util.Set;

/**
 * A measure of a metric, of which units have values.
 *
 * @param experiments names of those that show the metric
 */
record UnitMeasure(PlannedMetric metric, PlannedMeasure measure, Set<String> experiments) {

    boolean isBeforeExposure() {
        return measure.isBeforeExposure();
    }

    /** The rule of the funnel that it is a part of. */
    Optional<Rollup.FunnelPart> funnel() {
        return funnel(measure);
    }

    static Optional<Rollup.FunnelPart> funnel(PlannedMeasure measure) {
        return measure.numerator().value().rollup() instanceof Rollup.FunnelPart part
                ? Optional.of(part)
                : Optional.empty();
    }

    /** Which units count: those that do on every side. Before exposure it is the metric's business. */
    Optional<Eligibility> eligibility() {
        return isBeforeExposure()
                ? Optional.empty()
                : Optional.of(new Eligibility(measure.sides().stream()
                        .map(UnitMeasure::window)
                        .distinct()
                        .toList()));
    }

    private static Eligibility.Window window(PlannedSide side) {
        return new Eligibility.Window(
                side.value().window(), side.total().component().precision());
    }
}
