package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LAYER;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.unitday.Layers;
import io.plumbline.unitday.Layers.Held;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.Days;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What can be made smaller in one table of unit-days: days of several layers, and states that no metric needs. A layer that
 * the loads do not know of is left alone: the run that computes it may still be going on, or it was killed and its layer is
 * replaced by the next one.
 */
final class LayerUpkeep {

    /** So many days are rewritten in one commit. */
    private static final int DAYS_AT_ONCE = 31;

    private final Warehouse warehouse;
    private final String table;
    private final Map<LocalDate, LoadRecord> loaded;
    private final List<PlannedComponent> needed;
    private final Set<String> unneeded;
    private final Map<LocalDate, Set<String>> layers = new TreeMap<>();
    private final Set<LocalDate> dropping = new TreeSet<>();

    private LayerUpkeep(
            Warehouse warehouse,
            String table,
            Map<LocalDate, LoadRecord> loaded,
            List<PlannedComponent> needed,
            Set<String> unneeded) {
        this.warehouse = warehouse;
        this.table = table;
        this.loaded = loaded;
        this.needed = needed;
        this.unneeded = unneeded;
    }

    /**
     * Looks at a table.
     *
     * @param loaded what was read of its source
     * @param needed the components that the project's metrics and ids are made of
     */
    static LayerUpkeep of(
            Warehouse warehouse, String table, Map<LocalDate, LoadRecord> loaded, List<PlannedComponent> needed) {
        Set<String> ids = needed.stream().map(PlannedComponent::id).collect(Collectors.toSet());
        Dataset<Row> rows = warehouse.read(table);
        List<Held> held = Layers.held(rows);
        Set<String> unneeded = held.stream()
                .map(Held::component)
                .filter(component -> !ids.contains(component))
                .collect(Collectors.toCollection(TreeSet::new));
        LayerUpkeep upkeep = new LayerUpkeep(warehouse, table, loaded, needed, unneeded);
        upkeep.look(byDay(rows), held);
        return upkeep;
    }

    private void look(Map<LocalDate, Set<String>> present, List<Held> held) {
        held.stream().filter(each -> unneeded.contains(each.component())).forEach(each -> dropping.add(each.day()));
        Map<LocalDate, Set<String>> unknown = held.stream()
                .filter(this::isUnknown)
                .collect(Collectors.groupingBy(Held::day, Collectors.mapping(Held::layer, Collectors.toSet())));
        present.forEach((day, names) -> {
            Set<String> known = new TreeSet<>(names);
            known.removeAll(unknown.getOrDefault(day, Set.of()));
            if (known.size() > 1 || (dropping.contains(day) && !known.isEmpty())) {
                layers.put(day, known);
            }
        });
        dropping.retainAll(layers.keySet());
    }

    private static Map<LocalDate, Set<String>> byDay(Dataset<Row> rows) {
        Map<LocalDate, Set<String>> layers = new TreeMap<>();
        rows.select(DS, LAYER)
                .distinct()
                .collectAsList()
                .forEach(row -> layers.computeIfAbsent(row.getDate(0).toLocalDate(), day -> new TreeSet<>())
                        .add(row.getString(1)));
        return layers;
    }

    /**
     * Of a layer beside the base that holds a component which the loads do not have of the day, or rows of files that came
     * after what they do have.
     */
    private boolean isUnknown(Held held) {
        if (held.layer().equals(LoadBatch.BASE)) {
            return false;
        }
        LoadRecord record = loaded.get(held.day());
        if (record != null && held.layer().equals(LoadBatch.layerAfter(record.fingerprint()))) {
            return true;
        }
        return !unneeded.contains(held.component())
                && (record == null || !record.definitions().contains(held.component()));
    }

    /** What is to be done. */
    List<Chore> chores() {
        List<Chore> chores = new ArrayList<>();
        if (!dropping.isEmpty()) {
            chores.add(new Chore(
                    Chore.Action.DROP,
                    table,
                    counted(unneeded.size(), "component") + " that no metric needs, on "
                            + counted(dropping.size(), "day")));
        }
        List<Set<String>> several =
                layers.values().stream().filter(names -> names.size() > 1).toList();
        if (!several.isEmpty()) {
            int all = several.stream().mapToInt(Set::size).sum();
            chores.add(new Chore(
                    Chore.Action.FOLD,
                    table,
                    counted(all, "layer") + " of " + counted(several.size(), "day") + " into one each"));
        }
        return chores;
    }

    /** A number of things. */
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Does it; a day is rewritten in one commit. */
    void perform(Commit commit) {
        List<LocalDate> days = List.copyOf(layers.keySet());
        for (int first = 0; first < days.size(); first += DAYS_AT_ONCE) {
            List<LocalDate> some = days.subList(first, Math.min(first + DAYS_AT_ONCE, days.size()));
            warehouse.rewrite(
                    table,
                    predicate(some),
                    rows -> Layers.folded(rows, LoadBatch.BASE, needed, keepsUnits(some))
                            .hint("rebalance", col(DS))
                            .sortWithinPartitions(DS, UNIT_ID),
                    commit);
        }
    }

    /** The days with the layers that become one, and the one. */
    private String predicate(Collection<LocalDate> days) {
        Map<Set<String>, List<LocalDate>> byLayers = days.stream().collect(Collectors.groupingBy(day -> {
            Set<String> names = new HashSet<>(layers.getOrDefault(day, Set.of()));
            names.add(LoadBatch.BASE);
            return names;
        }));
        return byLayers.entrySet().stream()
                .map(entry -> "(" + Days.predicate(entry.getValue()) + " AND layer IN ("
                        + entry.getKey().stream()
                                .sorted()
                                .map(name -> "'" + name + "'")
                                .collect(Collectors.joining(", "))
                        + "))")
                .sorted()
                .collect(Collectors.joining(" OR "));
    }

    /** Where ids are resolved, the units of a day decide where it is cut, whatever is known of them. */
    private Column keepsUnits(Collection<LocalDate> days) {
        Object[] kept = days.stream()
                .filter(day -> {
                    LoadRecord record = loaded.get(day);
                    return record != null && IdCuts.isRecorded(record);
                })
                .toArray();
        return col(DS).isin(kept);
    }
}
