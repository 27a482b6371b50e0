package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LAYER;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.plumbline.unitday.Layers;
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
    private final Set<String> unneeded;
    private final Map<LocalDate, Set<String>> layers = new TreeMap<>();
    private final Set<LocalDate> dropping = new TreeSet<>();

    private LayerUpkeep(Warehouse warehouse, String table, Map<LocalDate, LoadRecord> loaded, Set<String> unneeded) {
        this.warehouse = warehouse;
        this.table = table;
        this.loaded = loaded;
        this.unneeded = unneeded;
    }

    /**
     * Looks at a table.
     *
     * @param loaded what was read of its source
     * @param needed ids of the components that the project's metrics and ids are made of
     */
    static LayerUpkeep of(Warehouse warehouse, String table, Map<LocalDate, LoadRecord> loaded, Set<String> needed) {
        Dataset<Row> rows = warehouse.read(table);
        Set<String> unneeded = Layers.states(rows).stream()
                .filter(state -> !needed.contains(Layers.component(state)))
                .collect(Collectors.toCollection(TreeSet::new));
        LayerUpkeep upkeep = new LayerUpkeep(warehouse, table, loaded, unneeded);
        upkeep.look(rows);
        return upkeep;
    }

    private void look(Dataset<Row> rows) {
        Map<LocalDate, Set<String>> present = byDay(rows);
        if (!unneeded.isEmpty()) {
            dropping.addAll(
                    byDay(rows.filter(Layers.hasAny(List.copyOf(unneeded)))).keySet());
        }
        Map<LocalDate, Set<String>> unknown = unknown(rows, present);
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

    /** Layers beside the base that hold a component which the loads do not have of the day. */
    private Map<LocalDate, Set<String>> unknown(Dataset<Row> rows, Map<LocalDate, Set<String>> present) {
        Map<LocalDate, Set<String>> unknown = new TreeMap<>();
        List<String> states = Layers.states(rows).stream()
                .filter(state -> !unneeded.contains(state))
                .toList();
        if (states.isEmpty() || present.values().stream().allMatch(Set.of(LoadBatch.BASE)::containsAll)) {
            return unknown;
        }
        List<Column> found = states.stream()
                .map(state -> coalesce(max(col(state).isNotNull()), lit(false)).as(state))
                .toList();
        rows.filter(col(LAYER).notEqual(lit(LoadBatch.BASE)))
                .groupBy(DS, LAYER)
                .agg(found.get(0), found.subList(1, found.size()).toArray(Column[]::new))
                .collectAsList()
                .forEach(row -> {
                    LocalDate day = row.<java.sql.Date>getAs(DS).toLocalDate();
                    LoadRecord record = loaded.get(day);
                    if (states.stream()
                            .filter(state -> row.<Boolean>getAs(state))
                            .anyMatch(state ->
                                    record == null || !record.definitions().contains(Layers.component(state)))) {
                        unknown.computeIfAbsent(day, key -> new TreeSet<>()).add(row.getAs(LAYER));
                    }
                });
        return unknown;
    }

    /** What is to be done. */
    List<Chore> chores() {
        List<Chore> chores = new ArrayList<>();
        if (!dropping.isEmpty()) {
            Set<String> components = unneeded.stream().map(Layers::component).collect(Collectors.toSet());
            chores.add(new Chore(
                    Chore.Action.DROP,
                    table,
                    counted(components.size(), "component") + " that no metric needs, on "
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
                    rows -> Layers.folded(rows, LoadBatch.BASE, unneeded, keepsUnits(some))
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
