package io.plumbline.definition;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The part of a project that a selection names, each set in the project's order.
 *
 * @param metricSources names of metric sources
 * @param metrics names of metrics
 * @param assignmentSources names of assignment sources
 * @param propertySources names of property sources
 * @param experiments names of experiments
 */
public record Selected(
        Set<String> metricSources,
        Set<String> metrics,
        Set<String> assignmentSources,
        Set<String> propertySources,
        Set<String> experiments) {

    /** All of a project. */
    public static Selected all(Project project) {
        return new Selected(
                project.metricSources().keySet(),
                project.metrics().keySet(),
                project.assignmentSources().keySet(),
                project.propertySources().keySet(),
                project.experiments().keySet());
    }

    /** Those definitions of a project that pass a condition. */
    public static Selected of(Project project, Predicate<DefinitionName> chosen) {
        return new Selected(
                passing(project.metricSources().keySet(), Category.METRIC_SOURCE, chosen),
                passing(project.metrics().keySet(), Category.METRIC, chosen),
                passing(project.assignmentSources().keySet(), Category.ASSIGNMENT_SOURCE, chosen),
                passing(project.propertySources().keySet(), Category.PROPERTY_SOURCE, chosen),
                passing(project.experiments().keySet(), Category.EXPERIMENT, chosen));
    }

    private static Set<String> passing(Set<String> names, Category category, Predicate<DefinitionName> chosen) {
        Set<String> passing = new LinkedHashSet<>(names);
        passing.removeIf(name -> !chosen.test(new DefinitionName(category, name)));
        return Collections.unmodifiableSet(passing);
    }

    /** This without what another selection names. */
    public Selected without(Selected other) {
        return new Selected(
                less(metricSources, other.metricSources),
                less(metrics, other.metrics),
                less(assignmentSources, other.assignmentSources),
                less(propertySources, other.propertySources),
                less(experiments, other.experiments));
    }

    /** Whether it names nothing that can be computed: the sources of exposures and properties have no results of their own. */
    public boolean isEmpty() {
        return metricSources.isEmpty() && metrics.isEmpty() && experiments.isEmpty();
    }

    /** Whether it names a definition. */
    public boolean names(DefinitionName definition) {
        Set<String> names = switch (definition.category()) {
            case METRIC_SOURCE -> metricSources;
            case METRIC -> metrics;
            case ASSIGNMENT_SOURCE -> assignmentSources;
            case PROPERTY_SOURCE -> propertySources;
            case EXPERIMENT -> experiments;
        };
        return names.contains(definition.name());
    }

    /** Whether it names nothing at all. */
    public boolean namesNothing() {
        return isEmpty() && assignmentSources.isEmpty() && propertySources.isEmpty();
    }

    private static Set<String> less(Set<String> names, Set<String> others) {
        Set<String> left = new LinkedHashSet<>(names);
        left.removeAll(others);
        return Collections.unmodifiableSet(left);
    }
}
