package io.plumbline.warehouse;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Runs and their steps as rows of the output tables. */
public final class RunRows {

    private RunRows() {}

    /**
     * A row of {@link Tables#RUNS}.
     *
     * @param commit what identifies the run
     * @param values the columns beside those of the commit
     * @param started when the run began
     */
    public static Row run(Commit commit, Instant started, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> cells = new HashMap<>(values);
        cells.put("ds", Date.valueOf(commit.asOf()));
        cells.put("as_of", Date.valueOf(commit.asOf()));
        cells.put("run_id", commit.runId());
        cells.put("definitions_hash", commit.definitionsHash());
        cells.put("started_at", Timestamp.from(started));
        cells.put("ended_at", Timestamp.from(Instant.now()));
        return TypedRows.of(Tables.RUNS.schema(), cells);
    }

    /** A row of {@link Tables#RUN_STEPS}; steps count from 1. */
    public static Row step(Commit commit, int step, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> cells = new HashMap<>(values);
        cells.put("ds", Date.valueOf(commit.asOf()));
        cells.put("run_id", commit.runId());
        cells.put("step", step);
        return TypedRows.of(Tables.RUN_STEPS.schema(), cells);
    }

    /** A row of any table with fixed columns, by column name. */
    public static Row of(Table table, Map<String, ? extends @Nullable Object> values) {
        return TypedRows.of(table.schema(), values);
    }
}
