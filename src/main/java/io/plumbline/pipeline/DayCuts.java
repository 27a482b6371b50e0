package io.plumbline.pipeline;

import io.plumbline.experiment.Experiment;
import io.plumbline.exposure.ExposureEdges;
import io.plumbline.plan.Edges;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How days are cut, as it is recorded with what was read of them: by which unit types, and at whose edges. */
final class DayCuts {

    private DayCuts() {}

    /** What is recorded of a day whose rows were added up by a unit type. */
    static String unitType(String type) {
        return "unit:" + type;
    }

    /** What is recorded of days that were added up by some unit types and cut at some edges. */
    static Set<String> of(List<String> unitTypes, List<Edges> edges) {
        return Stream.concat(
                        unitTypes.stream().map(DayCuts::unitType),
                        edges.stream().map(Edges::key))
                .collect(Collectors.toSet());
    }

    /** Whether a day was added up by all unit types of a plan and cut at those of its edges that may be on it. */
    static boolean areIn(LoadRecord record, SourcePlan plan) {
        List<Edges> edges =
                plan.edges().stream().filter(each -> each.mayCut(record.day())).toList();
        return record.definitions().containsAll(of(plan.unitTypes(), edges));
    }

    /** The run's edges, and those of other experiments that some of the days are cut at already. */
    static List<Edges> edges(SourcePlan plan, Collection<LocalDate> days, Map<LocalDate, LoadRecord> loaded) {
        Set<String> present = new HashSet<>();
        days.forEach(day -> {
            LoadRecord record = loaded.get(day);
            if (record != null) {
                present.addAll(record.definitions());
            }
        });
        return Stream.concat(plan.edges().stream(), plan.otherEdges().stream().filter(e -> present.contains(e.key())))
                .toList();
    }

    /** The keys of those edges that are not on a day, or may be and are not known: its exposures have not been read. */
    static Set<String> notOn(LocalDate day, List<Edges> edges, RunContext run) {
        return edges.stream()
                .filter(each -> !each.mayCut(day) || !areExposuresRead(run, each, day))
                .map(Edges::key)
                .collect(Collectors.toSet());
    }

    private static boolean areExposuresRead(RunContext run, Edges edges, LocalDate day) {
        Experiment experiment =
                Objects.requireNonNull(run.plan().project().experiments().get(edges.experiment()));
        LoadRecord read = run.loads()
                .of(LoadRecord.Kind.ASSIGNMENT_SOURCE, experiment.assignmentSource())
                .get(experiment.period().lastDay(day));
        return read != null && read.definitions().contains(edges.exposureKey());
    }

    /** A plan without the edges of experiments whose exposures could not be read: days are cut at them as far as they are already. */
    static SourcePlan without(Set<String> experiments, SourcePlan plan) {
        Map<Boolean, List<Edges>> failed =
                plan.edges().stream().collect(Collectors.partitioningBy(e -> experiments.contains(e.experiment())));
        List<Edges> others = Stream.concat(plan.otherEdges().stream(), failed.getOrDefault(true, List.of()).stream())
                .toList();
        return plan.with(plan.components(), failed.getOrDefault(false, List.of()), others);
    }

    /**
     * Notes of days that were read before an experiment was defined, and on which none of its units has an edge, that they are
     * cut as it needs them. They are not read for it.
     */
    static void noteDaysWithout(RunContext run, SourcePlan plan) {
        Collection<LoadRecord> read =
                run.loads().of(LoadRecord.Kind.METRIC_SOURCE, plan.name()).values();
        List<Edges> some = plan.edges().stream()
                .filter(edges -> edges.ids().isEmpty() && read.stream().anyMatch(record -> lacks(record, edges, run)))
                .toList();
        if (some.isEmpty()) {
            return;
        }
        DayRange range = DayRange.covering(read.stream().map(LoadRecord::day).toList());
        Set<List<Object>> cut =
                ExposureEdges.days(run.warehouse().read(Tables.EXPOSURES.name()), some, range).collectAsList().stream()
                        .map(row ->
                                List.<Object>of(row.getString(0), row.getDate(1).toLocalDate()))
                        .collect(Collectors.toSet());
        for (LoadRecord record : read) {
            Set<String> without = some.stream()
                    .filter(edges -> lacks(record, edges, run))
                    .filter(edges -> !cut.contains(List.<Object>of(edges.experiment(), record.day())))
                    .map(Edges::key)
                    .collect(Collectors.toSet());
            if (!without.isEmpty()) {
                run.loads().extend(record.with(without), without);
            }
        }
    }

    private static boolean lacks(LoadRecord record, Edges edges, RunContext run) {
        return edges.mayCut(record.day())
                && !record.definitions().contains(edges.key())
                && areExposuresRead(run, edges, record.day());
    }
}
