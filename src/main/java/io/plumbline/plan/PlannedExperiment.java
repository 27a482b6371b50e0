package io.plumbline.plan;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import java.time.LocalDate;
import java.util.List;

/**
 * An experiment with its metrics' totals.
 *
 * @param experiment the definition
 * @param source where its exposures come from
 * @param exposureHash of all that decides who is exposed when
 * @param metrics in the order of roles
 * @param lastDay the last day whose data counts: {@code min(as-of day, end)}
 */
public record PlannedExperiment(
        Experiment experiment,
        AssignmentSource source,
        String exposureHash,
        List<PlannedMetric> metrics,
        LocalDate lastDay) {
    public PlannedExperiment {
        metrics = List.copyOf(metrics);
    }

    /** The experiment's name. */
    public String name() {
        return experiment.name();
    }
}
