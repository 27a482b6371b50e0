package io.plumbline.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.analysis.PowerPlan;
import io.plumbline.definition.Project;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.statistics.Baseline;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.PowerTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How large an experiment has to be. */
@Command(
        name = "power",
        description =
                "Say what a new experiment can find, from the latest results of a past one: the units and days that an"
                        + " effect needs, or the effect that units or days find.")
final class PowerCommand extends ProjectCommand {

    @Option(names = "--metric", paramLabel = "NAME", required = true, description = "The metric that decides.")
    private String metric = "";

    @Option(
            names = "--source-experiment",
            paramLabel = "NAME",
            required = true,
            description = "A past experiment with this metric, whose control and rate of exposures are taken.")
    private String experiment = "";

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
        known("experiment", experiment, project.experiments().keySet());
        known("metric", metric, project.metrics().keySet());
        if (question.units.filter(n -> n < 2).isPresent()
                || question.days.filter(n -> n < 1).isPresent()) {
            throw usage("give 2 or more --units, 1 or more --days");
        }
        PowerPlan plan = plan(project);
        List<PowerPlan.Answer> answers = argument(() -> answers(plan));
        List<String> columns = List.of("metric", "relative_effect", "control_units", "treatment_units", "days");
        List<Map<String, @Nullable Object>> rows =
                answers.stream().map(answer -> row(columns, answer)).toList();
        new Listing(columns, rows.iterator()).print(output.output(), root.out());
        return ExitCode.OK;
    }

    private PowerPlan plan(Project project) {
        if (!(treatmentShare > 0 && treatmentShare < 1)) {
            throw usage("--treatment-share is " + treatmentShare + "; give a number between 0 and 1");
        }
        Plumbline plumbline = root.plumbline(project);
        double usual = project.experiments().values().stream()
                .filter(e -> e.name().equals(experiment))
                .mapToDouble(e -> e.analysis().alpha())
                .findFirst()
                .orElse(project.settings().alpha());
        PowerTarget target = argument(() -> new PowerTarget(power, Inference.STANDARD.withAlpha(alpha.orElse(usual))));
        return new PowerPlan(baseline(plumbline), unitsPerDay(plumbline), treatmentShare, target);
    }

    private List<PowerPlan.Answer> answers(PowerPlan plan) {
        List<PowerPlan.Answer> answers = new ArrayList<>();
        question.effect.map(plan::toFind).ifPresent(answers::add);
        question.units.map(plan::withUnits).ifPresent(answers::add);
        question.days.map(plan::withDays).ifPresent(answers::add);
        return answers.isEmpty() ? EFFECTS.stream().map(plan::toFind).toList() : answers;
    }

    /** Mean of the control in the latest cumulative results, and its variance, with covariates where there are any. */
    private Baseline baseline(Plumbline plumbline) {
        Dataset<Row> rows = table(plumbline, "v_scorecard")
                .filter(col("experiment")
                        .equalTo(lit(experiment))
                        .and(col("metric").equalTo(lit(metric)))
                        .and(col("is_control"))
                        .and(col("step").isNull()));
        return rows.select("unadjusted_mean", "variance").collectAsList().stream()
                .filter(row -> !row.anyNull())
                .findFirst()
                .map(row -> new Baseline(row.getDouble(0), row.getDouble(1)))
                .orElseThrow(() -> new NotReadyException("experiment '" + experiment + "' has no result of metric '"
                        + metric + "' yet; run `plumbline run --date DAY` first"));
    }

    /** New units of a day, on average over the days with results; NaN before there are any. */
    private double unitsPerDay(Plumbline plumbline) {
        Row rate = table(plumbline, "experiment_exposures_daily")
                .filter(col("experiment").equalTo(lit(experiment)))
                .selectExpr("double(sum(new_units)) / count(DISTINCT ds) AS units_per_day")
                .head();
        return rate.isNullAt(0) ? Double.NaN : rate.getDouble(0);
    }

    private static Dataset<Row> table(Plumbline plumbline, String name) {
        try {
            return plumbline.table(name);
        } catch (IllegalArgumentException e) {
            throw new NotReadyException(String.valueOf(e.getMessage()));
        }
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
