package io.plumbline.plan;

import io.plumbline.metric.Metric;
import java.util.List;
import java.util.Optional;

/**
 * A metric with the totals it is made of.
 *
 * @param metric the definition
 * @param hash of all that changes its numbers, the definitions of its sources included
 * @param measures the metric's own number first, then those of its steps
 * @param catalogRows number of rows of the first selection, for the catalog series
 */
public record PlannedMetric(Metric metric, String hash, List<PlannedMeasure> measures, PlannedComponent catalogRows) {
    public PlannedMetric {
        measures = List.copyOf(measures);
    }

    /** The metric's name. */
    public String name() {
        return metric.name();
    }

    /** The metric's own number. */
    public PlannedMeasure measure() {
        return measures.get(0);
    }

    /** The metric's own number over the days before exposure; empty for types that have none. */
    public Optional<PlannedMeasure> beforeExposure() {
        return metric.hasCovariate() ? Optional.of(measure().beforeExposure()) : Optional.empty();
    }

    /** The sides of all measures, without repeats. */
    public List<PlannedSide> sides() {
        return measures.stream()
                .flatMap(measure -> measure.sides().stream())
                .distinct()
                .toList();
    }

    /** The totals of all sides, without repeats. */
    public List<UnitTotal> totals() {
        return sides().stream()
                .flatMap(side -> side.totals().stream())
                .distinct()
                .toList();
    }

    /** The components of all totals, without repeats. */
    public List<PlannedComponent> components() {
        return totals().stream().map(UnitTotal::component).distinct().toList();
    }

    /** Whether its unit values are needed again once something is known of all of them: bounds or percentiles. */
    public boolean isReadTwice() {
        return sides().stream().anyMatch(side -> side.value().winsorization().isPresent())
                || measures.stream()
                        .anyMatch(measure -> measure.measure().percentile().isPresent());
    }

    /** The source columns by which the metric is also shown. */
    public List<String> dimensions() {
        return metric.about().breakdowns();
    }
}
