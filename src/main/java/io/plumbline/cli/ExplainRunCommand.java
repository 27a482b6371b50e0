package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.plan.PlanText;
import io.plumbline.plan.RunPlan;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the plan of a daily run. */
@Command(
        name = "run",
        description =
                "Print what the daily run as of a day computes: every source once, with its components; experiments.")
final class ExplainRunCommand extends ProjectCommand {

    @Mixin
    private final DayOptions days = new DayOptions();

    ExplainRunCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        LocalDate day = argument(() -> days.day(project.zone(), root.clock()))
                .orElseThrow(() -> usage("give the day of the run, such as --date yesterday"));
        root.out().print(PlanText.of(RunPlan.daily(project, day)));
        root.out().flush();
        return ExitCode.OK;
    }
}
