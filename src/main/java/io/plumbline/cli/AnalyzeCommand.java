package io.plumbline.cli;

import io.plumbline.analysis.ResultKey;
import io.plumbline.analysis.Scorecard;
import io.plumbline.definition.Project;
import io.plumbline.pipeline.Focus;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.report.ScorecardText;
import io.plumbline.warehouse.ResultRows;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One experiment on demand. */
@Command(name = "analyze", description = "Print the scorecard of an experiment, from what runs have loaded.")
final class AnalyzeCommand extends ProjectCommand {

    private static final String NOT_SAVED = "";

    @Parameters(paramLabel = "EXPERIMENT", description = "The experiment.")
    private String experiment = "";

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric; may be given again.")
    private List<String> metrics = List.of();

    @Option(names = "--breakdowns", description = "Also print results by breakdown value.")
    private boolean breakdowns;

    @Option(
            names = "--by",
            paramLabel = "PROPERTY",
            description = "Also print results by this unit property or source column, and by no other.")
    private Optional<String> by = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Analyse only units for whose exposure this condition is true; it may read the properties"
                    + " of the exposures, such as \"platform = 'web'\".")
    private Optional<String> where = Optional.empty();

    @Option(names = "--save", description = "Write the results to the output tables.")
    private boolean save;

    @Mixin
    private final OutputOption output = new OutputOption();

    AnalyzeCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        known("experiment", experiment, project.experiments().keySet());
        if (save && (by.isPresent() || where.isPresent())) {
            throw usage("--save writes what runs write; leave it out, or --by and --where");
        }
        metrics.forEach(metric -> known("metric", metric, project.metrics().keySet()));
        Optional<LocalDate> given = argument(() -> days.day(project.zone(), root.clock()));
        Plumbline plumbline = root.plumbline(project);
        Focus focus = argument(() -> plumbline.focus(experiment, by, where));
        LocalDate asOf = given.or(() -> plumbline.latestDay(experiment))
                .orElseThrow(() -> new NotReadyException("no day of experiment '" + experiment
                        + "' has been loaded yet; run `plumbline run --date DAY` first"));
        Scorecard scorecard = scorecard(project, plumbline, asOf, focus);
        if (save) {
            plumbline.save(scorecard);
        }
        print(project, only(scorecard));
        return ExitCode.OK;
    }

    private Scorecard scorecard(Project project, Plumbline plumbline, LocalDate asOf, Focus focus) {
        LocalDate start = Objects.requireNonNull(project.experiments().get(experiment))
                .period()
                .start();
        if (asOf.isBefore(start)) {
            throw usage("experiment '" + experiment + "' starts on " + start + ", after " + asOf);
        }
        try {
            return plumbline.analyze(experiment, asOf, focus);
        } catch (IllegalArgumentException e) {
            throw new NotReadyException(String.valueOf(e.getMessage()));
        }
    }

    private Scorecard only(Scorecard scorecard) {
        return new Scorecard(
                scorecard.experiment(),
                scorecard.asOf(),
                scorecard.results().stream()
                        .filter(result -> isAskedFor(result.key()))
                        .toList(),
                scorecard.health());
    }

    private boolean isAskedFor(ResultKey key) {
        boolean ofMetrics = metrics.isEmpty() || metrics.contains(key.metric());
        return ofMetrics
                && (by.isEmpty()
                        || key.slice().isTopLine()
                        || by.get().equals(key.slice().dimension()));
    }

    private void print(Project project, Scorecard scorecard) {
        StructType schema = Tables.EXPERIMENT_RESULTS.schema();
        List<Row> rows = ResultRows.results(scorecard, NOT_SAVED);
        switch (output.output()) {
            case TABLE -> {
                where.ifPresent(condition -> root.out().print("only units where " + condition + "\n"));
                root.out().print(ScorecardText.topLine(scorecard, project.metrics()));
                if (breakdowns || by.isPresent()) {
                    root.out().print(ScorecardText.breakdowns(scorecard, project.metrics()));
                }
            }
            case CSV -> RowValues.of(schema, rows).print(Output.CSV, root.out());
            case JSON -> root.out().println(Json.text(values(scorecard, rows)));
        }
        root.out().flush();
    }

    private Map<String, Object> values(Scorecard scorecard, List<Row> results) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("experiment", scorecard.experiment().name());
        values.put("as_of", scorecard.asOf());
        where.ifPresent(condition -> values.put("where", condition));
        values.put("health", values(Tables.EXPERIMENT_HEALTH.schema(), ResultRows.health(scorecard, NOT_SAVED)));
        values.put("results", values(Tables.EXPERIMENT_RESULTS.schema(), results));
        return values;
    }

    private static List<Map<String, @Nullable Object>> values(StructType schema, List<Row> rows) {
        return rows.stream().map(row -> RowValues.values(schema, row)).toList();
    }
}
