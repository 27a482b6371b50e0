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

    /** Whether only units that have a value count. */
    public boolean isOfParticipants() {
        return measure.population() == Population.PARTICIPATING;
    }
}
