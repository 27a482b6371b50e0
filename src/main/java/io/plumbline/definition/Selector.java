package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Info;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses definitions by {@code metric:revenue,tag:core,source:checkout_events,experiment:ranking_v2}; several are added
 * up. {@code metric:revenue+} stands for the metric and the experiments that use it, {@code source:checkout_events+} for the source and everything that depends on it: the metrics that read it
 * and the experiments that use one of these, or that take their exposures from it. {@code tag:x} chooses sources, metrics
 * and experiments alike.
 */
public final class Selector {

    private static final String FORMS =
            "metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+ or experiment:NAME";

    private final Project project;
    private final Set<String> sources = new LinkedHashSet<>();
    private final Set<String> metrics = new LinkedHashSet<>();
    private final Set<String> experiments = new LinkedHashSet<>();

    private Selector(Project project) {
        this.project = project;
    }

    /**
     * What a selection chooses from a project.
     *
     * @throws IllegalArgumentException with a message of one line when a part cannot be read or names nothing, or when
     *     the selection is empty
     */
    public static Selected select(Project project, String selection) {
        Selector selector = new Selector(project);
        for (String part : selection.split(",", -1)) {
            selector.add(part.strip());
        }
        return new Selected(
                inOrder(selector.sources, project.metricSources().keySet()),
                inOrder(selector.metrics, project.metrics().keySet()),
                inOrder(selector.sources, project.assignmentSources().keySet()),
                inOrder(selector.experiments, project.experiments().keySet()));
    }

    private void add(String part) {
        int colon = part.indexOf(':');
        if (colon < 0 || colon == part.length() - 1) {
            String found = part.isEmpty() ? "the selection is empty" : Wording.quoted(part) + " is not a selection";
            throw new IllegalArgumentException(found + "; write " + FORMS);
        }
        String name = part.substring(colon + 1);
        switch (part.substring(0, colon)) {
            case "metric" -> addMetric(name);
            case "experiment" ->
                experiments.add(known("experiment", name, project.experiments().keySet()));
            case "source" -> addSource(name);
            case "tag" -> addTag(name);
            default -> throw new IllegalArgumentException(Wording.quoted(part) + " is not a selection; write " + FORMS);
        }
    }

    private void addMetric(String written) {
        boolean dependents = written.endsWith("+");
        String name = dependents ? written.substring(0, written.length() - 1) : written;
        metrics.add(known("metric", name, project.metrics().keySet()));
        if (dependents) {
            experiments.addAll(names(
                    project.experiments().values(),
                    experiment -> experiment.metrics().containsKey(name),
                    Experiment::name));
        }
    }

    private void addSource(String written) {
        boolean dependents = written.endsWith("+");
        String name = dependents ? written.substring(0, written.length() - 1) : written;
        Set<String> all = new LinkedHashSet<>(project.metricSources().keySet());
        all.addAll(project.assignmentSources().keySet());
        known("source", name, all);
        sources.add(name);
        if (dependents) {
            Set<String> reading = names(project.metrics().values(), metric -> reads(metric, name), Metric::name);
            metrics.addAll(reading);
            experiments.addAll(names(
                    project.experiments().values(),
                    experiment -> experiment.assignmentSource().equals(name)
                            || experiment.metrics().keySet().stream().anyMatch(reading::contains),
                    Experiment::name));
        }
    }

    private void addTag(String tag) {
        Set<String> tags = new LinkedHashSet<>();
        Stream.of(sourceInfos(), metricInfos(), experimentInfos())
                .flatMap(infos -> infos)
                .forEach(info -> tags.addAll(info.tags()));
        if (!tags.contains(tag)) {
            throw new IllegalArgumentException(
                    "nothing has the tag " + Wording.quoted(tag) + Wording.didYouMean(tag, tags));
        }
        tagged(sourceInfos(), tag).forEach(sources::add);
        tagged(metricInfos(), tag).forEach(metrics::add);
        tagged(experimentInfos(), tag).forEach(experiments::add);
    }

    private Stream<Info> sourceInfos() {
        return Stream.concat(
                project.metricSources().values().stream().map(MetricSource::info),
                project.assignmentSources().values().stream().map(AssignmentSource::info));
    }

    private Stream<Info> metricInfos() {
        return project.metrics().values().stream().map(metric -> metric.about().info());
    }

    private Stream<Info> experimentInfos() {
        return project.experiments().values().stream().map(Experiment::info);
    }

    private static Stream<String> tagged(Stream<Info> infos, String tag) {
        return infos.filter(info -> info.tags().contains(tag)).map(Info::name);
    }

    private static boolean reads(Metric metric, String source) {
        return metric.sources().contains(source);
    }

    private static <T> Set<String> names(Collection<T> values, Predicate<T> chosen, Function<T, String> name) {
        return values.stream().filter(chosen).map(name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String known(String noun, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "no " + noun + " is named " + Wording.quoted(name) + Wording.didYouMean(name, names));
        }
        return name;
    }

    private static Set<String> inOrder(Set<String> chosen, Collection<String> order) {
        List<String> sorted = order.stream().filter(chosen::contains).toList();
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted));
    }
}
