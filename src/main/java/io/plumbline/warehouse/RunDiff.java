package io.plumbline.warehouse;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What two runs left differently, in results and catalog values: the tables as they stood after each of the runs, from
 * Delta's history.
 *
 * <p>One row per result that only one of the runs left ({@code added}, {@code removed}) or that has another value in some
 * column ({@code changed}, with the columns' names): its keys, and units, value and p-value on both sides. The value is the
 * group's mean or the day's catalog value; of the catalog, {@code experiment} is null. Numbers are compared bit for bit,
 * and the runs' ids not at all.
 */
public final class RunDiff {

    /** The columns, in order. */
    public static final List<String> COLUMNS = List.of(
            "ds",
            "experiment",
            "metric",
            "view",
            "day_index",
            "step",
            "dimension",
            "dimension_value",
            "group_name",
            "change",
            "columns",
            "units_before",
            "units_after",
            "value_before",
            "value_after",
            "p_value_before",
            "p_value_after");

    private static final List<String> KEYS = COLUMNS.subList(0, COLUMNS.indexOf("change"));
    private static final String RUN_ID = "run_id";
    private static final String BEFORE = "plumbline__before__";
    private static final String AFTER = "plumbline__after__";
    private static final String IS_THERE = "is_there";

    private final Warehouse warehouse;

    /** Compares runs of a warehouse. */
    public RunDiff(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * The differences, in the order of their keys.
     *
     * @param before id of a run
     * @param after id of another, usually a later one
     * @throws IllegalArgumentException if there is no such run
     */
    public Dataset<Row> between(String before, String after) {
        Dataset<Row> results = between(Tables.EXPERIMENT_RESULTS, "mean", before, after);
        Dataset<Row> catalog = between(Tables.METRIC_DAILY, "value", before, after);
        Column[] keys = KEYS.stream().map(key -> col(key).asc_nulls_first()).toArray(Column[]::new);
        return results.unionByName(catalog).orderBy(keys);
    }

    private Dataset<Row> between(Table table, String value, String before, String after) {
        List<String> columns = Arrays.stream(table.schema().fieldNames())
                .filter(column -> !column.equals(RUN_ID))
                .toList();
        List<String> keys = KEYS.stream().filter(columns::contains).toList();
        List<String> compared = columns.stream().filter(c -> !keys.contains(c)).toList();
        Dataset<Row> one = side(table, before, columns, BEFORE);
        Dataset<Row> other = side(table, after, columns, AFTER);
        Column same = keys.stream()
                .map(key -> col(BEFORE + key).eqNullSafe(col(AFTER + key)))
                .reduce(Column::and)
                .orElseThrow();
        Column differences = array_compact(array(compared.stream()
                .map(column -> when(
                        col(BEFORE + column).eqNullSafe(col(AFTER + column)).equalTo(lit(false)), lit(column)))
                .toArray(Column[]::new)));
        Column change = when(col(BEFORE + IS_THERE).isNull(), lit("added"))
                .when(col(AFTER + IS_THERE).isNull(), lit("removed"))
                .otherwise(lit("changed"));
        Dataset<Row> changed = one.join(other, same, "full_outer")
                .withColumn("change", change)
                .withColumn("differences", differences)
                .filter(col("change")
                        .notEqual(lit("changed"))
                        .or(array_size(col("differences")).gt(lit(0))));
        return changed.select(shown(keys, columns, value));
    }

    private static Column[] shown(List<String> keys, List<String> columns, String value) {
        List<Column> shown = new ArrayList<>();
        for (String key : KEYS) {
            Column found = keys.contains(key)
                    ? when(col(BEFORE + IS_THERE).isNotNull(), col(BEFORE + key))
                            .otherwise(col(AFTER + key))
                    : lit(null)
                            .cast(Tables.EXPERIMENT_RESULTS.schema().apply(key).dataType());
            shown.add(found.as(key));
        }
        shown.add(col("change"));
        shown.add(when(col("change").equalTo(lit("changed")), array_join(col("differences"), " "))
                .as("columns"));
        shown.addAll(both("units", "units"));
        shown.addAll(both(value, "value"));
        Column none = lit(null).cast(DataTypes.DoubleType);
        shown.addAll(
                columns.contains("p_value")
                        ? both("p_value", "p_value")
                        : List.of(none.as("p_value_before"), none.as("p_value_after")));
        return shown.toArray(Column[]::new);
    }

    private static List<Column> both(String column, String name) {
        return List.of(
                col(BEFORE + column).as(name + "_before"), col(AFTER + column).as(name + "_after"));
    }

    /** A table after a run, its columns named for the side. */
    private Dataset<Row> side(Table table, String runId, List<String> columns, String prefix) {
        Dataset<Row> rows = warehouse.read(table.name(), version(table, runId));
        List<Column> named = new ArrayList<>(
                columns.stream().map(column -> col(column).as(prefix + column)).toList());
        named.add(lit(true).as(prefix + IS_THERE));
        return rows.select(named.toArray(Column[]::new));
    }

    /** The table's version after the run's last commit; of a run that made none, the version at its end. */
    private long version(Table table, String runId) {
        Dataset<Row> history = warehouse.history(table.name());
        Column isOfRun = get_json_object(col("userMetadata"), "$.run_id").equalTo(lit(runId));
        return newest(history.filter(isOfRun))
                .or(() -> ended(runId)
                        .flatMap(end -> newest(history.filter(col("timestamp").leq(lit(end))))))
                .orElseThrow(() -> new IllegalArgumentException("no run '" + runId + "' in the history of "
                        + table.name() + "; `plumbline runs` lists the runs"));
    }

    private Optional<Timestamp> ended(String runId) {
        return warehouse
                .read(Tables.RUNS.name())
                .filter(col(RUN_ID).equalTo(lit(runId)))
                .select(max(col("ended_at")))
                .collectAsList()
                .stream()
                .flatMap(row -> Optional.ofNullable(row.<Timestamp>getAs(0)).stream())
                .findFirst();
    }

    private static Optional<Long> newest(Dataset<Row> history) {
        return history.select(max(col("version"))).collectAsList().stream()
                .flatMap(row -> Optional.ofNullable(row.<Long>getAs(0)).stream())
                .findFirst();
    }
}
