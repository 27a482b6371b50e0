package io.plumbline.pipeline;

import io.plumbline.plan.Edges;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Days of a source that are read in one scan.
 *
 * @param plan the components to compute, and the edges at which days are cut
 * @param days in order
 * @param layer the name under which the rows are stored
 * @param extent whether the rows replace the days, or add components to them
 * @param kept the layers that stay, by name: those that are recorded of the days, and none that a run has left which ended
 *     before it was recorded
 */
record LoadBatch(SourcePlan plan, List<LocalDate> days, String layer, Extent extent, Set<String> kept) {

    /** What happens to what the days hold already. */
    enum Extent {
        /** All rows of the days are replaced. */
        WHOLE_DAY,
        /** Only the rows of the layer are; the days keep all components that are recorded. */
        NEW_COMPONENTS
    }

    /** The layer of all components that were known when the day was read. */
    static final String BASE = "base";

    private static final String LAYER = "layer:";

    /** What days lack and have. */
    private record Lack(List<PlannedComponent> components, Set<String> layers) {}

    /**
     * What a run has to read: days whose data are new or changed, days that are cut at other edges than the experiments
     * need, and for days that lack components only these.
     *
     * @param stale days that were cut before all ids were known
     */
    static List<LoadBatch> of(SourcePlan plan, LocalDate asOf, Reading reading, Set<LocalDate> stale) {
        Map<LocalDate, LoadRecord> loaded = reading.loaded();
        List<LocalDate> whole = new ArrayList<>();
        Map<Lack, List<LocalDate>> lacking = new LinkedHashMap<>();
        reasons(plan, asOf, reading, stale).forEach((day, reason) -> {
            LoadRecord record = loaded.get(day);
            if (reason == ReadReason.METRICS && record != null) {
                lacking.computeIfAbsent(new Lack(missing(plan, record), layers(record)), key -> new ArrayList<>())
                        .add(day);
            } else {
                whole.add(day);
            }
        });
        List<LoadBatch> batches = new ArrayList<>();
        if (!whole.isEmpty()) {
            batches.add(new LoadBatch(
                    plan.with(plan.components(), edges(plan, whole, loaded), List.of()),
                    whole,
                    BASE,
                    Extent.WHOLE_DAY,
                    Set.of()));
        }
        lacking.forEach((lack, days) -> batches.add(new LoadBatch(
                plan.with(lack.components(), edges(plan, days, loaded), List.of()),
                days,
                layer(lack.components()),
                Extent.NEW_COMPONENTS,
                lack.layers())));
        return batches;
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

    private static List<PlannedComponent> missing(SourcePlan plan, LoadRecord record) {
        return plan.components().stream()
                .filter(c -> !record.definitions().contains(c.id()))
                .toList();
    }

    private static Set<String> layers(LoadRecord record) {
        return record.definitions().stream()
                .filter(definition -> definition.startsWith(LAYER))
                .map(definition -> definition.substring(LAYER.length()))
                .collect(Collectors.toCollection(TreeSet::new));
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
        definitions.add(LAYER + layer);
        return definitions;
    }

    /** Whether every component is in one of the days' records. */
    static boolean holds(LoadRecord record, Collection<PlannedComponent> components) {
        return components.stream().allMatch(c -> record.definitions().contains(c.id()));
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

    /** Of every day, whichever components it has. */
    private static Set<String> cuts(List<String> unitTypes, List<Edges> edges) {
        return Stream.of(
                        Stream.of(LAYER + BASE),
                        unitTypes.stream().map(type -> "unit:" + type),
                        edges.stream().map(Edges::key))
                .flatMap(each -> each)
                .collect(Collectors.toSet());
    }

    private static String layer(List<PlannedComponent> components) {
        return components.stream()
                        .map(PlannedComponent::id)
                        .min(Comparator.naturalOrder())
                        .orElseThrow() + "_" + components.size();
    }
}
