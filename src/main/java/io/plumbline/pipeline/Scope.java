package io.plumbline.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.PreExposure;
import io.plumbline.metric.Metric;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * What a run computes: results as of the days it is asked for and, where data of earlier days have changed, the results that
 * were made of them.
 *
 * @param asked the plan of the days asked for
 * @param plan the plan of all days
 * @param late as-of day → experiments whose results of that day are made of changed data, in order
 */
record Scope(RunPlan asked, RunPlan plan, Map<LocalDate, Set<String>> late) {

    /** The scope of a run. */
    static Scope of(RunPlan asked, Inputs inputs, Warehouse warehouse) {
        Map<String, LocalDate> changed = new TreeMap<>();
        for (Experiment experiment : asked.project().experiments().values()) {
            changed(asked, experiment, inputs).ifPresent(day -> changed.put(experiment.name(), day));
        }
        Map<LocalDate, Set<String>> late = changed.isEmpty() ? new TreeMap<>() : published(changed, warehouse);
        asked.days().forEach(late::remove);
        if (late.isEmpty()) {
            return new Scope(asked, asked, late);
        }
        LocalDate last = Collections.max(late.keySet());
        return new Scope(
                asked,
                asked.with(
                        late.values().stream().flatMap(Set::stream).collect(Collectors.toSet()),
                        last.isAfter(asked.asOf()) ? last : asked.asOf()),
                late);
    }

    /** The first changed day that an experiment's results may be made of. */
    private static Optional<LocalDate> changed(RunPlan plan, Experiment experiment, Inputs inputs) {
        int before = experiment.analysis().preExposure().map(PreExposure::days).orElse(0);
        LocalDate first = experiment.period().start().minusDays(before);
        return sources(plan, experiment)
                .flatMap(source -> inputs.changed(source).stream())
                .filter(day -> !day.isBefore(first))
                .min(Comparator.naturalOrder());
    }

    /** What an experiment's results are made of: exposures, events and pairs of ids. */
    private static Stream<Inputs.Source> sources(RunPlan plan, Experiment experiment) {
        Inputs.Source exposures = new Inputs.Source(LoadRecord.Kind.ASSIGNMENT_SOURCE, experiment.assignmentSource());
        Stream<Inputs.Source> events = experiment.metrics().keySet().stream()
                .map(name -> Objects.requireNonNull(plan.project().metrics().get(name)))
                .map(Metric::sources)
                .flatMap(Collection::stream)
                .distinct()
                .map(source -> new Inputs.Source(LoadRecord.Kind.METRIC_SOURCE, source));
        Stream<Inputs.Source> pairs = experiment.units().idResolution().stream().map(Inputs.Source::of);
        return Stream.of(Stream.of(exposures), events, pairs).flatMap(sources -> sources);
    }

    /**
     * Whether a day counts as read. A changed day does not while results that are made of it are as they were: the next run
     * finds it changed again.
     *
     * @param unpublished names of the experiments that have not got the results that they should have
     */
    Predicate<LoadRecord> settled(Inputs inputs, Set<String> unpublished) {
        Set<Inputs.Source> awaited = unpublished.stream()
                .map(name ->
                        Objects.requireNonNull(asked.project().experiments().get(name)))
                .flatMap(experiment -> sources(asked, experiment))
                .collect(Collectors.toSet());
        return load -> {
            Inputs.Source source = new Inputs.Source(load.kind(), load.source());
            return !awaited.contains(source) || !inputs.changed(source).contains(load.day());
        };
    }

    /** Results that are there, as of a day on which an experiment's data changed or a later one. */
    private static Map<LocalDate, Set<String>> published(Map<String, LocalDate> changed, Warehouse warehouse) {
        Map<LocalDate, Set<String>> published = new TreeMap<>();
        for (Row row : warehouse
                .read(Tables.EXPERIMENT_EXPOSURES_DAILY.name())
                .filter(col("ds").geq(lit(Collections.min(changed.values()))))
                .select("ds", "experiment")
                .distinct()
                .collectAsList()) {
            LocalDate asOf = row.getDate(0).toLocalDate();
            LocalDate day = changed.get(row.getString(1));
            if (day != null && !day.isAfter(asOf)) {
                published.computeIfAbsent(asOf, key -> new TreeSet<>()).add(row.getString(1));
            }
        }
        return published;
    }

    /** The plan of every day with results, in order: of the days asked for all of it, of others only what has changed. */
    Map<LocalDate, RunPlan> days() {
        Map<LocalDate, RunPlan> days = new TreeMap<>();
        asked.days()
                .forEach(day -> days.put(day, asked.days().size() == 1 ? asked : RunPlan.daily(asked.project(), day)));
        late.forEach((day, names) ->
                days.put(day, RunPlan.daily(asked.project(), day).only(names)));
        return days;
    }

    /** Names of the experiments whose results as of a day stay as they are, although the run computes others of the day. */
    Set<String> untouched(LocalDate day) {
        return computed(day)
                .map(names -> asked.project().experiments().keySet().stream()
                        .filter(name -> !names.contains(name))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** Those of which the run is a part of the day's; empty where it is all. */
    private Optional<Set<String>> computed(LocalDate day) {
        if (asked.selected().isPresent()) {
            return Optional.of(
                    asked.experiments().stream().map(PlannedExperiment::name).collect(Collectors.toSet()));
        }
        return Optional.ofNullable(late.get(day));
    }
}
