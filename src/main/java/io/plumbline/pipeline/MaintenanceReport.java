package io.plumbline.pipeline;

import java.util.List;

/**
 * What maintenance did.
 *
 * @param chores what was done, table by table
 * @param steps one per table
 */
public record MaintenanceReport(List<Chore> chores, List<StepReport> steps) {
    public MaintenanceReport {
        chores = List.copyOf(chores);
        steps = List.copyOf(steps);
    }

    /** The number of tables on which it ended in a way. */
    public long count(StepReport.Status status) {
        return steps.stream().filter(step -> step.status() == status).count();
    }
}
