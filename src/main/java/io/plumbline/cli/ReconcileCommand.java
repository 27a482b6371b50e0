package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.inspect.Walk;
import io.plumbline.pipeline.Plumbline;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One number, step by step. */
@Command(
        name = "reconcile",
        description = {
            "Walk a metric from source rows to the stored results, counting rows and units at every step.",
            "Reads the source anew; ends with code 65 when the walk and the results differ."
        })
final class ReconcileCommand extends ProjectCommand {

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "The experiment.")
    private String experiment = "";

    @Parameters(index = "1", paramLabel = "METRIC", description = "One of its metrics.")
    private String metric = "";

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(names = "--group", paramLabel = "NAME", description = "Only this group.")
    private Optional<String> group = Optional.empty();

    @Mixin
    private final OutputOption output = new OutputOption();

    ReconcileCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        known("experiment", experiment, project.experiments().keySet());
        Experiment definition = Objects.requireNonNull(project.experiments().get(experiment));
        known(
                "metric of experiment '" + experiment + "'",
                metric,
                definition.metrics().keySet());
        List<String> groups = definition.groups().stream().map(Group::name).toList();
        group.ifPresent(name -> known("group of experiment '" + experiment + "'", name, groups));
        Optional<LocalDate> given = argument(() -> days.day(project.zone(), root.clock()));
        Plumbline plumbline = root.plumbline(project);
        LocalDate asOf = given.or(() -> plumbline.latestResult(experiment, metric))
                .orElseThrow(() -> new NotReadyException("metric '" + metric + "' of experiment '" + experiment
                        + "' has no results yet; run `plumbline run --date DAY` first"));
        Walk walk = walk(plumbline, asOf);
        Walk shown = group.map(walk::of).orElse(walk);
        if (output.output() == Output.TABLE) {
            root.out().println(experiment + ", " + metric + ", as of " + asOf);
            WalkListing.table(shown).print(Output.TABLE, root.out());
            root.out().println(verdict(walk));
            root.out().flush();
        } else {
            WalkListing.lines(shown).print(output.output(), root.out());
        }
        return judged(walk);
    }

    private Walk walk(Plumbline plumbline, LocalDate asOf) {
        try {
            return plumbline.reconcile(experiment, metric, asOf);
        } catch (IllegalArgumentException e) {
            throw new NotReadyException(String.valueOf(e.getMessage()));
        }
    }

    private ExitCode judged(Walk walk) {
        walk.gap().ifPresent(root.console()::warn);
        walk.differences().forEach(root.console()::error);
        return walk.differences().isEmpty() ? ExitCode.OK : ExitCode.DATA_CHECK;
    }

    private static String verdict(Walk walk) {
        if (!walk.differences().isEmpty()) {
            return "DIFFERENT: the walk does not end in the stored results";
        }
        return walk.gap().isPresent()
                ? "INCOMPLETE: nothing to hold against the stored results"
                : "OK: the walk ends in the stored results of every group";
    }
}
