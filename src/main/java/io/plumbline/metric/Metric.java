package io.plumbline.metric;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A measure of behaviour by which experiments are judged. Every type is a ratio of two unit values, Σ numerator ÷ Σ
 * denominator over the analysed units of a group; where there is no denominator it is the constant 1, so that the ratio
 * is the mean over all exposed units.
 */
public sealed interface Metric permits CountMetric, SumMetric, MeanMetric, UnitCountMetric, RatioMetric {

    /** Name, direction, breakdowns and the like. */
    MetricInfo about();

    /** The value that is added up over units. */
    UnitValue numerator();

    /** What the numerator is divided by; empty means 1 for every unit. */
    Optional<UnitValue> denominator();

    /** What happens to the numerators of units whose denominator is zero; without effect where there is none. */
    default DenominatorPolicy denominatorPolicy() {
        return DenominatorPolicy.PARTICIPATING;
    }

    /** The type as written in definitions. */
    String type();

    /** The metric's name. */
    default String name() {
        return about().info().name();
    }

    /** Numerator and, where there is one, denominator. */
    default List<UnitValue> sides() {
        return Stream.concat(Stream.of(numerator()), denominator().stream()).toList();
    }
}
