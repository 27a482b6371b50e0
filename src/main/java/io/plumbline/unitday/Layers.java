package io.plumbline.unitday;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LAYER;
import static io.plumbline.unitday.UnitDaySchema.LEAF;
import static io.plumbline.unitday.UnitDaySchema.NON_FINITE;
import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static io.plumbline.unitday.UnitDaySchema.ROW_COUNT;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.plumbline.plan.PlannedComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The layers of stored unit-days: which components they hold, and how several become one.
 *
 * <p>Input and output: the rows of a table of unit-days. In the output a unit has one row per day, leaf, part of the day and
 * breakdown value, with the merged states of all its rows in the input. Layers of components that were computed alone have
 * source rows in common with others, no component is in two of them, and of their {@code row_count} and {@code
 * non_finite_values} the greatest remain; layers of files that came later have source rows of their own. Readers, who merge
 * the rows of a unit, find the same in both.
 */
public final class Layers {

    private static final List<String> KEYS = List.of(DS, UNIT_ID, LEAF, PART_START, DIMENSION, DIMENSION_VALUE);
    private static final Set<String> OTHERS = Stream.concat(
                    KEYS.stream(), Stream.of(LAYER, ROW_COUNT, NON_FINITE, NUMBERS))
            .collect(Collectors.toSet());

    /** What the names of layers begin with that have source rows in common with no other layer of the day. */
    public static final String OWN_ROWS = "after_";

    private Layers() {}

    /**
     * A component that some row of a layer has data of.
     *
     * @param component its id
     */
    public record Held(LocalDate day, String layer, String component) {}

    /** The components in each layer of each day. Looks at all rows. */
    public static List<Held> held(Dataset<Row> unitDays) {
        Column none = array().cast("ARRAY<BIGINT>");
        Column columns = columns(unitDays).stream()
                .map(state -> when(col(state).isNotNull(), array(lit(Numbers.number(component(state)))))
                        .otherwise(none))
                .reduce(none, functions::concat);
        Column components = concat(coalesce(Numbers.components(), none), columns);
        return unitDays
                .select(col(DS), col(LAYER), explode(components).as("component"))
                .distinct()
                .collectAsList()
                .stream()
                .map(row -> new Held(row.getDate(0).toLocalDate(), row.getString(1), Numbers.component(row.getLong(2))))
                .toList();
    }

    /** The columns of states that are no numbers. */
    private static List<String> columns(Dataset<Row> unitDays) {
        return Stream.of(unitDays.columns())
                .filter(column -> !OTHERS.contains(column))
                .toList();
    }

    private static String component(String column) {
        return column.substring(0, column.indexOf("__"));
    }

    /** Whether a row has a state of one of some components. */
    public static Column hasAny(Dataset<Row> unitDays, Collection<String> components) {
        return columns(unitDays).stream()
                .filter(column -> components.contains(component(column)))
                .map(column -> col(column).isNotNull())
                .reduce(Numbers.haveAny(components), Column::or);
    }

    /**
     * All layers in one.
     *
     * @param layer the name of the one
     * @param components whose states it has
     * @param kept true for rows that are kept also when they have no state left
     */
    public static Dataset<Row> folded(
            Dataset<Row> unitDays, String layer, Collection<PlannedComponent> components, Column kept) {
        Map<String, Column> merged = merged(unitDays, components);
        List<Column> aggregates = new ArrayList<>();
        aggregates.add(rows(NON_FINITE));
        aggregates.add(Numbers.sorted(Numbers.merged(flatten(collect_list(NUMBERS)), components))
                .as(NUMBERS));
        merged.forEach((column, state) -> aggregates.add(state.as(column)));
        Column left = merged.keySet().stream()
                .map(state -> col(state).isNotNull())
                .reduce(col(NUMBERS).isNotNull(), Column::or);
        Dataset<Row> folded = unitDays.withColumn(NUMBERS, Numbers.only(components))
                .groupBy(KEYS.stream().map(functions::col).toArray(Column[]::new))
                .agg(rows(ROW_COUNT), aggregates.toArray(Column[]::new))
                .filter(kept.or(left))
                .withColumn(LAYER, lit(layer));
        for (String column : columns(unitDays)) {
            if (!merged.containsKey(column)) {
                folded = folded.withColumn(
                        column, lit(null).cast(unitDays.schema().apply(column).dataType()));
            }
        }
        return folded;
    }

    /** Column → its merged states, of those columns that there are. */
    private static Map<String, Column> merged(Dataset<Row> unitDays, Collection<PlannedComponent> components) {
        List<String> columns = columns(unitDays);
        Map<String, Column> merged = new LinkedHashMap<>();
        for (PlannedComponent component : components) {
            for (StatePart part : States.parts(component.component().aggregate())) {
                String column = component.column(part.name());
                if (columns.contains(column)) {
                    merged.put(column, part.merge().apply(col(column)));
                }
            }
        }
        return merged;
    }

    private static Column rows(String count) {
        Column own = col(LAYER).startsWith(OWN_ROWS);
        Column shared = max(when(not(own), col(count)));
        Column added = sum(when(own, col(count)));
        return coalesce(shared.plus(added), shared, added).as(count);
    }
}
