package io.plumbline.pipeline;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Period;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.plan.SourcePlan;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether what has been read is enough for an experiment. */
final class Readiness {

    private Readiness() {}

    /** The newest day for which everything that the experiment needs has been read. */
    static Optional<LocalDate> latestDay(Project project, Experiment experiment, LoadBook loads) {
        Set<LocalDate> days = new TreeSet<>(loads.of(LoadRecord.Kind.ASSIGNMENT_SOURCE, experiment.assignmentSource())
                .keySet());
        List<Set<LocalDate>> read = experiment.metrics().keySet().stream()
                .flatMap(name -> Objects.requireNonNull(project.metrics().get(name)).sources().stream())
                .distinct()
                .map(source -> loads.of(LoadRecord.Kind.METRIC_SOURCE, source).keySet())
                .toList();
        if (experiment.period().afterEnd() == Period.AfterEnd.MATURE) {
            read.stream()
                    .flatMap(Set::stream)
                    .filter(day -> !experiment.period().covers(day))
                    .forEach(days::add);
        }
        read.forEach(days::retainAll);
        return days.stream().max(Comparator.naturalOrder());
    }

    /**
     * Makes sure that a scorecard can be computed from what has been read.
     *
     * @throws IllegalArgumentException if a day was not read
     */
    static void require(LoadBook loads, RunPlan plan, PlannedExperiment experiment) {
        for (SourcePlan source : plan.sources().values()) {
            if (experiment.uses(source.name())) {
                Map<LocalDate, LoadRecord> read = loads.of(LoadRecord.Kind.METRIC_SOURCE, source.name());
                source.firstDay()
                        .datesUntil(experiment.lastWindowDay().plusDays(1))
                        .filter(day -> !read.containsKey(day))
                        .findFirst()
                        .ifPresent(day -> {
                            throw new IllegalArgumentException("experiment '" + experiment.name() + "' needs " + day
                                    + " of metric source '" + source.name()
                                    + "', which was not read; run `plumbline run"
                                    + " --date " + experiment.lastWindowDay() + "` first");
                        });
            }
        }
    }
}
