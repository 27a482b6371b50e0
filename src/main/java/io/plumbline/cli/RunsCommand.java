package io.plumbline.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The history of runs. */
@Command(name = "runs", description = "List runs, the latest first.")
final class RunsCommand extends ProjectCommand {

    @Option(names = "--failed", description = "Only runs that did not end well.")
    private boolean failed;

    @Option(names = "--limit", paramLabel = "N", description = "At most this many runs. Default: 20.")
    private int limit = 20;

    @Mixin
    private final OutputOption output = new OutputOption();

    RunsCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        if (limit < 1) {
            throw usage("--limit is " + limit + "; give 1 or more");
        }
        Project project = root.project();
        Dataset<Row> runs = runs(root.plumbline(project));
        Dataset<Row> chosen = failed ? runs.where(lower(col("status")).notEqual(lit("ok"))) : runs;
        Dataset<Row> latest = chosen.select(
                        "run_id", "command", "as_of", "status", "started_at", "ended_at", "rows_read", "error")
                .orderBy(col("started_at").desc(), col("run_id"))
                .limit(limit);
        RowValues.of(latest).print(output.output(), root.out());
        return ExitCode.OK;
    }

    private static Dataset<Row> runs(Plumbline plumbline) {
        try {
            return plumbline.table("runs");
        } catch (IllegalArgumentException e) {
            throw new NotReadyException(String.valueOf(e.getMessage()));
        }
    }
}
