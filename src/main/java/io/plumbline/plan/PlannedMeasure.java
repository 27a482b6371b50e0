package io.plumbline.plan;

import io.plumbline.metric.Measure;
import io.plumbline.metric.Population;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A measure with the totals it is made of.
 *
 * @param measure the definition
 * @param numerator the upper side
 * @param denominator the lower side; empty for the constant 1
 */
public record PlannedMeasure(Measure measure, PlannedSide numerator, Optional<PlannedSide> denominator) {

    /** Numerator and, where there is one, denominator. */
    public List<PlannedSide> sides() {
        return Stream.concat(Stream.of(numerator), denominator.stream()).toList();
    }

    /** The same measure over the days before exposure. */
    PlannedMeasure beforeExposure() {
        return new PlannedMeasure(measure, numerator.beforeExposure(), denominator.map(PlannedSide::beforeExposure));
    }

    /** Whether it is over the days before exposure. */
    public boolean isBeforeExposure() {
        return numerator.total().isBeforeExposure();
    }

    /** The totals of its sides, without repeats. */
    public List<UnitTotal> totals() {
        return sides().stream()
                .flatMap(side -> side.totals().stream())
                .distinct()
                .toList();
    }

    /**
     * Whether a unit takes part only if it has a value: it is no quotient, and who has no rows has no value. In such a
     * measure 0 is not what an absent value stands for.
     */
    public boolean needsValue() {
        return denominator.isEmpty() && isOfParticipants();
    }

    /** Whether only units that have a value count. */
    public boolean isOfParticipants() {
        return measure.population() == Population.PARTICIPATING;
    }
}
