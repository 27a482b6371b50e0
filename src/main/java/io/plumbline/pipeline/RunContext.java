package io.plumbline.pipeline;

import io.plumbline.plan.RunPlan;
import io.plumbline.source.ScanMeter;
import io.plumbline.source.Sources;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.Table;
import io.plumbline.warehouse.Warehouse;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What every stage of a run needs.
 *
 * @param spark the project's session
 * @param plan what is computed
 * @param warehouse where tables are
 * @param sources reads sources
 * @param loads what has been read
 * @param inputs what sources hold now
 * @param commit what commits say of the run
 * @param interpreting the project's session for tables of few rows
 */
record RunContext(
        SparkSession spark,
        RunPlan plan,
        Warehouse warehouse,
        Sources sources,
        LoadBook loads,
        Inputs inputs,
        Commit commit,
        SparkSession interpreting) {

    static RunContext of(
            SparkSession spark, Warehouse warehouse, RunPlan plan, LoadBook loads, Inputs inputs, Commit commit) {
        ZoneId zone = plan.project().zone();
        return new RunContext(
                spark,
                plan,
                warehouse,
                new Sources(spark, zone),
                loads,
                inputs,
                commit,
                ProjectSession.interpreting(spark, zone));
    }

    /** The same with another plan, of which all sources have been read. */
    RunContext with(RunPlan other) {
        return new RunContext(spark, other, warehouse, sources, loads, inputs, commit, interpreting);
    }

    /** The same in a session of its own, of which everything can be measured that it executes. */
    RunContext apart() {
        ZoneId zone = plan.project().zone();
        SparkSession own = ProjectSession.of(spark, zone);
        return new RunContext(
                own, plan, warehouse.in(own), new Sources(own, zone), loads, inputs, commit, interpreting);
    }

    /** Into how many parts units are shuffled. */
    int partitions() {
        return Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    }

    /** Measures what is read of sources in this session; empty where Spark does not tell. */
    Optional<ScanMeter> meter() {
        return ScanMeter.on(spark, warehouse::holds);
    }

    /** Replaces rows of a table that the predicate selects by those that the driver holds. */
    void replace(Table table, List<Row> rows, String predicate) {
        warehouse.in(interpreting).replace(table.name(), dataset(table, rows), predicate, commit);
    }

    /** Adds rows that the driver holds to a table. */
    void append(Table table, List<Row> rows) {
        warehouse.in(interpreting).append(table.name(), dataset(table, rows), commit);
    }

    private Dataset<Row> dataset(Table table, List<Row> rows) {
        return interpreting.createDataFrame(rows, table.schema()).coalesce(1);
    }

    /** Writes what was read and is settled into the table of loads, in one commit. */
    void recordLoads(Predicate<LoadRecord> settled) {
        Loads table = new Loads(interpreting, warehouse.in(interpreting));
        table.replace(loads.drain(table::all).stream().filter(settled).toList(), commit);
    }
}
