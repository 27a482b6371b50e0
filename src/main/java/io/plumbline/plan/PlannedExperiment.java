package io.plumbline.plan;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An experiment with its metrics' totals.
 *
 * @param experiment the definition
 * @param source where its exposures come from
 * @param exposureHash of all that decides who is exposed when
 * @param ids where events that carry another id find their units; empty when none do
 * @param metrics in the order of roles
 * @param lastDay the last day whose data counts: {@code min(as-of day, end)}
 * @param lastWindowDay the last day whose data counts for metrics whose window has an end
 */
public record PlannedExperiment(
        Experiment experiment,
        AssignmentSource source,
        String exposureHash,
        Optional<IdScan> ids,
        List<PlannedMetric> metrics,
        LocalDate lastDay,
        LocalDate lastWindowDay) {
    public PlannedExperiment {
        metrics = List.copyOf(metrics);
    }

    /** The experiment's name. */
    public String name() {
        return experiment.name();
    }

    /** Whether some metric of the experiment is made of a source. */
    public boolean uses(String source) {
        return metrics.stream().anyMatch(metric -> metric.metric().sources().contains(source));
    }

    /** The same experiment with some of its metrics. */
    public PlannedExperiment with(List<PlannedMetric> someMetrics) {
        return new PlannedExperiment(experiment, source, exposureHash, ids, someMetrics, lastDay, lastWindowDay);
    }

    /**
     * The source columns by which a metric is shown in this experiment: those that it is broken down by, but for names
     * that the experiment uses for a unit property. There the property is shown, under which each unit has one value.
     */
    public List<String> columnDimensions(PlannedMetric metric) {
        return metric.dimensions().stream()
                .filter(dimension -> !experiment.breakdowns().contains(dimension))
                .toList();
    }
}
