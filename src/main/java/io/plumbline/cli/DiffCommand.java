package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What changed from one run to another. */
@Command(
        name = "diff",
        description = {
            "Print the results and catalog values that a run left otherwise than another, from the history of the tables.",
            "`plumbline runs` lists the runs."
        })
final class DiffCommand extends ProjectCommand {

    @Parameters(index = "0", paramLabel = "RUN", description = "Id of a run.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "LATER_RUN", description = "Id of the run to compare it with.")
    private String after = "";

    @Mixin
    private final RowsOption printed = new RowsOption();

    DiffCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Optional<Integer> most = argument(printed::most);
        Project project = root.project();
        Plumbline plumbline = root.plumbline(project);
        Dataset<Row> differences = argument(() -> plumbline.diff(before, after));
        if (printed.output() == Output.TABLE && differences.isEmpty()) {
            root.console().info("The runs left the same results.");
            return ExitCode.OK;
        }
        RowValues.of(most.map(differences::limit).orElse(differences)).print(printed.output(), root.out());
        return ExitCode.OK;
    }
}
