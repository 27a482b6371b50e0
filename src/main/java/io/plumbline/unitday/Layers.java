package io.plumbline.unitday;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LAYER;
import static io.plumbline.unitday.UnitDaySchema.LEAF;
import static io.plumbline.unitday.UnitDaySchema.NON_FINITE;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static io.plumbline.unitday.UnitDaySchema.ROW_COUNT;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.util.ArrayList;
import java.util.List;
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
 * breakdown value. It holds the states of all its rows in the input: a component is computed in one layer of a day only, so
 * that at most one of them is not null. {@code row_count} and {@code non_finite_values} are the greatest of the rows: no layer
 * says which source rows it has in common with another. Readers, who merge the rows of a unit, find the same in both.
 */
public final class Layers {

    private static final List<String> KEYS = List.of(DS, UNIT_ID, LEAF, PART_START, DIMENSION, DIMENSION_VALUE);
    private static final Set<String> OTHERS = Stream.concat(KEYS.stream(), Stream.of(LAYER, ROW_COUNT, NON_FINITE))
            .collect(Collectors.toSet());

    private Layers() {}

    /** The columns of states in a table of unit-days. */
    public static List<String> states(Dataset<Row> unitDays) {
        return Stream.of(unitDays.columns())
                .filter(column -> !OTHERS.contains(column))
                .toList();
    }

    /** The id of the component that a column holds a part of. */
    public static String component(String state) {
        return state.substring(0, state.indexOf("__"));
    }

    /** Whether a row has a value in one of the columns; no column, no row. */
    public static Column hasAny(List<String> states) {
        return states.stream()
                .map(state -> col(state).isNotNull())
                .reduce(Column::or)
                .orElse(lit(false));
    }

    /**
     * All layers in one, without some of their components.
     *
     * @param layer the name of the one
     * @param dropped states that are left out; their columns are null
     * @param kept true for rows that are kept also when they have no state left
     */
    public static Dataset<Row> folded(Dataset<Row> unitDays, String layer, Set<String> dropped, Column kept) {
        List<String> states = states(unitDays).stream()
                .filter(state -> !dropped.contains(state))
                .toList();
        List<Column> aggregates = new ArrayList<>();
        aggregates.add(max(ROW_COUNT).as(ROW_COUNT));
        aggregates.add(max(NON_FINITE).as(NON_FINITE));
        states.forEach(state -> aggregates.add(first(col(state), true).as(state)));
        Dataset<Row> folded = unitDays.groupBy(KEYS.stream().map(functions::col).toArray(Column[]::new))
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .filter(kept.or(hasAny(states)))
                .withColumn(LAYER, lit(layer));
        for (String state : dropped) {
            folded = folded.withColumn(
                    state, lit(null).cast(unitDays.schema().apply(state).dataType()));
        }
        return folded;
    }
}
