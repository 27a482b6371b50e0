package io.plumbline.definition;

import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.Metric;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What depends on a definition.
 *
 * @param project by whose definitions
 */
public record Dependents(Project project) {

    /** The metrics that read a metric source. */
    public Set<String> metricsOf(String metricSource) {
        return names(project.metrics().values(), metric -> metric.sources().contains(metricSource), Metric::name);
    }

    /** The experiments that use some of the metrics. */
    public Set<String> experimentsOf(Collection<String> metrics) {
        return experiments(experiment -> experiment.metrics().keySet().stream().anyMatch(metrics::contains));
    }

    /** The experiments that a metric source gives metrics or ids to. */
    public Set<String> ofMetricSource(String name) {
        Set<String> dependents = new LinkedHashSet<>(experimentsOf(metricsOf(name)));
        dependents.addAll(experiments(experiment -> resolvesBy(experiment, IdResolution.Origin.METRIC_SOURCE, name)));
        return dependents;
    }

    /** The experiments that an assignment source gives exposures or ids to. */
    public Set<String> ofAssignmentSource(String name) {
        return experiments(experiment -> experiment.assignmentSource().equals(name)
                || resolvesBy(experiment, IdResolution.Origin.ASSIGNMENT_SOURCE, name));
    }

    /** The experiments that a property source gives properties or ids to. */
    public Set<String> ofPropertySource(String name) {
        PropertySource source = Objects.requireNonNull(project.propertySources().get(name), name);
        return experiments(experiment -> isBrokenDownBy(experiment, source)
                || resolvesBy(experiment, IdResolution.Origin.PROPERTY_SOURCE, name));
    }

    private static boolean isBrokenDownBy(Experiment experiment, PropertySource source) {
        return source.units().containsKey(experiment.unit())
                && experiment.breakdowns().stream().anyMatch(source.properties()::contains);
    }

    private static boolean resolvesBy(Experiment experiment, IdResolution.Origin origin, String source) {
        return experiment
                .idResolution()
                .filter(ids -> ids.origin() == origin && ids.source().equals(source))
                .isPresent();
    }

    private Set<String> experiments(Predicate<Experiment> chosen) {
        return names(project.experiments().values(), chosen, Experiment::name);
    }

    private static <T> Set<String> names(Collection<T> values, Predicate<T> chosen, Function<T, String> name) {
        return values.stream().filter(chosen).map(name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
