package io.plumbline.pipeline;

import io.plumbline.plan.RunPlan;
import io.plumbline.source.ScanMeter;
import io.plumbline.source.Sources;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.Warehouse;
import java.util.Optional;
import java.util.function.Predicate;
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
 */
record RunContext(
        SparkSession spark,
        RunPlan plan,
        Warehouse warehouse,
        Sources sources,
        LoadBook loads,
        Inputs inputs,
        Commit commit) {

    static RunContext of(
            SparkSession spark, Warehouse warehouse, RunPlan plan, LoadBook loads, Inputs inputs, Commit commit) {
        return new RunContext(
                spark, plan, warehouse, new Sources(spark, plan.project().zone()), loads, inputs, commit);
    }

    /** The same with another plan, of which all sources have been read. */
    RunContext with(RunPlan other) {
        return new RunContext(spark, other, warehouse, sources, loads, inputs, commit);
    }

    /** The same in a session of its own, of which everything can be measured that it executes. */
    RunContext apart() {
        SparkSession own = ProjectSession.of(spark, plan.project().zone());
        return of(own, warehouse.in(own), plan, loads, inputs, commit);
    }

    /** Into how many parts units are shuffled. */
    int partitions() {
        return Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    }

    /** Measures what is read of sources in this session; empty where Spark does not tell. */
    Optional<ScanMeter> meter() {
        return ScanMeter.on(spark, warehouse::holds);
    }

    /** Writes what was read and is settled into the table of loads, in one commit. */
    void recordLoads(Predicate<LoadRecord> settled) {
        Loads table = new Loads(spark, warehouse);
        table.replace(loads.drain(table::all).stream().filter(settled).toList(), commit);
    }
}
