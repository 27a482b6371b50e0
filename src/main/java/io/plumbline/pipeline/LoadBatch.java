package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.AddedFiles;
import io.plumbline.unitday.Layers;
import io.plumbline.warehouse.Days;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Days of a source that are read in one scan.
 *
 * @param plan the components to compute, and the edges at which days are cut
 * @param layers day → the name under which its rows are stored
 * @param extent whether the rows replace the days, or add components or rows to them
 * @param files the only files that are read; empty for all
 */
record LoadBatch(SourcePlan plan, SortedMap<LocalDate, String> layers, Extent extent, Optional<AddedFiles> files) {

    /** What happens to what the days hold already. */
    enum Extent {
        /** All rows of the days are replaced. */
        WHOLE_DAY,
        /** Only the rows of the layer are; the days keep all other components. */
        NEW_COMPONENTS,
        /** Only the rows of the layer are; the days keep what was read before the files came. */
        NEW_FILES
    }

    /** The layer of all components that were known when the day was read. */
    static final String BASE = "base";

    /**
     * What a run has to read: days whose data are new or changed, days that are cut at other edges than the experiments
     * need, for days that lack components only these, and of days that only got more files only these.
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
        List<LocalDate> grown = new ArrayList<>();
        Map<List<PlannedComponent>, List<LocalDate>> lacking = new LinkedHashMap<>();
        reasons(plan, asOf, reading, stale).forEach((day, reason) -> {
            switch (reason) {
                case METRICS ->
                    lacking.computeIfAbsent(missing(plan, loaded.get(day)), key -> new ArrayList<>())
                            .add(day);
                case ADDED -> grown.add(day);
                default -> whole.add(day);
            }
        });
        List<LoadBatch> batches = new ArrayList<>();
        lacking.forEach((components, days) -> {
            Set<LocalDate> again = leftOver.apply(newComponents(plan, components, days, loaded));
            whole.addAll(again);
            List<LocalDate> clean =
                    days.stream().filter(day -> !again.contains(day)).toList();
            if (!clean.isEmpty()) {
                batches.add(newComponents(plan, components, clean, loaded));
            }
        });
        if (!whole.isEmpty()) {
            SourcePlan all = plan.with(plan.components(), DayCuts.edges(plan, whole, loaded), List.of());
            batches.add(0, new LoadBatch(all, layers(whole, day -> BASE), Extent.WHOLE_DAY, Optional.empty()));
        }
        NewFiles.of(grown, reading).forEach(files -> batches.add(newFiles(plan, files, loaded)));
        return batches;
    }

    private static SortedMap<LocalDate, String> layers(Collection<LocalDate> days, Function<LocalDate, String> name) {
        SortedMap<LocalDate, String> layers = new TreeMap<>();
        days.forEach(day -> layers.put(day, name.apply(day)));
        return layers;
    }

    private static LoadBatch newComponents(
            SourcePlan plan,
            List<PlannedComponent> components,
            List<LocalDate> days,
            Map<LocalDate, LoadRecord> loaded) {
        SourcePlan some = plan.with(components, DayCuts.edges(plan, days, loaded), List.of());
        return new LoadBatch(some, layers(days, day -> layer(components)), Extent.NEW_COMPONENTS, Optional.empty());
    }

    private static LoadBatch newFiles(SourcePlan plan, NewFiles files, Map<LocalDate, LoadRecord> loaded) {
        SourcePlan all = plan.with(plan.components(), DayCuts.edges(plan, files.days(), loaded), List.of());
        return new LoadBatch(
                all,
                layers(
                        files.days(),
                        day -> layerAfter(
                                Objects.requireNonNull(loaded.get(day)).fingerprint())),
                Extent.NEW_FILES,
                Optional.of(files.files()));
    }

    /**
     * The days that a run has to read, in order, and why.
     *
     * @param stale days that were cut before all ids were known
     */
    static SortedMap<LocalDate, ReadReason> reasons(
            SourcePlan plan, LocalDate asOf, Reading reading, Set<LocalDate> stale) {
        SortedMap<LocalDate, ReadReason> reasons = new TreeMap<>();
        for (LocalDate day : days(plan, asOf, reading)) {
            LoadRecord record = reading.loaded().get(day);
            Optional<ReadReason> changed = reading.reason(day);
            if (reading.added(day).isPresent() && !stale.contains(day) && holds(record, plan)) {
                reasons.put(day, ReadReason.ADDED);
            } else if (changed.isPresent() || record == null) {
                reasons.put(day, changed.orElse(ReadReason.NEW));
            } else if (stale.contains(day)) {
                reasons.put(day, ReadReason.PAIRED);
            } else if (!DayCuts.areIn(record, plan)) {
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

    /** In order. */
    List<LocalDate> days() {
        return List.copyOf(layers.keySet());
    }

    /** The name under which a row of a day is stored. */
    Column layer() {
        return byLayer().entrySet().stream()
                .map(entry -> when(col(DS).isin(entry.getValue().toArray()), lit(entry.getKey())))
                .reduce(functions::coalesce)
                .orElseThrow();
    }

    /** True for the stored rows that those of the batch replace. */
    String replaced() {
        return extent == Extent.WHOLE_DAY ? Days.predicate(days()) : stored();
    }

    /** True for the stored rows of the batch. */
    String stored() {
        return byLayer().entrySet().stream()
                .map(entry -> "(" + Days.predicate(entry.getValue()) + " AND layer = '" + entry.getKey() + "')")
                .collect(Collectors.joining(" OR "));
    }

    private SortedMap<String, List<LocalDate>> byLayer() {
        SortedMap<String, List<LocalDate>> days = new TreeMap<>();
        layers.forEach((day, layer) ->
                days.computeIfAbsent(layer, key -> new ArrayList<>()).add(day));
        return days;
    }

    /** What its days have by the batch alone, and not only together with what they held before. */
    Set<String> computed() {
        return switch (extent) {
            case WHOLE_DAY -> definitions();
            case NEW_COMPONENTS ->
                plan.components().stream().map(PlannedComponent::id).collect(Collectors.toCollection(TreeSet::new));
            case NEW_FILES -> new TreeSet<>();
        };
    }

    /**
     * What a day holds when the batch is stored.
     *
     * @param before what it held
     */
    Set<String> definitions(Set<String> before) {
        Set<String> definitions = new TreeSet<>(before);
        if (extent == Extent.NEW_FILES) {
            definitions.retainAll(definitions());
        } else {
            definitions.addAll(computed());
        }
        return definitions;
    }

    private Set<String> definitions() {
        Set<String> definitions = new TreeSet<>(DayCuts.of(plan.unitTypes(), plan.edges()));
        plan.components().forEach(component -> definitions.add(component.id()));
        return definitions;
    }

    /** The rows of a day, of which the batch has read some: a layer of new components has those that were read before. */
    long rows(long read, Optional<LoadRecord> before) {
        long earlier = before.map(LoadRecord::rowCount).orElse(0L);
        return extent == Extent.NEW_COMPONENTS ? earlier : earlier + read;
    }

    /** Whether every component is in one of the days' records. */
    static boolean holds(LoadRecord record, Collection<PlannedComponent> components) {
        return components.stream().allMatch(c -> record.definitions().contains(c.id()));
    }

    /** Whether a day was read for all components of a plan and cut at all of its edges. */
    static boolean holds(@Nullable LoadRecord record, SourcePlan plan) {
        return record != null && DayCuts.areIn(record, plan) && holds(record, plan.components());
    }

    /**
     * The layer of files that came after a day was read. Until they are recorded too, nothing else can have the name: a run
     * after one that was killed replaces what that one left.
     *
     * @param fingerprint what the source held before
     */
    static String layerAfter(String fingerprint) {
        return Layers.OWN_ROWS + fingerprint.replaceAll("[^A-Za-z0-9]", "_");
    }

    private static String layer(List<PlannedComponent> components) {
        return components.stream()
                        .map(PlannedComponent::id)
                        .min(Comparator.naturalOrder())
                        .orElseThrow() + "_" + components.size();
    }
}
