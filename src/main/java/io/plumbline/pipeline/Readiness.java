package io.plumbline.pipeline;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.Period;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.plan.SourcePlan;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.ArrayList;
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
        List<Set<LocalDate>> read = new ArrayList<>(experiment.metrics().keySet().stream()
                .flatMap(name -> Objects.requireNonNull(project.metrics().get(name)).sources().stream())
                .distinct()
                .map(source -> loads.of(LoadRecord.Kind.METRIC_SOURCE, source).keySet())
                .toList());
        if (experiment.period().afterEnd() == Period.AfterEnd.MATURE) {
            read.stream()
                    .flatMap(Set::stream)
                    .filter(day -> !experiment.period().covers(day))
                    .forEach(days::add);
        }
        experiment
                .idResolution()
                .filter(ids -> ids.origin() != IdResolution.Origin.PROPERTY_SOURCE)
                .map(Inputs.Source::of)
                .ifPresent(ids -> read.add(loads.of(ids.kind(), ids.name()).keySet()));
        read.forEach(days::retainAll);
        return days.stream().max(Comparator.naturalOrder());
    }

    /**
     * Makes sure that a scorecard can be computed from what has been read.
     *
     * @throws IllegalArgumentException if days were not read, or before ids on them were paired
     */
    static void require(RunContext run, PlannedExperiment experiment, IdStage ids) {
        RunPlan plan = run.plan();
        for (SourcePlan source : plan.sources().values()) {
            if (experiment.uses(source.name())) {
                Map<LocalDate, LoadRecord> read = run.loads().of(LoadRecord.Kind.METRIC_SOURCE, source.name());
                String subject = "metric source '" + source.name() + "'";
                requireDays(experiment, source.firstDay(), read, subject);
                new IdCuts(run, source, ids).stale(read).stream().findFirst().ifPresent(day -> {
                    throw missing(experiment, day, subject, "was read before ids on it were paired");
                });
            }
        }
        experiment
                .ids()
                .filter(scan -> !scan.isReadWhole())
                .ifPresent(scan -> requireDays(
                        experiment,
                        scan.firstDay(List.of(experiment)),
                        IdStage.read(run.loads(), scan),
                        "the ids of " + scan.label()));
    }

    private static void requireDays(
            PlannedExperiment experiment, LocalDate first, Map<LocalDate, LoadRecord> read, String subject) {
        first.datesUntil(experiment.lastWindowDay().plusDays(1))
                .filter(day -> !read.containsKey(day))
                .findFirst()
                .ifPresent(day -> {
                    throw missing(experiment, day, subject, "was not read");
                });
    }

    private static IllegalArgumentException missing(
            PlannedExperiment experiment, LocalDate day, String subject, String what) {
        return new IllegalArgumentException("experiment '" + experiment.name() + "' needs " + day + " of " + subject
                + ", which " + what + "; run `plumbline run --date " + experiment.lastWindowDay() + "` first");
    }
}
