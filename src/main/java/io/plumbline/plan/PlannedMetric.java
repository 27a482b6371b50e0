package io.plumbline.plan;

import io.plumbline.metric.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A metric with the totals it is made of.
 *
 * @param metric the definition
 * @param hash of all that changes its numbers, the definitions of its sources included
 * @param numerator the upper side
 * @param denominator the lower side; empty for the constant 1
 * @param catalogRows number of rows of the numerator's selection, for the catalog series
 */
public record PlannedMetric(
        Metric metric,
        String hash,
        PlannedSide numerator,
        Optional<PlannedSide> denominator,
        PlannedComponent catalogRows) {

    /** The metric's name. */
    public String name() {
        return metric.name();
    }

    /** Numerator and, where there is one, denominator. */
    public List<PlannedSide> sides() {
        return Stream.concat(Stream.of(numerator), denominator.stream()).toList();
    }

    /** The source columns by which the metric is also shown. */
    public List<String> dimensions() {
        return metric.about().breakdowns();
    }
}
