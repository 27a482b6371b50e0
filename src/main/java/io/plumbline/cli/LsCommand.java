package io.plumbline.cli;

import io.plumbline.definition.Modified;
import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists definitions. */
@Command(name = "ls", description = "List definitions.")
final class LsCommand extends ProjectCommand {

    /** What can be listed. */
    enum What {
        METRICS,
        SOURCES,
        EXPERIMENTS
    }

    @Parameters(paramLabel = "metrics|sources|experiments", description = "What to list.")
    private What what = What.METRICS;

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    LsCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        Supplier<Modified> state = root.state(project);
        Optional<Selected> kept = argument(() -> selection.kept(project, state));
        Optional<Selected> dropped = argument(() -> selection.dropped(project, state));
        List<Map<String, @Nullable Object>> rows = rows(project)
                .filter(row -> kept.isEmpty() || names(kept.get()).contains(String.valueOf(row.get("name"))))
                .filter(row -> dropped.isEmpty() || !names(dropped.get()).contains(String.valueOf(row.get("name"))))
                .toList();
        if (rows.isEmpty() && (kept.isPresent() || dropped.isPresent())) {
            throw usage("nothing is left of the selection; see `plumbline ls` without it");
        }
        new Listing(Definitions.columns(what), rows.iterator()).print(output.output(), root.out());
        return ExitCode.OK;
    }

    private Stream<Map<String, @Nullable Object>> rows(Project project) {
        return switch (what) {
            case METRICS -> project.metrics().values().stream().map(Definitions::metric);
            case SOURCES ->
                Stream.of(
                                project.metricSources().values().stream().map(Definitions::metricSource),
                                project.assignmentSources().values().stream().map(Definitions::assignmentSource),
                                project.propertySources().values().stream().map(Definitions::propertySource))
                        .flatMap(definitions -> definitions);
            case EXPERIMENTS -> project.experiments().values().stream().map(Definitions::experiment);
        };
    }

    private Set<String> names(Selected selected) {
        return switch (what) {
            case METRICS -> selected.metrics();
            case SOURCES ->
                Stream.of(selected.metricSources(), selected.assignmentSources(), selected.propertySources())
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet());
            case EXPERIMENTS -> selected.experiments();
        };
    }
}
