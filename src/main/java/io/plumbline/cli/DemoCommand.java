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
import io.plumbline.source.DayRange;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Option(names = "--visitors", paramLabel = "N", description = "How many people may visit the shop. Default: 6000.")
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
        for (DayRange days : inOrder(settings)) {
            if (days.first().equals(lastDay)) {
                root.console().info("Writing " + lastDay + ", with rows of the day before that arrive late");
                shop.writeDay(DemoProject.data(home), lastDay);
            }
            root.console()
                    .info(
                            days.first().equals(days.last())
                                    ? "Day " + days.last()
                                    : "Days " + days.first() + " to " + days.last());
            ProgressLines progress = new ProgressLines(root.console());
            RunReport report = days.first().equals(days.last())
                    ? plumbline.run(days.last(), progress)
                    : plumbline.backfill(days.first(), days.last(), progress);
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

    /** Three days in one backfill, as when history comes in, and each of the last two in a daily run. */
    private static List<DayRange> inOrder(ShopSettings settings) {
        LocalDate last = settings.lastDay();
        Stream<DayRange> daily = Stream.of(last.minusDays(1), last).map(day -> new DayRange(day, day));
        return Stream.concat(Stream.of(new DayRange(last.minusDays(4), last.minusDays(2))), daily)
                .toList();
    }
}
