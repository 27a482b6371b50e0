package io.plumbline.pipeline;

import io.plumbline.metric.Info;
import io.plumbline.source.ScanCount;
import io.plumbline.source.ScanMeter;
import io.plumbline.source.SparkMessage;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.ConflictException;
import io.plumbline.warehouse.RunRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run: times them, reports them, and keeps a failure from taking the rest of the run with it. Safe for use
 * by several threads.
 */
final class RunSteps {

    /** What a step does. */
    interface Work {
        Outcome perform();
    }

    /** What a step does that reads a source, in a session of its own. */
    interface Reader {
        Outcome perform(RunContext apart);
    }

    /**
     * How a step ended when it did not fail.
     *
     * @param status as planned, or not
     * @param detail counts in one line
     */
    record Outcome(StepReport.Status status, String detail) {
        /** A failure names the source and the place of its definition. */
        Outcome of(Info source) {
            String named = "source '" + source.name() + "': ";
            return status == StepReport.Status.ERROR && !detail.contains(named)
                    ? new Outcome(status, source.origin() + ": " + named + detail)
                    : this;
        }

        static Outcome ok(String detail) {
            return new Outcome(StepReport.Status.OK, detail);
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
        Outcome outcome = outcome(work);
        return report(name, subject, outcome, Optional.of(ScanCount.NONE), started);
    }

    /** The same for a step that reads a source, with what it reads. */
    StepReport read(String name, Info source, RunContext run, Reader reader) {
        String subject = source.name();
        begin(name, subject);
        Instant started = Instant.now();
        RunContext apart = run.apart();
        Optional<ScanMeter> meter = apart.meter();
        try {
            Outcome outcome = outcome(() -> reader.perform(apart)).of(source);
            return report(name, subject, outcome, meter.flatMap(ScanMeter::count), started);
        } finally {
            meter.ifPresent(ScanMeter::close);
        }
    }

    private static Outcome outcome(Work work) {
        try {
            return work.perform();
        } catch (ConflictException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare, such as SparkException for a malformed file.
            return new Outcome(StepReport.Status.ERROR, SparkMessage.of(e));
        }
    }

    private StepReport report(
            String name, String subject, Outcome outcome, Optional<ScanCount> scanned, Instant started) {
        return report(new StepReport(
                name, subject, outcome.status(), outcome.detail(), scanned, Duration.between(started, Instant.now())));
    }

    /** Reports a step that cannot be performed. */
    void skip(String name, String subject, String reason) {
        begin(name, subject);
        report(new StepReport(
                name, subject, StepReport.Status.SKIP, reason, Optional.of(ScanCount.NONE), Duration.ZERO));
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

    /** Whether any step has failed. */
    boolean hasFailed() {
        return reports().stream().anyMatch(step -> step.status() == StepReport.Status.ERROR);
    }

    /** What all steps together read of sources; empty if that is not known of one of them. */
    Optional<ScanCount> scanned() {
        Optional<ScanCount> sum = Optional.of(ScanCount.NONE);
        for (StepReport step : reports()) {
            sum = sum.flatMap(before -> step.scanned().map(before::plus));
        }
        return sum;
    }

    /** Rows of the table of steps. */
    List<Row> rows(Commit commit) {
        List<Row> rows = new ArrayList<>();
        for (StepReport step : reports()) {
            Map<String, @Nullable Object> values = new HashMap<>(Map.of(
                    "name", step.name(),
                    "subject", step.subject(),
                    "status", step.status().name().toLowerCase(Locale.ROOT),
                    "detail", step.detail(),
                    "wall_seconds", step.took().toMillis() / 1000.0));
            step.scanned().ifPresent(scanned -> {
                values.put("rows_read", scanned.rows());
                values.put("files_read", scanned.files());
                values.put("file_bytes", scanned.fileBytes());
            });
            rows.add(RunRows.step(commit, rows.size() + 1, values));
        }
        return rows;
    }
}
