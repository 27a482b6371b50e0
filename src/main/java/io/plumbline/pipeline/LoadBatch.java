package io.plumbline.pipeline;

import io.plumbline.plan.Edges;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Days of a source that are read in one scan.
 *
 * @param plan the components to compute, and the edges at which days are cut
 * @param days in order
 * @param layer the name under which the rows are stored
 * @param extent whether the rows replace the days, or add components to them
 */
record LoadBatch(SourcePlan plan, List<LocalDate> days, String layer, Extent extent) {

    /** What happens to what the days hold already. */
    enum Extent {
        /** All rows of the days are replaced. */
        WHOLE_DAY,
        /** Only the rows of the layer are; the days keep all other components. */
        NEW_COMPONENTS
    }

    /** The layer of all components that were known when the day was read. */
    static final String BASE = "base";

    /**
     * What a run has to read: days whose data are new or changed, days that are cut at other edges than the experiments
     * need, and for days that lack components only these.
     *
     * @param stale days that were cut before all ids were known
     * @param leftOver those days of a batch of new components that have states of these already: all of such a day is read
     *     again, because nothing says what they were made of
     */
    static List<LoadBatch> of(
            SourcePlan plan,
            LocalDate asOf,
            Reading reading,
            Set<LocalDate> stale,
            Function<LoadBatch, Set<LocalDate>> leftOver) {
        Map<LocalDate, LoadRecord> loaded = reading.loaded();
        List<LocalDate> whole = new ArrayList<>();
        Map<List<PlannedComponent>, List<LocalDate>> lacking = new LinkedHashMap<>();
        reasons(plan, asOf, reading, stale).forEach((day, reason) -> {
            if (reason == ReadReason.METRICS) {
                lacking.computeIfAbsent(missing(plan, loaded.get(day)), key -> new ArrayList<>())
                        .add(day);
            } else {
                whole.add(day);
            }
        });
        List<LoadBatch> batches = new ArrayList<>();
        lacking.forEach((components, days) -> {
            Set<LocalDate> again = leftOver.apply(added(plan, components, days, loaded));
            whole.addAll(again);
            List<LocalDate> clean =
                    days.stream().filter(day -> !again.contains(day)).toList();
            if (!clean.isEmpty()) {
                batches.add(added(plan, components, clean, loaded));
            }
        });
        if (!whole.isEmpty()) {
            Collections.sort(whole);
            SourcePlan all = plan.with(plan.components(), edges(plan, whole, loaded), List.of());
            batches.add(0, new LoadBatch(all, whole, BASE, Extent.WHOLE_DAY));
        }
        return batches;
    }

    private static LoadBatch added(
            SourcePlan plan,
            List<PlannedComponent> components,
            List<LocalDate> days,
            Map<LocalDate, LoadRecord> loaded) {
        SourcePlan some = plan.with(components, edges(plan, days, loaded), List.of());
        return new LoadBatch(some, days, layer(components), Extent.NEW_COMPONENTS);
    }

    /**
     * The days that a run has to read, in order, and why.
     *
     * @param stale days that were cut before all ids were known
     */
    static SortedMap<LocalDate, ReadReason> reasons(
            SourcePlan plan, LocalDate asOf, Reading reading, Set<LocalDate> stale) {
        Set<String> cuts = cuts(plan.unitTypes(), plan.edges());
        SortedMap<LocalDate, ReadReason> reasons = new TreeMap<>();
        for (LocalDate day : days(plan, asOf, reading)) {
            LoadRecord record = reading.loaded().get(day);
            Optional<ReadReason> changed = reading.reason(day);
            if (changed.isPresent() || record == null) {
                reasons.put(day, changed.orElse(ReadReason.NEW));
            } else if (stale.contains(day)) {
                reasons.put(day, ReadReason.PAIRED);
            } else if (!record.definitions().containsAll(cuts)) {
                reasons.put(day, ReadReason.EDGES);
            } else if (!holds(record, plan.components())) {
                reasons.put(day, ReadReason.METRICS);
            }
        }
        return reasons;
    }

    private static List<PlannedComponent> missing(SourcePlan plan, @Nullable LoadRecord record) {
        return plan.components().stream()
                .filter(c -> record == null || !record.definitions().contains(c.id()))
                .toList();
    }

    /** The days that the run needs, and others that were read once and have changed. */
    private static Set<LocalDate> days(SourcePlan plan, LocalDate asOf, Reading reading) {
        Set<LocalDate> days = reading.loaded().keySet().stream()
                .filter(day -> reading.reason(day)
                        .filter(reason -> reason == ReadReason.CHANGED)
                        .isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        plan.firstDay().datesUntil(asOf.plusDays(1)).forEach(days::add);
        return days;
    }

    /** What is recorded for each day of the batch beside what the day has kept. */
    Set<String> definitions() {
        Set<String> definitions = new TreeSet<>(cuts(plan.unitTypes(), plan.edges()));
        plan.components().forEach(component -> definitions.add(component.id()));
        return definitions;
    }

    /** Whether every component is in one of the days' records. */
    static boolean holds(LoadRecord record, Collection<PlannedComponent> components) {
        return components.stream().allMatch(c -> record.definitions().contains(c.id()));
    }

    /** Whether a day was read for all components of a plan and cut at all of its edges. */
    static boolean holds(@Nullable LoadRecord record, SourcePlan plan) {
        return record != null
                && record.definitions().containsAll(cuts(plan.unitTypes(), plan.edges()))
                && holds(record, plan.components());
    }

    /** The run's edges, and those of other experiments that some of the days are cut at already. */
    private static List<Edges> edges(SourcePlan plan, List<LocalDate> days, Map<LocalDate, LoadRecord> loaded) {
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

    /** What is recorded of a day whose rows were added up by a unit type. */
    static String unitType(String type) {
        return "unit:" + type;
    }

    private static Set<String> cuts(List<String> unitTypes, List<Edges> edges) {
        return Stream.concat(
                        unitTypes.stream().map(LoadBatch::unitType),
                        edges.stream().map(Edges::key))
                .collect(Collectors.toSet());
    }

    private static String layer(List<PlannedComponent> components) {
        return components.stream()
                        .map(PlannedComponent::id)
                        .min(Comparator.naturalOrder())
                        .orElseThrow() + "_" + components.size();
    }
}
