package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.Info;
import io.plumbline.metric.MetricSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Chooses definitions by {@code metric:revenue,tag:core,source:checkout_events,experiment:ranking_v2,state:modified};
 * several are added up. {@code metric:revenue+} stands for the metric and the experiments that use it, {@code
 * source:checkout_events+} for the source and everything that depends on it: the metrics that read it and the experiments
 * that use one of these, or that take exposures, properties or ids from it. {@code tag:x} chooses sources, metrics and
 * experiments alike. {@code state:modified} are the definitions that differ from what the last run of each has computed,
 * by their own content and not by what they refer to; {@code state:modified+} also what depends on them.
 */
public final class Selector {

    private static final String FORMS =
            "metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+";

    private final Project project;
    private final Dependents dependents;
    private final Supplier<Modified> modified;
    private final Set<String> metricSources = new LinkedHashSet<>();
    private final Set<String> assignmentSources = new LinkedHashSet<>();
    private final Set<String> propertySources = new LinkedHashSet<>();
    private final Set<String> metrics = new LinkedHashSet<>();
    private final Set<String> experiments = new LinkedHashSet<>();

    private Selector(Project project, Supplier<Modified> modified) {
        this.project = project;
        this.dependents = new Dependents(project);
        this.modified = modified;
    }

    /**
     * What a selection chooses from a project.
     *
     * @throws IllegalArgumentException with a message of one line when a part cannot be read or names nothing, when the
     *     selection is empty, or when it asks for a state
     */
    public static Selected select(Project project, String selection) {
        return select(project, selection, () -> {
            throw new IllegalArgumentException("state:modified needs a warehouse to compare the definitions with");
        });
    }

    /**
     * What a selection chooses from a project whose state is known. It chooses nothing only if it is of a state and nothing
     * has changed.
     *
     * @param modified asked only if the selection names a state
     * @throws IllegalArgumentException with a message of one line when a part cannot be read or names nothing, or when
     *     the selection is empty
     */
    public static Selected select(Project project, String selection, Supplier<Modified> modified) {
        Selector selector = new Selector(project, modified);
        for (String part : selection.split(",", -1)) {
            selector.add(part.strip());
        }
        return new Selected(
                inOrder(selector.metricSources, project.metricSources().keySet()),
                inOrder(selector.metrics, project.metrics().keySet()),
                inOrder(selector.assignmentSources, project.assignmentSources().keySet()),
                inOrder(selector.propertySources, project.propertySources().keySet()),
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
            case "state" -> addState(part, name);
            default -> throw new IllegalArgumentException(Wording.quoted(part) + " is not a selection; write " + FORMS);
        }
    }

    private void addMetric(String written) {
        String name = known("metric", stem(written), project.metrics().keySet());
        metrics.add(name);
        if (isOpen(written)) {
            experiments.addAll(dependents.experimentsOf(Set.of(name)));
        }
    }

    /** Sources of different kinds may share a name, and are all meant then. */
    private void addSource(String written) {
        Set<String> all = new LinkedHashSet<>(project.metricSources().keySet());
        all.addAll(project.assignmentSources().keySet());
        all.addAll(project.propertySources().keySet());
        String name = known("source", stem(written), all);
        Selected named = Selected.of(
                project,
                definition -> definition.name().equals(name)
                        && definition.category() != Category.METRIC
                        && definition.category() != Category.EXPERIMENT);
        addAll(named);
        if (isOpen(written)) {
            addDependents(named);
        }
    }

    private void addState(String part, String written) {
        if (!stem(written).equals("modified")) {
            throw new IllegalArgumentException(Wording.quoted(part) + " is not a selection; write " + FORMS);
        }
        Selected changed = modified.get().definitions();
        addAll(changed);
        if (isOpen(written)) {
            addDependents(changed);
        }
    }

    private void addAll(Selected some) {
        metricSources.addAll(some.metricSources());
        metrics.addAll(some.metrics());
        assignmentSources.addAll(some.assignmentSources());
        propertySources.addAll(some.propertySources());
        experiments.addAll(some.experiments());
    }

    private void addDependents(Selected some) {
        experiments.addAll(dependents.experimentsOf(some.metrics()));
        some.metricSources().forEach(source -> {
            metrics.addAll(dependents.metricsOf(source));
            experiments.addAll(dependents.ofMetricSource(source));
        });
        some.assignmentSources().forEach(source -> experiments.addAll(dependents.ofAssignmentSource(source)));
        some.propertySources().forEach(source -> experiments.addAll(dependents.ofPropertySource(source)));
    }

    private void addTag(String tag) {
        Set<String> tags = new LinkedHashSet<>();
        Stream.of(metricSourceInfos(), assignmentInfos(), propertyInfos(), metricInfos(), experimentInfos())
                .flatMap(infos -> infos)
                .forEach(info -> tags.addAll(info.tags()));
        if (!tags.contains(tag)) {
            throw new IllegalArgumentException(
                    "nothing has the tag " + Wording.quoted(tag) + Wording.didYouMean(tag, tags));
        }
        tagged(metricSourceInfos(), tag).forEach(metricSources::add);
        tagged(assignmentInfos(), tag).forEach(assignmentSources::add);
        tagged(propertyInfos(), tag).forEach(propertySources::add);
        tagged(metricInfos(), tag).forEach(metrics::add);
        tagged(experimentInfos(), tag).forEach(experiments::add);
    }

    private Stream<Info> metricSourceInfos() {
        return project.metricSources().values().stream().map(MetricSource::info);
    }

    private Stream<Info> assignmentInfos() {
        return project.assignmentSources().values().stream().map(AssignmentSource::info);
    }

    private Stream<Info> propertyInfos() {
        return project.propertySources().values().stream().map(PropertySource::info);
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

    private static boolean isOpen(String written) {
        return written.endsWith("+");
    }

    private static String stem(String written) {
        return isOpen(written) ? written.substring(0, written.length() - 1) : written;
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
