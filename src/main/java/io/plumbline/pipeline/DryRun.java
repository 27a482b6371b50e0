package io.plumbline.pipeline;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run would read and compute, and why; nothing is read but listings and logs. Days whose edges move with exposures
 * that have changed are known only once these are read, and are not in it.
 */
final class DryRun {

    private static final String ASKED = "asked for";
    private static final String LATE = "data that it is made of came, went or changed";

    private final Scope scope;
    private final Inputs inputs;
    private final List<PlannedWork> work = new ArrayList<>();

    DryRun(Scope scope, Inputs inputs) {
        this.scope = scope;
        this.inputs = inputs;
    }

    /**
     * The work, in the order of the run.
     *
     * @throws RuntimeException if a source cannot be found
     */
    List<PlannedWork> work() {
        Map<AssignmentSource, List<PlannedExperiment>> assignments = scope.plan().experiments().stream()
                .collect(Collectors.groupingBy(PlannedExperiment::source, LinkedHashMap::new, Collectors.toList()));
        assignments.forEach((source, experiments) -> add(
                "exposures",
                source.name(),
                ExposureStage.reasons(experiments, inputs.reading(LoadRecord.Kind.ASSIGNMENT_SOURCE, source.name()))));
        for (SourcePlan source : scope.plan().sources().values()) {
            Reading reading = inputs.reading(LoadRecord.Kind.METRIC_SOURCE, source.name());
            add(
                    "unit-days",
                    source.name(),
                    LoadBatch.reasons(source, scope.plan().asOf(), reading, Set.of()));
        }
        scorecards();
        return List.copyOf(work);
    }

    private void add(String step, String subject, Map<LocalDate, ReadReason> days) {
        Map<ReadReason, Set<LocalDate>> byReason = new TreeMap<>();
        days.forEach((day, reason) ->
                byReason.computeIfAbsent(reason, key -> new TreeSet<>()).add(day));
        byReason.forEach((reason, some) -> add(step, subject, some, reason.text()));
    }

    private void add(String step, String subject, Set<LocalDate> days, String reason) {
        DayRange.of(days, Integer.MAX_VALUE)
                .forEach(range -> work.add(new PlannedWork(step, subject, range.first(), range.last(), reason)));
    }

    private void scorecards() {
        Map<String, Set<LocalDate>> asked = new TreeMap<>();
        Map<String, Set<LocalDate>> late = new TreeMap<>();
        scope.days()
                .forEach((day, plan) -> plan.experiments()
                        .forEach(experiment -> (scope.late().containsKey(day) ? late : asked)
                                .computeIfAbsent(experiment.name(), key -> new TreeSet<>())
                                .add(day)));
        asked.forEach((name, days) -> add("scorecards", name, days, ASKED));
        late.forEach((name, days) -> add("scorecards", name, days, LATE));
    }
}
