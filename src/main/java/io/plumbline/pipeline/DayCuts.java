package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;

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
        for (Edges edges : plan.edges()) {
            List<LoadRecord> lacking = run.loads().of(LoadRecord.Kind.METRIC_SOURCE, plan.name()).values().stream()
                    .filter(record -> edges.mayCut(record.day()) && areExposuresRead(run, edges, record.day()))
                    .filter(record -> !record.definitions().contains(edges.key()))
                    .toList();
            if (edges.ids().isEmpty() && !lacking.isEmpty()) {
                Set<LocalDate> cut = daysWith(run, edges, lacking);
                lacking.stream()
                        .filter(record -> !cut.contains(record.day()))
                        .forEach(record -> run.loads().extend(record.with(Set.of(edges.key())), Set.of(edges.key())));
            }
        }
    }

    private static Set<LocalDate> daysWith(RunContext run, Edges edges, List<LoadRecord> records) {
        DayRange range =
                DayRange.covering(records.stream().map(LoadRecord::day).sorted().toList());
        return ExposureEdges.of(run.warehouse().read(Tables.EXPOSURES.name()), edges.unitType(), List.of(edges), range)
                .select(DS)
                .distinct()
                .collectAsList()
                .stream()
                .map(row -> row.getDate(0).toLocalDate())
                .collect(Collectors.toSet());
    }
}
