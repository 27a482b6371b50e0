package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.DayRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The daily jobs of a range of days. */
@Command(
        name = "backfill",
        description =
                "Compute all results as of every day of a range: the daily runs of these days, which read each source"
                        + " once for many days.")
final class BackfillCommand extends ProjectCommand {

    private static final int DEFAULT_DAYS = 31;

    @Option(names = "--start", paramLabel = "DAY", required = true, description = "The first day: an ISO date.")
    private String start = "";

    @Option(
            names = "--end",
            paramLabel = "DAY",
            required = true,
            description = "The last day, inclusive: an ISO date, today or yesterday.")
    private String end = "";

    @Option(names = "--only-missing", description = "Leave out days as of which a run has ended well.")
    private boolean onlyMissing;

    @Option(
            names = "--days-at-once",
            paramLabel = "N",
            description = "How many days share a scan and a commit; fewer need less memory. Default: 31.")
    private int daysAtOnce = DEFAULT_DAYS;

    @Mixin
    private final ReportOption printed = new ReportOption();

    BackfillCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Output output = argument(printed::output);
        if (daysAtOnce < 1) {
            throw usage("--days-at-once is " + daysAtOnce + "; give 1 or more");
        }
        Project project = root.project();
        LocalDate first = argument(() -> Day.of(start, project.zone(), root.clock()));
        LocalDate last = argument(() -> Day.of(end, project.zone(), root.clock()));
        if (last.isBefore(first)) {
            throw usage("--end " + last + " is before --start " + first);
        }
        Plumbline plumbline = root.plumbline(project);
        List<LocalDate> days = onlyMissing ? plumbline.missingDays(first, last) : new DayRange(first, last).days();
        List<RunReport> reports = performed(plumbline, DayRange.of(days, daysAtOnce));
        if (output == Output.JSON) {
            List<Map<String, Object>> runs =
                    reports.stream().map(RunCommand::values).toList();
            root.out().println(Json.text(Map.of("runs", runs)));
            root.out().flush();
        }
        boolean failed = reports.stream().anyMatch(report -> report.count(StepReport.Status.ERROR) > 0);
        return failed ? ExitCode.FAILURE : ExitCode.OK;
    }

    private List<RunReport> performed(Plumbline plumbline, List<DayRange> ranges) {
        if (ranges.isEmpty()) {
            root.console().info("No day is missing.");
        }
        List<RunReport> reports = new ArrayList<>();
        for (DayRange range : ranges) {
            root.console().info("Days " + range.first() + " to " + range.last());
            ProgressLines progress = new ProgressLines(root.console());
            RunReport report = plumbline.backfill(range.first(), range.last(), progress);
            progress.done(report);
            reports.add(report);
        }
        return reports;
    }
}
