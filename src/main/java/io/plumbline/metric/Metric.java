package io.plumbline.metric;

import java.util.List;

/**
 * A measure of behaviour by which experiments are judged. Every type says what it is made of as {@link Measure}s, each a
 * quotient of two sums of unit values; what is computed follows from these alone.
 */
public sealed interface Metric
        permits CountMetric,
                SumMetric,
                MeanMetric,
                CountDistinctMetric,
                OneValueMetric,
                UnitCountMetric,
                RatioMetric,
                PercentileMetric,
                RetentionMetric,
                FunnelMetric {

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

    /** Whether it has a value over the whole population on each day. */
    default boolean hasDailyValue() {
        return true;
    }

    /** The metric's name. */
    default String name() {
        return about().info().name();
    }

    /**
     * Whether the metric can be told for one day since exposure by itself: its sides are sums over rows, or say whether there
     * was any row.
     *
     * <p>A count or sum is then that of the day, with the cap, threshold, winsorization and logarithm applied to it (the
     * bounds of the winsorization are those of the days of all units together); a mean or ratio is the quotient of the
     * day's sums; the unit counts are 1 for units with a row on the day. A cohort window leaves the days and parts of days
     * outside it without rows; {@code only_matured} and {@code bake_days} keep units out as they do over the whole time.
     */
    default boolean isToldByDay() {
        return sides().stream()
                .allMatch(side -> side.rollup() instanceof Rollup.Plain
                        && side.components().stream()
                                .allMatch(component -> component.aggregate().isAdditive()));
    }

    /**
     * Whether its value over the days before exposure is a covariate: it is one number, and every side adds up to one whatever
     * the days are. Percentiles, retention and funnels have none.
     */
    default boolean hasCovariate() {
        return measures().size() == 1 && sides().stream().allMatch(side -> side.rollup() instanceof Rollup.Plain);
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
