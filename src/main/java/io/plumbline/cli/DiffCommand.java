package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changed from one run to another. */
@Command(
        name = "diff",
        description = {
            "Print the results and catalog values that a run left otherwise than another, from the history of the tables.",
            "`plumbline runs` lists the runs."
        })
final class DiffCommand extends ProjectCommand {

    private static final int SCREENFUL = 40;

    @Parameters(index = "0", paramLabel = "RUN", description = "Id of a run.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "LATER_RUN", description = "Id of the run to compare it with.")
    private String after = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most this many rows. Default: 40 as a table, all as csv and json.")
    private Optional<Integer> limit = Optional.empty();

    @Mixin
    private final OutputOption output = new OutputOption();

    DiffCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        if (limit.isPresent() && limit.get() < 1) {
            throw usage("--limit is " + limit.get() + "; give 1 or more");
        }
        Project project = root.project();
        Plumbline plumbline = root.plumbline(project);
        Dataset<Row> differences = argument(() -> plumbline.diff(before, after));
        Optional<Integer> most = limit.or(() -> output.output() == Output.TABLE ? Optional.of(SCREENFUL) : limit);
        if (output.output() == Output.TABLE && differences.isEmpty()) {
            root.console().info("The runs left the same results.");
            return ExitCode.OK;
        }
        RowValues.of(most.map(differences::limit).orElse(differences)).print(output.output(), root.out());
        return ExitCode.OK;
    }
}
