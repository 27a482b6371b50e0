package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.plan.MetricSql;
import io.plumbline.plan.MetricText;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a metric is, and the SQL that computes it. */
@Command(
        name = "metric",
        description = "Print what a metric is, and SQL that computes it from source rows to the mean of every group.")
final class ExplainMetricCommand extends ProjectCommand {

    @Parameters(paramLabel = "NAME", description = "The metric.")
    private String name = "";

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "The experiment of the SQL. Default: the first that has the metric.")
    private Optional<String> experiment = Optional.empty();

    @Option(names = "--sql", description = "Print the SQL alone.")
    private boolean sqlOnly;

    @Option(
            names = "--level",
            paramLabel = "row|unit|group",
            description = "What the SQL has a row for. Default: group.")
    private Optional<MetricSql.Level> level = Optional.empty();

    @Mixin
    private final DayOptions days = new DayOptions();

    ExplainMetricCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        Metric metric = Objects.requireNonNull(
                project.metrics().get(known("metric", name, project.metrics().keySet())));
        Optional<Experiment> example = example(project, metric);
        if (!sqlOnly) {
            root.out().println(MetricText.of(project, metric));
        }
        if (example.isPresent()) {
            LocalDate asOf = argument(() -> days.day(project.zone(), root.clock()))
                    .orElseGet(() -> lastDay(project, example.get()));
            MetricSql.statements(project, metric, example.get(), asOf, level.orElse(MetricSql.Level.GROUP))
                    .forEach(statement -> root.out().println(statement + ";\n"));
        } else {
            root.console()
                    .warn("no experiment randomizes a unit that the metric's sources have, so there is no SQL to show");
        }
        root.out().flush();
        return ExitCode.OK;
    }

    private Optional<Experiment> example(Project project, Metric metric) {
        if (experiment.isPresent()) {
            String wanted =
                    known("experiment", experiment.get(), project.experiments().keySet());
            return Optional.ofNullable(project.experiments().get(wanted));
        }
        return project.experiments().values().stream()
                .filter(e -> e.metrics().containsKey(metric.name()))
                .findFirst()
                .or(() -> project.experiments().values().stream()
                        .filter(e -> metric.sources().stream()
                                .map(name -> Objects.requireNonNull(
                                        project.metricSources().get(name)))
                                .allMatch(source -> source.units().containsKey(e.unit())))
                        .findFirst());
    }

    /** Yesterday, or the last day of the experiment if that was before, or its first if it has not begun. */
    private LocalDate lastDay(Project project, Experiment example) {
        LocalDate yesterday =
                LocalDate.now(root.clock().withZone(project.zone())).minusDays(1);
        LocalDate last = example.period().lastDay(yesterday);
        return last.isBefore(example.period().start()) ? example.period().start() : last;
    }
}
