package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.source.SparkMessage;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints an output table or view. */
@Command(
        name = "show",
        description = "Print an output table or view. The table form leaves out columns without any value.")
final class ShowCommand extends ProjectCommand {

    @Parameters(paramLabel = "TABLE", description = "An output table or view, such as v_scorecard.")
    private String table = "";

    @Option(names = "--where", paramLabel = "SQL", description = "Only rows for which this condition is true.")
    private Optional<String> where = Optional.empty();

    @Mixin
    private final RowsOption printed = new RowsOption();

    ShowCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Optional<Integer> most = argument(printed::most);
        Project project = root.project();
        Dataset<Row> rows = rows(project);
        Dataset<Row> found = where.map(condition -> filtered(rows, condition)).orElse(rows);
        RowValues.of(most.map(found::limit).orElse(found)).print(printed.output(), root.out());
        return ExitCode.OK;
    }

    private Dataset<Row> rows(Project project) {
        Plumbline plumbline = root.plumbline(project);
        try {
            return plumbline.table(table);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            throw new NotReadyException("'" + table + "' has nothing to show yet (" + SparkMessage.of(e)
                    + "); run `plumbline run --date DAY` first");
        }
    }

    private Dataset<Row> filtered(Dataset<Row> rows, String condition) {
        try {
            return rows.where(condition);
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            throw usage("--where '" + condition + "': " + SparkMessage.of(e));
        }
    }
}
