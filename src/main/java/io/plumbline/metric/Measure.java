package io.plumbline.metric;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One number of a metric per group: Σ numerator ÷ Σ denominator over the units that count. Without denominator it is the
 * constant 1 for every unit, so that the quotient is a mean over units. Only a {@link #percentile} is no quotient: it is
 * taken over the rows of all units together.
 *
 * @param step the step of a funnel that it is about; empty for a metric's own number
 * @param numerator the value that is added up over units
 * @param denominator what the numerator is divided by; empty means 1 for every unit
 * @param population which units count
 */
public record Measure(
        Optional<Step> step, UnitValue numerator, Optional<UnitValue> denominator, Population population) {

    /**
     * A step of a funnel.
     *
     * @param index from 1
     * @param name as defined
     */
    public record Step(int index, String name) {}

    /** Mean of a value over all exposed units; of a logarithm, over the units that have one. */
    public static Measure mean(UnitValue value) {
        Population population = value.log().isPresent() ? Population.PARTICIPATING : Population.ALL_UNITS;
        return new Measure(Optional.empty(), value, Optional.empty(), population);
    }

    /** Quotient of two values. */
    public static Measure ratio(UnitValue numerator, UnitValue denominator, Population population) {
        return new Measure(Optional.empty(), numerator, Optional.of(denominator), population);
    }

    /** Numerator and, where there is one, denominator. */
    public List<UnitValue> sides() {
        return Stream.concat(Stream.of(numerator), denominator.stream()).toList();
    }

    /** The percentile of the group's rows that the number is; empty where it is a quotient of sums. */
    public Optional<Rollup.Percentile> percentile() {
        return numerator.rollup() instanceof Rollup.Percentile percentile ? Optional.of(percentile) : Optional.empty();
    }

    /** The number of the step, from 1; 0 for the metric's own number. */
    public int stepIndex() {
        return step.map(Step::index).orElse(0);
    }
}
