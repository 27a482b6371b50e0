package io.plumbline.analysis;

import io.plumbline.experiment.Group;
import io.plumbline.experiment.Role;
import io.plumbline.experiment.View;
import io.plumbline.metric.Measure;
import io.plumbline.summary.Slice;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a result is about.
 *
 * @param experiment the experiment's name
 * @param metric the metric's name
 * @param metricHash of all that changes the metric's numbers
 * @param role what the metric is for in the experiment
 * @param view which days it is made of
 * @param dayIndex number of days since exposure; only in the view of these
 * @param step the step of a funnel; empty for the metric's own number
 * @param slice breakdown value, or the whole
 * @param group the group
 */
public record ResultKey(
        String experiment,
        String metric,
        String metricHash,
        Role role,
        View view,
        OptionalInt dayIndex,
        Optional<Measure.Step> step,
        Slice slice,
        Group group) {

    /** What a result of the whole time, or of the as-of day, is about. */
    public ResultKey(
            String experiment,
            String metric,
            String metricHash,
            Role role,
            View view,
            Optional<Measure.Step> step,
            Slice slice,
            Group group) {
        this(experiment, metric, metricHash, role, view, OptionalInt.empty(), step, slice, group);
    }

    /** Whether the group is the one that the others are compared with. */
    public boolean isControl() {
        return group.role() == Group.Role.CONTROL;
    }
}
