package io.plumbline.pipeline;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.IdResolution;
import io.plumbline.plan.RunPlan;
import io.plumbline.source.Snapshot;
import io.plumbline.source.Snapshots;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * What the sources of a project hold when a run begins, and what earlier runs have read of them. A source that cannot be
 * found fails when it is to be read, alone.
 *
 * <p>Safe for use by several threads.
 */
final class Inputs {

    /** A source; names are unique only within a kind. */
    record Source(LoadRecord.Kind kind, String name) {

        /** Under which the days are recorded whose pairs of ids were read. */
        static Source of(IdResolution ids) {
            return ids.origin() == IdResolution.Origin.METRIC_SOURCE
                    ? new Source(LoadRecord.Kind.METRIC_SOURCE, ids.source())
                    : new Source(LoadRecord.Kind.ID_SOURCE, ids.label());
        }
    }

    private final LoadBook loads;
    private final Set<LocalDate> asked;
    private final Refresh refresh;
    private final Map<Source, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<Source, RuntimeException> failures = new ConcurrentHashMap<>();
    private final Map<Source, Set<LocalDate>> changed = new ConcurrentHashMap<>();
    private final Map<String, Set<LocalDate>> moved = new ConcurrentHashMap<>();

    private Inputs(LoadBook loads, Collection<LocalDate> asked, Refresh refresh) {
        this.loads = loads;
        this.asked = Set.copyOf(asked);
        this.refresh = refresh;
    }

    /**
     * Looks at all metric sources that the plan reads, and at the assignment sources and the ids of all experiments.
     *
     * @param asked the plan of the days as of which there are to be results
     */
    static Inputs of(SparkSession spark, RunPlan asked, LoadBook loads, Refresh refresh) {
        Inputs inputs = new Inputs(loads, asked.days(), refresh);
        Project project = asked.project();
        Snapshots snapshots = new Snapshots(spark, project.zone());
        List<Runnable> looks = new ArrayList<>();
        for (String name : asked.sources().keySet()) {
            Source key = new Source(LoadRecord.Kind.METRIC_SOURCE, name);
            looks.add(() -> inputs.look(
                    key,
                    known -> snapshots.of(
                            Objects.requireNonNull(project.metricSources().get(name)), known)));
        }
        project.experiments().values().stream()
                .map(Experiment::assignmentSource)
                .distinct()
                .forEach(name -> looks.add(() -> inputs.look(
                        new Source(LoadRecord.Kind.ASSIGNMENT_SOURCE, name),
                        known -> snapshots.of(
                                Objects.requireNonNull(
                                        project.assignmentSources().get(name)),
                                known))));
        project.experiments().values().stream()
                .flatMap(experiment -> experiment.units().idResolution().stream())
                .filter(ids -> ids.origin() == IdResolution.Origin.ASSIGNMENT_SOURCE)
                .distinct()
                .forEach(ids -> looks.add(() -> inputs.look(
                        Source.of(ids),
                        known -> snapshots.of(
                                Objects.requireNonNull(
                                        project.assignmentSources().get(ids.source())),
                                known))));
        Concurrently.run(looks);
        inputs.renew();
        inputs.snapshots.keySet().forEach(source -> inputs.changed.put(source, inputs.changedNow(source)));
        return inputs;
    }

    /** For results that are made of what has been read. */
    static Inputs unread(LoadBook loads) {
        return new Inputs(loads, List.of(), Refresh.CHANGES);
    }

    private interface Look {
        Snapshot of(Collection<String> known);
    }

    private void look(Source source, Look look) {
        Set<String> known = loads.of(source.kind(), source.name()).values().stream()
                .map(LoadRecord::fingerprint)
                .collect(Collectors.toSet());
        try {
            snapshots.put(source, look.of(known));
        } catch (RuntimeException e) {
            failures.put(source, e);
        }
    }

    /** Says of unchanged days that they have been looked at now, before the log that tells of changes is cleaned up. */
    private void renew() {
        snapshots.forEach((source, snapshot) -> loads.of(source.kind(), source.name()).values().stream()
                .filter(load -> snapshot.isAging(load.fingerprint()))
                .filter(load -> snapshot.since(load.day(), load.fingerprint()) == Snapshot.Freshness.SAME)
                .forEach(load -> loads.extend(load.with(snapshot.fingerprint(load.day())), Set.of())));
    }

    /**
     * What was read of a source and what it holds.
     *
     * @throws RuntimeException if the source could not be found
     */
    Reading reading(LoadRecord.Kind kind, String name) {
        Source source = new Source(kind, name);
        RuntimeException failure = failures.get(source);
        if (failure != null) {
            throw failure;
        }
        return new Reading(
                loads.of(kind, name),
                Objects.requireNonNull(snapshots.get(source), name),
                asked,
                kind == LoadRecord.Kind.METRIC_SOURCE ? moved(name) : Set.of(),
                refresh);
    }

    /** The days of a source that, when the run began, had been read and had changed since, in order. */
    Set<LocalDate> changed(Source source) {
        return changed.getOrDefault(source, Set.of());
    }

    private Set<LocalDate> changedNow(Source source) {
        Set<LocalDate> days = new TreeSet<>();
        Reading reading = reading(source.kind(), source.name());
        reading.loaded().keySet().stream()
                .filter(day -> reading.reason(day)
                        .filter(reason -> reason == ReadReason.CHANGED)
                        .isPresent())
                .forEach(days::add);
        return days;
    }

    /** Whether everything is read again, and nothing that is known is to be relied on. */
    boolean isRefreshed() {
        return refresh == Refresh.EVERYTHING;
    }

    /** Notes days of a metric source whose edges have moved. */
    void move(String source, Set<LocalDate> days) {
        moved.computeIfAbsent(source, key -> ConcurrentHashMap.newKeySet()).addAll(days);
    }

    /** The days of a metric source that were noted. */
    Set<LocalDate> moved(String source) {
        return moved.getOrDefault(source, Set.of());
    }
}
