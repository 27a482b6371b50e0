package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Component;
import io.plumbline.metric.Filter;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.UnitValue;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Builds a {@link RunPlan}: shares equal components, and gathers for each source all that is computed from it. */
final class RunPlanner {

    private final Project project;
    private final LocalDate firstAsOf;
    private final LocalDate asOf;
    private final Map<Component, SortedSet<String>> dimensions;

    RunPlanner(Project project, LocalDate firstAsOf, LocalDate asOf) {
        this.project = project;
        this.firstAsOf = firstAsOf;
        this.asOf = asOf;
        this.dimensions = dimensions(project.metrics().values());
    }

    RunPlan plan(List<Experiment> experiments) {
        Map<String, PlannedMetric> metrics = new LinkedHashMap<>();
        project.metrics().forEach((name, metric) -> metrics.put(name, metric(metric)));
        List<PlannedExperiment> started = project.experiments().values().stream()
                .filter(e -> !e.period().start().isAfter(asOf))
                .map(e -> experiment(e, metrics))
                .toList();
        List<PlannedExperiment> planned = started.stream()
                .filter(e -> experiments.contains(e.experiment()))
                .toList();
        Map<String, SourcePlan> sources = new LinkedHashMap<>();
        for (MetricSource source : project.metricSources().values()) {
            List<PlannedComponent> components = components(source.name(), metrics.values());
            List<IdScan> ids = IdScan.of(planned).stream()
                    .filter(scan -> scan.isOfUnitDays() && scan.source().equals(source.name()))
                    .toList();
            if (!components.isEmpty() || !ids.isEmpty()) {
                sources.put(source.name(), source(source, components, ids, started, planned));
            }
        }
        return new RunPlan(
                project, firstAsOf, asOf, sources, metrics, planned, hash(metrics.values(), planned), Optional.empty());
    }

    private String hash(Collection<PlannedMetric> metrics, List<PlannedExperiment> experiments) {
        return Canonical.hash(
                project.zone(),
                project.settings(),
                PropertyScan.of(project, experiments),
                metrics.stream().map(PlannedMetric::hash).toList(),
                experiments.stream()
                        .map(e -> List.of(e.exposureHash(), e.experiment()))
                        .toList());
    }

    /** Components by the columns that some metric breaks them down by; every component that is needed is a key. */
    private static Map<Component, SortedSet<String>> dimensions(Collection<Metric> metrics) {
        Map<Component, SortedSet<String>> dimensions = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            componentsOf(metric)
                    .forEach(c -> dimensions
                            .computeIfAbsent(c, key -> new TreeSet<>())
                            .addAll(metric.about().breakdowns()));
        }
        return dimensions;
    }

    private static Stream<Component> componentsOf(Metric metric) {
        return Stream.concat(Stream.of(catalogRows(metric)), metric.components().stream());
    }

    private static Component catalogRows(Metric metric) {
        return Component.rows(metric.catalogRows());
    }

    private PlannedMetric metric(Metric metric) {
        List<String> ids = metric.components().stream()
                .map(component -> component(component).id())
                .toList();
        String hash = Canonical.hash(
                metric.type(), metric.measures(), ids, metric.about().breakdowns());
        List<PlannedMeasure> measures = metric.measures().stream()
                .map(measure -> new PlannedMeasure(
                        measure,
                        side(measure.numerator()),
                        measure.denominator().map(this::side)))
                .toList();
        return new PlannedMetric(metric, hash, measures, component(catalogRows(metric)));
    }

    private PlannedSide side(UnitValue value) {
        return new PlannedSide(
                value,
                value.components().stream()
                        .map(component -> new UnitTotal(
                                component(component),
                                value.window().ofAllUnits(),
                                value.rollup().kept(),
                                value.cap()))
                        .toList());
    }

    private PlannedComponent component(Component component) {
        MetricSource source = named(project.metricSources(), component.source());
        List<String> brokenDownBy = List.copyOf(dimensions.getOrDefault(component, new TreeSet<>()));
        String id = "c" + Canonical.hash(component, source, project.zone(), brokenDownBy);
        return new PlannedComponent(id, component, source.time().precision(), brokenDownBy);
    }

    private PlannedExperiment experiment(Experiment experiment, Map<String, PlannedMetric> metrics) {
        AssignmentSource source = named(project.assignmentSources(), experiment.assignmentSource());
        String hash = Canonical.hash(
                experiment.name(),
                source,
                experiment.unit(),
                experiment.period().start(),
                experiment.period().end(),
                experiment.groups(),
                project.zone());
        List<PlannedMetric> planned = experiment.metrics().keySet().stream()
                .map(name -> named(metrics, name))
                .toList();
        return new PlannedExperiment(
                experiment,
                source,
                hash,
                experiment
                        .idResolution()
                        .map(ids -> IdScan.of(project, experiment.unit(), ids).with(project, this::component)),
                planned,
                experiment.period().lastDay(asOf),
                experiment.period().lastWindowDay(asOf),
                experiment.analysis().preExposure());
    }

    private List<PlannedComponent> components(String source, Collection<PlannedMetric> metrics) {
        return metrics.stream()
                .flatMap(metric -> componentsOf(metric.metric()))
                .filter(component -> component.source().equals(source))
                .distinct()
                .map(this::component)
                .sorted(Comparator.comparing(PlannedComponent::id))
                .toList();
    }

    private SourcePlan source(
            MetricSource source,
            List<PlannedComponent> components,
            List<IdScan> ids,
            List<PlannedExperiment> started,
            List<PlannedExperiment> planned) {
        List<PlannedExperiment> users =
                planned.stream().filter(e -> e.uses(source.name())).toList();
        LocalDate firstDay = Stream.of(
                        Stream.of(firstAsOf),
                        users.stream().map(e -> e.firstDay(source.name())),
                        ids.stream().map(scan -> scan.firstDay(planned)))
                .flatMap(days -> days)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        List<List<Filter>> filters =
                components.stream().map(c -> c.component().rows().filters()).toList();
        return new SourcePlan(
                source,
                Stream.concat(components.stream(), ids.stream().flatMap(scan -> scan.component().stream()))
                        .distinct()
                        .sorted(Comparator.comparing(PlannedComponent::id))
                        .toList(),
                ids,
                Leaf.of(filters),
                edges(users, source),
                edges(started.stream().filter(e -> !planned.contains(e)).toList(), source),
                firstDay);
    }

    private static List<Edges> edges(List<PlannedExperiment> experiments, MetricSource source) {
        return experiments.stream()
                .filter(e -> e.uses(source.name()))
                .map(e -> Edges.of(e, source))
                .toList();
    }

    private static <T> T named(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), () -> "'" + name + "' is not defined");
    }
}
