package io.plumbline.cli;

import io.plumbline.analysis.Scorecard;
import io.plumbline.definition.Project;
import io.plumbline.demo.DemoProject;
import io.plumbline.demo.Shop;
import io.plumbline.demo.ShopSettings;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.report.ScorecardText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A small shop with planted effects: its data, day by day, its runs and their scorecards. */
@Command(
        name = "demo",
        description = "Make a small shop with planted effects, run everything on it day by day, print the scorecards.")
final class DemoCommand extends ProjectCommand {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where definitions, data and tables go. Default: plumbline-demo in the working folder.")
    private Path folder = Path.of("plumbline-demo");

    @Option(names = "--visitors", paramLabel = "N", description = "How many people may visit the shop. Default: 10000.")
    private int visitors = ShopSettings.DEFAULT.visitors();

    DemoCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        ShopSettings settings = argument(() -> ShopSettings.DEFAULT.withVisitors(visitors));
        Path home = root.workingFolder().resolve(folder);
        DemoProject.create(home);
        Project project = root.project(home);
        Shop shop = new Shop(root.spark(), settings);
        Plumbline plumbline = root.plumbline(project);
        Map<String, Scorecard> latest = new LinkedHashMap<>();
        boolean failed = false;
        LocalDate lastDay = settings.firstDay().plusDays(settings.days() - 1L);
        root.console().info("Writing the shop's days up to " + lastDay.minusDays(1));
        shop.write(DemoProject.data(home), lastDay.minusDays(1));
        for (int i = 0; i < settings.days(); i++) {
            LocalDate day = settings.firstDay().plusDays(i);
            root.console().info("Day " + day + ", " + (i + 1) + " of " + settings.days());
            if (day.equals(lastDay)) {
                root.console().info("Writing " + lastDay + ", with rows of the day before that arrive late");
                shop.writeDay(DemoProject.data(home), lastDay);
            }
            ProgressLines progress = new ProgressLines(root.console());
            RunReport report = plumbline.run(day, progress);
            progress.done(report);
            failed |= report.count(StepReport.Status.ERROR) > 0;
            report.scorecards().forEach(card -> latest.put(card.experiment().name(), card));
        }
        latest.values().forEach(card -> root.out().println(ScorecardText.topLine(card, project.metrics())));
        root.out().println("Definitions: " + home + "\nTables: " + InitCommand.place(project.warehouse()));
        root.out().println("Next: plumbline show v_scorecard --project " + folder);
        root.out().flush();
        return failed ? ExitCode.FAILURE : ExitCode.OK;
    }
}
