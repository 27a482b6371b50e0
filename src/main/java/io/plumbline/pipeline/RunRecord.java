package io.plumbline.pipeline;

import io.plumbline.plan.RunPlan;
import io.plumbline.source.ScanCount;
import io.plumbline.source.SparkMessage;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.RunRows;
import io.plumbline.warehouse.Table;
import io.plumbline.warehouse.Tables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a run in the run log.
 *
 * @param command what was run
 * @param commit what identifies the run
 * @param days the days that were asked for
 * @param started when it began
 */
record RunRecord(String command, Commit commit, List<LocalDate> days, Instant started) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    static RunRecord start(String command, RunPlan plan) {
        Instant now = Instant.now();
        String id = TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new RunRecord(command, new Commit(id, plan.asOf(), plan.hash(), Version.current()), plan.days(), now);
    }

    /**
     * Writes the steps and then the run itself, a row for each of its days: they mark the run as complete.
     *
     * @param definitions what has been computed; in the row of the last day
     */
    void end(RunContext run, RunSteps steps, @Nullable String definitions) {
        boolean failed = steps.reports().stream().anyMatch(step -> step.status() == StepReport.Status.ERROR);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("status", failed ? "partial" : "ok");
        values.put("definitions", definitions);
        write(run, steps, values);
    }

    /** Writes the run as failed. */
    void fail(RunContext run, RunSteps steps, Throwable error) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("status", "failed");
        values.put("error", SparkMessage.of(error));
        write(run, steps, values);
    }

    private void write(RunContext run, RunSteps steps, Map<String, @Nullable Object> ended) {
        append(run, Tables.RUN_STEPS, steps.rows(commit));
        Map<String, @Nullable Object> values = new HashMap<>(ended);
        values.put("command", command);
        values.put("rows_read", steps.scanned().map(ScanCount::rows).orElse(null));
        values.put(
                "versions",
                "plumbline " + commit.version() + ", spark " + run.spark().version());
        List<Row> rows = new ArrayList<>();
        for (LocalDate day : days) {
            Map<String, @Nullable Object> ofDay = new HashMap<>(values);
            if (!day.equals(days.get(days.size() - 1))) {
                ofDay.remove("definitions");
            }
            rows.add(RunRows.run(commit.asOf(day), started, ofDay));
        }
        append(run, Tables.RUNS, rows);
    }

    private static void append(RunContext run, Table table, List<Row> rows) {
        if (!rows.isEmpty()) {
            run.append(table, rows);
        }
    }
}
