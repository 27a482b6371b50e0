package io.plumbline.definition;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The part of a project that a selection names, each set in the project's order.
 *
 * @param metricSources names of metric sources
 * @param metrics names of metrics
 * @param assignmentSources names of assignment sources
 * @param experiments names of experiments
 */
public record Selected(
        Set<String> metricSources, Set<String> metrics, Set<String> assignmentSources, Set<String> experiments) {

    /** All of a project. */
    public static Selected all(Project project) {
        return new Selected(
                project.metricSources().keySet(),
                project.metrics().keySet(),
                project.assignmentSources().keySet(),
                project.experiments().keySet());
    }

    /** This without what another selection names. */
    public Selected without(Selected other) {
        return new Selected(
                less(metricSources, other.metricSources),
                less(metrics, other.metrics),
                less(assignmentSources, other.assignmentSources),
                less(experiments, other.experiments));
    }

    /** Whether it names nothing that can be computed. */
    public boolean isEmpty() {
        return metricSources.isEmpty() && metrics.isEmpty() && experiments.isEmpty();
    }

    private static Set<String> less(Set<String> names, Set<String> others) {
        Set<String> left = new LinkedHashSet<>(names);
        left.removeAll(others);
        return Collections.unmodifiableSet(left);
    }
}
