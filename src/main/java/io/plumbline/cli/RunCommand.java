package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import io.plumbline.pipeline.PlannedWork;
import io.plumbline.pipeline.Refresh;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.plan.RunPlan;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The daily job. */
@Command(
        name = "run",
        description = "Compute all results as of a day. Running a day again changes nothing that has not changed.")
final class RunCommand extends ProjectCommand {

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(
            names = "--full-refresh",
            description = "Read every day again that the results are made of, also where nothing has changed.")
    private boolean fullRefresh;

    @Option(
            names = "--dry-run",
            description = "Only print which days would be read and which results computed, with the reason.")
    private boolean dryRun;

    @Mixin
    private final ReportOption printed = new ReportOption();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    RunCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Output output = argument(printed::output);
        Project project = root.project();
        LocalDate day = argument(() -> days.day(project.zone(), root.clock()))
                .orElseThrow(() -> usage("give the day to run, such as --date yesterday"));
        Refresh refresh = fullRefresh ? Refresh.EVERYTHING : Refresh.CHANGES;
        Optional<Selected> selected = argument(() -> selection.left(project, root.state(project)));
        if (selected.isPresent() && (dryRun || fullRefresh)) {
            throw usage(
                    "--select and --exclude go with neither --dry-run nor --full-refresh: a part of a run reads only"
                            + " what was never read");
        }
        if (dryRun) {
            listing(root.plumbline(project).planned(day, refresh)).print(output, root.out());
            return ExitCode.OK;
        }
        ProgressLines progress = new ProgressLines(root.console());
        RunReport report = selected.isPresent()
                ? part(project, day, selected.get(), progress)
                : root.plumbline(project).run(day, refresh, progress);
        progress.done(report);
        if (output == Output.JSON) {
            root.out().println(Json.text(values(report)));
            root.out().flush();
        }
        return report.count(StepReport.Status.ERROR) > 0 ? ExitCode.FAILURE : ExitCode.OK;
    }

    private RunReport part(Project project, LocalDate day, Selected selected, ProgressLines progress) {
        RunPlan whole = RunPlan.daily(project, day);
        argument(() -> whole.only(selected));
        return root.plumbline(project).run(day, selected, progress);
    }

    private static Listing listing(List<PlannedWork> work) {
        return new Listing(
                List.of("step", "subject", "first_day", "last_day", "reason"),
                work.stream()
                        .map(w -> Map.<String, Object>of(
                                "step", w.step(),
                                "subject", w.subject(),
                                "first_day", w.first(),
                                "last_day", w.last(),
                                "reason", w.reason()))
                        .iterator());
    }

    /** A report as the fields of a JSON object. */
    static Map<String, Object> values(RunReport report) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run_id", report.runId());
        values.put("as_of", report.asOf());
        List<Map<String, Object>> steps =
                report.steps().stream().map(RunCommand::values).toList();
        values.put("steps", steps);
        return values;
    }

    private static Map<String, Object> values(StepReport step) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", step.name());
        values.put("subject", step.subject());
        values.put("status", step.status());
        values.put("detail", step.detail());
        step.scanned().ifPresent(scanned -> values.put("rows_read", scanned.rows()));
        values.put("wall_seconds", step.took().toMillis() / 1000.0);
        return values;
    }
}
