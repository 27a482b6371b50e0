package io.plumbline.pipeline;

import io.plumbline.source.SparkMessage;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.ConflictException;
import io.plumbline.warehouse.RunRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * The steps of a run: times them, reports them, and keeps a failure from taking the rest of the run with it. Safe for use
 * by several threads.
 */
final class RunSteps {

    /** What a step does. */
    interface Work {
        Outcome perform();
    }

    /**
     * How a step ended when it did not fail.
     *
     * @param status as planned, or not
     * @param detail counts in one line
     * @param rowsRead source rows read
     */
    record Outcome(StepReport.Status status, String detail, long rowsRead) {
        static Outcome ok(String detail) {
            return new Outcome(StepReport.Status.OK, detail, 0);
        }
    }

    private final int total;
    private final Progress progress;
    private final List<StepReport> reports = new ArrayList<>();
    private int begun;

    RunSteps(int total, Progress progress) {
        this.total = total;
        this.progress = progress;
    }

    /**
     * Performs a step; its failure is reported and does not end the run, but for write conflicts, which do.
     *
     * @return what became of it
     */
    StepReport perform(String name, String subject, Work work) {
        begin(name, subject);
        Instant started = Instant.now();
        Outcome outcome;
        try {
            outcome = work.perform();
        } catch (ConflictException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare, such as SparkException for a malformed file.
            outcome = new Outcome(StepReport.Status.ERROR, SparkMessage.of(e), 0);
        }
        return report(new StepReport(
                name,
                subject,
                outcome.status(),
                outcome.detail(),
                outcome.rowsRead(),
                Duration.between(started, Instant.now())));
    }

    /** Reports a step that cannot be performed. */
    void skip(String name, String subject, String reason) {
        begin(name, subject);
        report(new StepReport(name, subject, StepReport.Status.SKIP, reason, 0, Duration.ZERO));
    }

    private synchronized void begin(String name, String subject) {
        begun++;
        progress.started(begun, total, name, subject);
    }

    private synchronized StepReport report(StepReport report) {
        reports.add(report);
        progress.finished(reports.size(), total, report);
        return report;
    }

    synchronized List<StepReport> reports() {
        return List.copyOf(reports);
    }

    /** Whether a step of one of these names has failed. */
    boolean failed(String... names) {
        return reports().stream()
                .anyMatch(step -> step.status() == StepReport.Status.ERROR
                        && List.of(names).contains(step.name()));
    }

    long rowsRead() {
        return reports().stream().mapToLong(StepReport::rowsRead).sum();
    }

    /** Rows of the table of steps. */
    List<Row> rows(Commit commit) {
        List<Row> rows = new ArrayList<>();
        for (StepReport step : reports()) {
            rows.add(RunRows.step(
                    commit,
                    rows.size() + 1,
                    Map.of(
                            "name", step.name(),
                            "subject", step.subject(),
                            "status", step.status().name().toLowerCase(Locale.ROOT),
                            "detail", step.detail(),
                            "rows_read", step.rowsRead(),
                            "wall_seconds", step.took().toMillis() / 1000.0)));
        }
        return rows;
    }
}
