package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.pipeline.Chore;
import io.plumbline.pipeline.Maintenance;
import io.plumbline.pipeline.MaintenanceReport;
import io.plumbline.pipeline.Retention;
import io.plumbline.pipeline.StepReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the tables small. */
@Command(
        name = "maintain",
        description = {
            "Keep the tables small; nothing that is read from them changes.",
            "States that no metric needs are taken out of unit-days, layers of a day become one, small files become fewer,"
                    + " and files that were replaced long ago are removed. Safe beside jobs with the same definitions."
        })
final class MaintainCommand extends ProjectCommand {

    @Option(
            names = "--retain",
            paramLabel = "DURATION",
            description =
                    "How long replaced files stay, such as 14d or 200h; `diff` reaches back for so long. Default: 7d.")
    private String retain = "7d";

    @Option(
            names = "--no-running-jobs",
            description = "No job reads or writes the tables meanwhile: allows --retain below 7d.")
    private boolean noRunningJobs;

    @Option(
            names = "--remove-unused-tables",
            description =
                    "Remove tables of unit-days whose source or unit type is not defined any more. Default: list them.")
    private boolean removeUnusedTables;

    @Option(names = "--dry-run", description = "Only print what would be done.")
    private boolean dryRun;

    @Mixin
    private final ReportOption printed = new ReportOption();

    MaintainCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Output output = argument(printed::output);
        Retention retention = retention();
        Maintenance.Unused unused = removeUnusedTables ? Maintenance.Unused.REMOVED : Maintenance.Unused.LEFT;
        Project project = root.project();
        Maintenance maintenance = root.plumbline(project).maintenance();
        if (dryRun) {
            List<Chore> chores = maintenance.planned(retention, unused);
            if (chores.isEmpty() && output == Output.TABLE) {
                root.console().info("Nothing to do.");
            } else {
                listing(chores).print(output, root.out());
            }
            return ExitCode.OK;
        }
        MaintenanceReport report = maintenance.perform(retention, unused, new ProgressLines(root.console()));
        root.console()
                .info(String.format(
                        Locale.ROOT,
                        "Done. OK=%d ERROR=%d",
                        report.count(StepReport.Status.OK),
                        report.count(StepReport.Status.ERROR)));
        if (output == Output.JSON) {
            listing(report.chores()).print(output, root.out());
        }
        return report.count(StepReport.Status.ERROR) > 0 ? ExitCode.FAILURE : ExitCode.OK;
    }

    private Retention retention() {
        if (!retain.matches("[0-9]{1,6}[dh]")) {
            throw usage("--retain is '" + retain + "'; write days or hours, such as 14d or 200h");
        }
        long count = Long.parseLong(retain.substring(0, retain.length() - 1));
        Duration kept = retain.endsWith("d") ? Duration.ofDays(count) : Duration.ofHours(count);
        try {
            return noRunningJobs ? new Retention(kept) : Retention.besideJobs(kept);
        } catch (IllegalArgumentException e) {
            throw usage(
                    "--retain is " + retain + ": " + e.getMessage() + "; give --no-running-jobs where there are none");
        }
    }

    private static Listing listing(List<Chore> chores) {
        return new Listing(
                List.of("action", "table", "detail"),
                chores.stream().map(MaintainCommand::values).iterator());
    }

    private static Map<String, Object> values(Chore chore) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("action", chore.action().label());
        values.put("table", chore.table());
        values.put("detail", chore.detail());
        return values;
    }
}
