package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that a run computes as of a day, or as of each day of a range: a value that can be printed and compared.
 *
 * @param project the definitions
 * @param firstAsOf the first local day as of which there are results
 * @param asOf the last one, and on ordinary days the only one: results include all data up to its end
 * @param sources by name: every source that some metric needs, once
 * @param metrics by name: every metric that has no other sources, for the catalog series
 * @param experiments those with results as of the day
 * @param hash of everything that changes a number
 * @param selected what the run is limited to; empty where it is all
 */
public record RunPlan(
        Project project,
        LocalDate firstAsOf,
        LocalDate asOf,
        Map<String, SourcePlan> sources,
        Map<String, PlannedMetric> metrics,
        List<PlannedExperiment> experiments,
        String hash,
        Optional<Selected> selected) {
    public RunPlan {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        experiments = List.copyOf(experiments);
    }

    /** The plan of the daily run: every metric, and the experiments that have results as of the day. */
    public static RunPlan daily(Project project, LocalDate asOf) {
        return range(project, asOf, asOf);
    }

    /**
     * The plan of the daily runs of consecutive days, which share one scan of each source: every metric, and the
     * experiments whose period covers one of the days.
     */
    public static RunPlan range(Project project, LocalDate firstAsOf, LocalDate asOf) {
        return new RunPlanner(project, firstAsOf, asOf)
                .plan(project.experiments().values().stream()
                        .filter(experiment -> ResultDays.overlap(project, experiment, firstAsOf, asOf))
                        .toList());
    }

    /** All that any run of the project may compute, whatever its day: every metric and every experiment. */
    public static RunPlan everything(Project project) {
        SortedSet<LocalDate> starts = new TreeSet<>(Set.of(LocalDate.EPOCH));
        project.experiments()
                .values()
                .forEach(experiment -> starts.add(experiment.period().start()));
        return new RunPlanner(project, starts.first(), starts.last())
                .plan(List.copyOf(project.experiments().values()));
    }

    /**
     * The plan of one experiment on demand, also after its end.
     *
     * @throws IllegalArgumentException if there is no such experiment, or it has not started
     */
    public static RunPlan experiment(Project project, String name, LocalDate asOf) {
        Experiment experiment = project.experiments().get(name);
        if (experiment == null) {
            throw new IllegalArgumentException("no experiment '" + name + "'; experiments are "
                    + project.experiments().keySet());
        }
        if (experiment.period().start().isAfter(asOf)) {
            throw new IllegalArgumentException(
                    "experiment '" + name + "' starts on " + experiment.period().start() + ", after " + asOf);
        }
        return new RunPlanner(project, asOf, asOf).plan(List.of(experiment));
    }

    /** The days as of which there are results, in order. */
    public List<LocalDate> days() {
        return firstAsOf.datesUntil(asOf.plusDays(1)).toList();
    }

    /** What is read of property sources, once each per unit type. */
    public List<PropertyScan> propertyScans() {
        return PropertyScan.of(project, experiments);
    }

    /** The sources that are scanned for pairs of ids alone, each once per pair of unit types. */
    public List<IdScan> idScans() {
        return IdScan.of(experiments).stream()
                .filter(scan -> !scan.isOfUnitDays())
                .toList();
    }

    /** The same for further experiments, and with data to a day that may be later. */
    public RunPlan with(Set<String> names, LocalDate lastDay) {
        return new RunPlanner(project, firstAsOf, lastDay)
                .plan(project.experiments().values().stream()
                        .filter(experiment -> names.contains(experiment.name())
                                || experiments.stream().anyMatch(e -> e.name().equals(experiment.name())))
                        .toList());
    }

    /** The same with some of its experiments; everything that is read and every metric stay. */
    public RunPlan only(Set<String> names) {
        return new RunPlan(
                project,
                firstAsOf,
                asOf,
                sources,
                metrics,
                experiments.stream().filter(e -> names.contains(e.name())).toList(),
                hash,
                selected);
    }

    /**
     * The part of the plan that a selection names: its experiments, each with all of its metrics, because corrections for
     * several comparisons are over all of them; the sources that these, the selected metrics or the selection itself name,
     * each with everything that is computed of it, because one scan serves all, and with the sources that a metric
     * combines it with.
     *
     * @throws IllegalArgumentException if nothing is left
     */
    public RunPlan only(Selected part) {
        List<PlannedExperiment> chosen = experiments.stream()
                .filter(e -> part.experiments().contains(e.name()))
                .toList();
        Set<String> needed = new TreeSet<>(part.metricSources());
        part.metrics().forEach(name -> needed.addAll(sourcesOf(name)));
        sources.keySet().stream()
                .filter(name -> chosen.stream().anyMatch(e -> e.uses(name)))
                .forEach(needed::add);
        IdScan.of(chosen).stream()
                .filter(IdScan::isOfUnitDays)
                .map(IdScan::source)
                .forEach(needed::add);
        if (needed.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing of the selection has results as of " + asOf + "; see `plumbline explain run`");
        }
        int before;
        do {
            before = needed.size();
            metrics.keySet().stream()
                    .map(this::sourcesOf)
                    .filter(together -> !Collections.disjoint(together, needed))
                    .forEach(needed::addAll);
        } while (needed.size() > before);
        Map<String, SourcePlan> read = new LinkedHashMap<>(sources);
        read.keySet().retainAll(needed);
        Map<String, PlannedMetric> computed = new LinkedHashMap<>(metrics);
        computed.keySet().removeIf(name -> !needed.containsAll(sourcesOf(name)));
        return new RunPlan(project, firstAsOf, asOf, read, computed, chosen, hash, Optional.of(part));
    }

    private Collection<String> sourcesOf(String metric) {
        return Objects.requireNonNull(metrics.get(metric)).metric().sources();
    }

    /** The experiments by the source of their exposures. */
    public Map<AssignmentSource, List<PlannedExperiment>> bySource() {
        return experiments.stream()
                .collect(Collectors.groupingBy(PlannedExperiment::source, LinkedHashMap::new, Collectors.toList()));
    }

    /** Names of the metrics that need one of some components, with what is said of the first. */
    public Map<String, String> metricsWith(Map<String, String> components) {
        Map<String, String> said = new TreeMap<>();
        for (PlannedMetric metric : metrics.values()) {
            metric.components().stream()
                    .flatMap(component -> Optional.ofNullable(components.get(component.id())).stream())
                    .findFirst()
                    .ifPresent(text -> said.put(metric.name(), text));
        }
        return said;
    }

    /** The metrics that a source is needed for. */
    public List<PlannedMetric> metricsOf(String source) {
        return metrics.values().stream()
                .filter(metric -> metric.metric().sources().contains(source))
                .toList();
    }

    /** The experiments whose units are of a type. */
    public List<PlannedExperiment> experimentsOf(String unitType) {
        return experiments.stream()
                .filter(e -> e.experiment().unit().equals(unitType))
                .toList();
    }
}
