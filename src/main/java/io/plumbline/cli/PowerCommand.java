package io.plumbline.cli;

import io.plumbline.analysis.History;
import io.plumbline.analysis.PowerPlan;
import io.plumbline.definition.Project;
import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.pipeline.Focus;
import io.plumbline.pipeline.Histories;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.statistics.Alternative;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.PowerTarget;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How large an experiment has to be. */
@Command(
        name = "power",
        description =
                "Say what a new experiment can find, from a past one or from the history of the metric: the units and days"
                        + " that an effect needs, or the effect that units or days find.")
final class PowerCommand extends ProjectCommand {

    private static final int HISTORY = 14;

    @Option(names = "--metric", paramLabel = "NAME", required = true, description = "The metric that decides.")
    private String metric = "";

    @Option(
            names = "--source-experiment",
            paramLabel = "NAME",
            description =
                    "A past experiment with this metric, whose control and rate of exposures are taken. Without it,"
                            + " all units that had a row in the metric's source.")
    private Optional<String> experiment = Optional.empty();

    @Option(
            names = "--history",
            paramLabel = "DAYS",
            description =
                    "Without a past experiment: the last days that are looked at. Units count from the day of their"
                            + " first row. Default: 14.")
    private Optional<Integer> history = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description =
                    "Take only the units of which this is true: of a past experiment, a condition over the properties"
                            + " of its exposures; otherwise, over a row of the metric's source, from the first such row on.")
    private Optional<String> where = Optional.empty();

    @Mixin
    private final DayOptions asOf = new DayOptions();

    @ArgGroup(multiplicity = "0..1")
    private Question question = new Question();

    @Option(
            names = "--treatment-share",
            paramLabel = "SHARE",
            description = "Share of the units of the two groups that the treatment gets. Default: 0.5.")
    private double treatmentShare = 0.5;

    @Option(names = "--power", paramLabel = "P", description = "Probability of finding the effect. Default: 0.8.")
    private double power = 0.8;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            description = "Probability of a false alarm. Default: the experiment's.")
    private Optional<Double> alpha = Optional.empty();

    @Option(
            names = "--alternative",
            paramLabel = "two_sided|greater|less",
            description = "What the test will look for. Default: the experiment's, else two_sided.")
    private Optional<Alternative> alternative = Optional.empty();

    @Mixin
    private final OutputOption output = new OutputOption();

    /** What is asked for; without any, the effects from 1 to 20 %. */
    static final class Question {
        @Option(names = "--mde", paramLabel = "EFFECT", description = "Relative effect to be found: 0.02 is 2 %%.")
        private Optional<Double> effect = Optional.empty();

        @Option(names = "--units", paramLabel = "N", description = "Units of both groups together.")
        private Optional<Long> units = Optional.empty();

        @Option(names = "--days", paramLabel = "N", description = "Days of exposures.")
        private Optional<Integer> days = Optional.empty();
    }

    private static final List<Double> EFFECTS = List.of(0.01, 0.02, 0.05, 0.1, 0.2);

    PowerCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        experiment.ifPresent(
                name -> known("experiment", name, project.experiments().keySet()));
        known("metric", metric, project.metrics().keySet());
        check();
        PowerTarget target = argument(() -> new PowerTarget(power, inference(project)));
        PowerPlan plan = new PowerPlan(history(project), treatmentShare, target);
        List<PowerPlan.Answer> answers = argument(() -> answers(plan));
        List<String> columns = List.of("metric", "relative_effect", "control_units", "treatment_units", "days");
        List<Map<String, @Nullable Object>> rows =
                answers.stream().map(answer -> row(columns, answer)).toList();
        new Listing(columns, rows.iterator()).print(output.output(), root.out());
        return ExitCode.OK;
    }

    private void check() {
        if (question.units.filter(n -> n < 2).isPresent()
                || question.days.filter(n -> n < 1).isPresent()) {
            throw usage("give 2 or more --units, 1 or more --days");
        }
        if (!(treatmentShare > 0 && treatmentShare < 1)) {
            throw usage("--treatment-share is " + treatmentShare + "; give a number between 0 and 1");
        }
        if (history.isPresent() && experiment.isPresent()) {
            throw usage("--history is for a metric without --source-experiment; leave one of them out");
        }
        if (history.filter(n -> n < 1).isPresent()) {
            throw usage("give 1 or more days of --history");
        }
    }

    private Inference inference(Project project) {
        AnalysisSettings usual = experiment
                .map(name ->
                        Objects.requireNonNull(project.experiments().get(name)).analysis())
                .orElse(AnalysisSettings.of(project.settings().alpha()));
        return Inference.STANDARD
                .withAlpha(alpha.orElse(usual.alpha()))
                .withAlternative(alternative.orElse(usual.alternative()));
    }

    private History history(Project project) {
        Optional<LocalDate> day = argument(() -> asOf.day(project.zone(), root.clock()));
        Plumbline plumbline = root.plumbline(project);
        History found =
                experiment.map(name -> ofExperiment(plumbline, name, day)).orElseGet(() -> ofMetric(plumbline, day));
        if (Double.isNaN(found.baseline().mean())) {
            throw new NotReadyException("metric '" + metric + "' has no value for these units yet");
        }
        return found;
    }

    private History ofExperiment(Plumbline plumbline, String name, Optional<LocalDate> day) {
        LocalDate results = day.or(() -> plumbline.latestResult(name, metric))
                .orElseThrow(() -> new NotReadyException("experiment '" + name + "' has no result of metric '" + metric
                        + "' yet; run `plumbline run --date DAY` first"));
        Focus focus = where.isEmpty() ? Focus.NONE : argument(() -> plumbline.focus(name, Optional.empty(), where));
        return ready(() -> plumbline.histories().ofExperiment(name, metric, results, focus));
    }

    private History ofMetric(Plumbline plumbline, Optional<LocalDate> day) {
        Histories histories = plumbline.histories();
        LocalDate last = day.or(() -> histories.latestDay(metric))
                .orElseThrow(() -> new NotReadyException("no source of metric '" + metric
                        + "' has been read yet; run `plumbline run --date DAY` first"));
        return ready(() -> histories.ofMetric(metric, last, history.orElse(HISTORY), where));
    }

    private static History ready(Supplier<History> history) {
        try {
            return history.get();
        } catch (IllegalArgumentException e) {
            throw new NotReadyException(String.valueOf(e.getMessage()));
        }
    }

    private List<PowerPlan.Answer> answers(PowerPlan plan) {
        List<PowerPlan.Answer> answers = new ArrayList<>();
        question.effect.map(plan::toFind).ifPresent(answers::add);
        question.units.map(plan::withUnits).ifPresent(answers::add);
        question.days.map(plan::withDays).ifPresent(answers::add);
        return answers.isEmpty() ? EFFECTS.stream().map(plan::toFind).toList() : answers;
    }

    private Map<String, @Nullable Object> row(List<String> columns, PowerPlan.Answer answer) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(columns.get(0), metric);
        row.put(columns.get(1), known(answer.minimumDetectableEffect()));
        row.put(columns.get(2), whole(answer.controlUnits()));
        row.put(columns.get(3), whole(answer.treatmentUnits()));
        row.put(columns.get(4), whole(answer.days()));
        return row;
    }

    private static @Nullable Object known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static @Nullable Object whole(double value) {
        return Double.isFinite(value) ? (long) value : null;
    }
}
