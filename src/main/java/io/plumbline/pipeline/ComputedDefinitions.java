package io.plumbline.pipeline;

import io.plumbline.definition.Category;
import io.plumbline.definition.DefinitionName;
import io.plumbline.definition.Dependents;
import io.plumbline.definition.Selected;
import io.plumbline.plan.DefinitionHashes;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.warehouse.RunLog;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which definitions a run has computed, as later selections of {@code state:modified} compare them. A whole run takes in
 * every definition of the project, also of experiments without results as of its day. A part of one takes in the metric
 * sources that it reads, all metrics of these, and its experiments; a source of exposures or properties only if it has
 * computed all experiments that use it. What has failed stays modified.
 *
 * @param asked what was to be computed
 * @param failed definitions that could not be
 */
record ComputedDefinitions(RunPlan asked, Set<DefinitionName> failed) {

    /**
     * After a run.
     *
     * @param read metric sources that were read, of which single metrics may have failed
     * @param failedMetrics names of metrics that failed
     * @param computed names of experiments that have a scorecard
     */
    static ComputedDefinitions of(
            RunPlan asked,
            RunSteps steps,
            Collection<String> read,
            Collection<String> failedMetrics,
            Collection<String> computed) {
        Set<DefinitionName> failed = new HashSet<>();
        failedMetrics.forEach(name -> failed.add(new DefinitionName(Category.METRIC, name)));
        asked.experiments().stream()
                .map(PlannedExperiment::name)
                .filter(name -> !computed.contains(name))
                .forEach(name -> failed.add(new DefinitionName(Category.EXPERIMENT, name)));
        steps.reports().stream()
                .filter(step -> step.status() == StepReport.Status.ERROR)
                .filter(step -> !step.name().equals("unit-days") || !read.contains(step.subject()))
                .forEach(step -> sources(step.name())
                        .forEach(category -> failed.add(new DefinitionName(category, step.subject()))));
        return new ComputedDefinitions(asked, failed);
    }

    /** What a step reads; ids come from any kind of source. */
    private static Set<Category> sources(String step) {
        return switch (step) {
            case "exposures" -> Set.of(Category.ASSIGNMENT_SOURCE);
            case "unit-days" -> Set.of(Category.METRIC_SOURCE);
            case "properties" -> Set.of(Category.PROPERTY_SOURCE);
            case "ids" -> Set.of(Category.ASSIGNMENT_SOURCE, Category.PROPERTY_SOURCE);
            default -> Set.of();
        };
    }

    /** As the run records it. */
    String text() {
        Map<String, String> definitions = new LinkedHashMap<>();
        Predicate<DefinitionName> taken = asked.selected().isPresent() ? part()::names : name -> true;
        DefinitionHashes.of(asked.project()).forEach((name, hash) -> {
            if (taken.test(name)) {
                definitions.put(name.text(), failed.contains(name) ? "" : hash);
            }
        });
        return RunLog.text(definitions);
    }

    private Selected part() {
        Dependents dependents = new Dependents(asked.project());
        Set<String> experiments =
                asked.experiments().stream().map(PlannedExperiment::name).collect(Collectors.toSet());
        return Selected.of(asked.project(), name -> switch (name.category()) {
            case METRIC_SOURCE -> asked.sources().containsKey(name.name());
            case METRIC -> asked.metrics().containsKey(name.name());
            case EXPERIMENT -> experiments.contains(name.name());
            case ASSIGNMENT_SOURCE -> experiments.containsAll(dependents.ofAssignmentSource(name.name()));
            case PROPERTY_SOURCE -> experiments.containsAll(dependents.ofPropertySource(name.name()));
        });
    }
}
