package io.plumbline.cli;

import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import java.util.Locale;

/**
 * Follows a run with one line per step that has ended, and one for the run.
 *
 * @param console where lines go
 */
record ProgressLines(Console console) implements Progress {

    @Override
    public void started(int index, int steps, String name, String subject) {}

    @Override
    public void finished(int index, int steps, StepReport report) {
        String what = report.subject().isEmpty() ? report.name() : report.name() + " " + report.subject();
        String detail = report.detail().isEmpty() ? "" : report.detail() + ", ";
        String line = String.format(
                Locale.ROOT,
                "%d of %d %-5s %s … [%s%.1f s]",
                index,
                steps,
                report.status(),
                what,
                detail,
                report.took().toMillis() / 1000.0);
        console.line(
                switch (report.status()) {
                    case OK, SKIP -> Console.Level.INFO;
                    case WARN -> Console.Level.WARN;
                    case ERROR -> Console.Level.ERROR;
                },
                line);
    }

    /** The last line of a run. */
    void done(RunReport report) {
        console.info(String.format(
                Locale.ROOT,
                "Done. OK=%d WARN=%d ERROR=%d SKIP=%d",
                report.count(StepReport.Status.OK),
                report.count(StepReport.Status.WARN),
                report.count(StepReport.Status.ERROR),
                report.count(StepReport.Status.SKIP)));
    }
}
