package io.plumbline.pipeline;

import io.plumbline.analysis.Scorecard;
import java.time.LocalDate;
import java.util.List;

/**
 * What a run did.
 *
 * @param runId identifies the run in the tables
 * @param asOf results include all data up to the end of this local day
 * @param steps in the order in which they ended
 * @param scorecards of the experiments that have results as of the day
 */
public record RunReport(String runId, LocalDate asOf, List<StepReport> steps, List<Scorecard> scorecards) {
    public RunReport {
        steps = List.copyOf(steps);
        scorecards = List.copyOf(scorecards);
    }

    /** The number of steps that ended in a way. */
    public long count(StepReport.Status status) {
        return steps.stream().filter(step -> step.status() == status).count();
    }
}
