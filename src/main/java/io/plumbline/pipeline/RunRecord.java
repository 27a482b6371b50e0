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

    /** Writes the steps and then the run itself, a row for each of its days: they mark the run as complete. */
    void end(RunContext run, RunSteps steps) {
        boolean failed = steps.reports().stream().anyMatch(step -> step.status() == StepReport.Status.ERROR);
        write(run, steps, failed ? "partial" : "ok", null);
    }

    /** Writes the run as failed. */
    void fail(RunContext run, RunSteps steps, Throwable error) {
        write(run, steps, "failed", SparkMessage.of(error));
    }

    private void write(RunContext run, RunSteps steps, String status, @Nullable String error) {
        append(run, Tables.RUN_STEPS, steps.rows(commit));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("command", command);
        values.put("status", status);
        values.put("error", error);
        values.put("rows_read", steps.scanned().map(ScanCount::rows).orElse(null));
        values.put(
                "versions",
                "plumbline " + commit.version() + ", spark " + run.spark().version());
        List<Row> rows = days.stream()
                .map(day -> RunRows.run(commit.asOf(day), started, values))
                .toList();
        append(run, Tables.RUNS, rows);
    }

    private static void append(RunContext run, Table table, List<Row> rows) {
        if (!rows.isEmpty()) {
            run.warehouse()
                    .append(
                            table.name(),
                            run.spark().createDataFrame(rows, table.schema()).coalesce(1),
                            run.commit());
        }
    }
}
