package io.plumbline.analysis;

import io.plumbline.experiment.Experiment;
import java.time.LocalDate;
import java.util.List;

/**
 * All that is known of an experiment as of a day.
 *
 * @param experiment the definition
 * @param asOf results include all data up to the end of this local day
 * @param results of every view, in the order of metrics, breakdown values and groups
 * @param health whether the experiment can be trusted
 */
public record Scorecard(Experiment experiment, LocalDate asOf, List<Result> results, List<HealthCheck> health) {
    public Scorecard {
        results = List.copyOf(results);
        health = List.copyOf(health);
    }
}
