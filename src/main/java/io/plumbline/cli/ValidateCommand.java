package io.plumbline.cli;

import io.plumbline.definition.DefinitionException;
import io.plumbline.definition.Project;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks definitions and prints everything that is wrong with them. */
@Command(name = "validate", description = "Check all definitions; with --connect, also against the sources themselves.")
final class ValidateCommand extends ProjectCommand {

    @Option(
            names = "--connect",
            description = "Also open every source, and resolve every column and expression. Starts Spark.")
    private boolean connect;

    @Mixin
    private final OutputOption output = new OutputOption();

    ValidateCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        try {
            Project project = root.project();
            List<String> problems = connect ? new Connections(root.spark(), project).problems() : List.of();
            problems.forEach(root.console()::error);
            return problems.isEmpty() ? ok(project) : ExitCode.DEFINITIONS;
        } catch (DefinitionException e) {
            if (output.output() != Output.TABLE) {
                listing(e).print(output.output(), root.out());
            }
            throw e;
        }
    }

    private ExitCode ok(Project project) {
        if (output.output() == Output.TABLE) {
            int sources =
                    project.metricSources().size() + project.assignmentSources().size();
            root.out()
                    .println("OK: " + counted(sources, "source") + ", "
                            + counted(project.metrics().size(), "metric") + ", "
                            + counted(project.experiments().size(), "experiment"));
        } else {
            listing(List.of()).print(output.output(), root.out());
        }
        return ExitCode.OK;
    }

    private static String counted(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private static Listing listing(DefinitionException exception) {
        return listing(exception.problems().stream()
                .map(p -> Map.<String, Object>of(
                        "file", p.file(), "line", p.line(), "column", p.column(), "message", p.message()))
                .toList());
    }

    private static Listing listing(List<Map<String, Object>> problems) {
        return new Listing(List.of("file", "line", "column", "message"), problems.iterator());
    }
}
