package io.plumbline.metric;

import java.util.List;

/**
 * A measure of behaviour by which experiments are judged. Every type says what it is made of as {@link Measure}s, each a
 * quotient of two sums of unit values; what is computed follows from these alone.
 */
public sealed interface Metric permits CountMetric, SumMetric, MeanMetric, UnitCountMetric, RatioMetric, FunnelMetric {

    /** Name, direction, breakdowns and the like. */
    MetricInfo about();

    /** What is shown for every group: the metric's own number first, then those of its steps. */
    List<Measure> measures();

    /** The rows that the catalog series counts beside its value, with the units that have any. */
    default Selection catalogRows() {
        return measure().numerator().component().rows();
    }

    /** The type as written in definitions. */
    String type();

    /** The metric's name. */
    default String name() {
        return about().info().name();
    }

    /** The metric's own number. */
    default Measure measure() {
        return measures().get(0);
    }

    /** The unit values of all measures, without repeats. */
    default List<UnitValue> sides() {
        return measures().stream()
                .flatMap(measure -> measure.sides().stream())
                .distinct()
                .toList();
    }

    /** The components of all measures, without repeats. */
    default List<Component> components() {
        return sides().stream()
                .flatMap(side -> side.components().stream())
                .distinct()
                .toList();
    }

    /** The names of the metric sources that it is made of, without repeats. */
    default List<String> sources() {
        return components().stream().map(Component::source).distinct().toList();
    }
}
