package io.plumbline.warehouse;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.split;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The table of what was read: {@link Tables#LOADS}. */
public final class Loads {

    private final SparkSession spark;
    private final Warehouse warehouse;

    /** The loads of a warehouse. */
    public Loads(SparkSession spark, Warehouse warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    /** What was read of all days of all sources. */
    public List<LoadRecord> all() {
        return warehouse.read(Tables.LOADS.name()).collectAsList().stream()
                .map(LoadRecord::of)
                .toList();
    }

    /** Removes the records of a metric source's days, so that they are read again whatever happens to the run. */
    public void forget(String source, Collection<LocalDate> days, Commit commit) {
        String predicate = ofMetricSource(source) + " AND " + Days.predicate(days);
        warehouse.replace(
                Tables.LOADS.name(), spark.createDataFrame(List.<Row>of(), Tables.LOADS.schema()), predicate, commit);
    }

    /** Removes all records of a metric source. */
    public void forget(String source, Commit commit) {
        warehouse.replace(
                Tables.LOADS.name(),
                spark.createDataFrame(List.<Row>of(), Tables.LOADS.schema()),
                ofMetricSource(source),
                commit);
    }

    /** Takes definitions out of all records of a metric source, in one commit; everything else stays. */
    public void forget(String source, Set<String> definitions, Commit commit) {
        Column gone = array(definitions.stream().sorted().map(functions::lit).toArray(Column[]::new));
        warehouse.rewrite(
                Tables.LOADS.name(),
                ofMetricSource(source),
                records -> records.withColumn(
                        "definitions", array_join(array_except(split(col("definitions"), ","), gone), ",")),
                commit);
    }

    private static String ofMetricSource(String source) {
        return "kind = '" + LoadRecord.Kind.METRIC_SOURCE.label() + "' AND source = '" + source + "'";
    }

    /** Replaces the records of these sources' days, in one commit. */
    public void replace(Collection<LoadRecord> loads, Commit commit) {
        if (loads.isEmpty()) {
            return;
        }
        List<Row> rows = loads.stream().map(LoadRecord::row).toList();
        String predicate = loads.stream()
                .collect(Collectors.groupingBy(load -> List.of(load.kind().label(), load.source())))
                .entrySet()
                .stream()
                .map(entry -> "(kind = '" + entry.getKey().get(0) + "' AND source = '"
                        + entry.getKey().get(1) + "' AND "
                        + Days.predicate(
                                entry.getValue().stream().map(LoadRecord::day).toList())
                        + ")")
                .sorted()
                .collect(Collectors.joining(" OR "));
        warehouse.replace(Tables.LOADS.name(), spark.createDataFrame(rows, Tables.LOADS.schema()), predicate, commit);
    }
}
