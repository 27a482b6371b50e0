package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.FunnelRule;
import io.plumbline.metric.Info;
import io.plumbline.metric.Measure;
import io.plumbline.metric.Metric;
import io.plumbline.metric.Population;
import io.plumbline.metric.UnitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a metric is, in words: its rows, its unit value with every modifier in the order of work, its group mean. */
public final class MetricText {

    private final Project project;
    private final Metric metric;
    private final List<String> lines = new ArrayList<>();

    private MetricText(Project project, Metric metric) {
        this.project = project;
        this.metric = metric;
    }

    /** The description of a metric of a project; lines end with a line feed. */
    public static String of(Project project, Metric metric) {
        MetricText text = new MetricText(project, metric);
        text.describe();
        return String.join("\n", text.lines) + "\n";
    }

    private void describe() {
        Info info = metric.about().info();
        lines.add(metric.name() + (info.description().isEmpty() ? "" : ": " + info.description()));
        field("type", metric.type());
        Measure measure = metric.measure();
        if (metric instanceof FunnelMetric funnel) {
            funnel(funnel);
        } else if (measure.denominator().isPresent()) {
            side("numerator", measure.numerator());
            measure.denominator().ifPresent(lower -> side("denominator", lower));
        } else {
            side(measure.percentile().isPresent() ? "rows" : "unit value", measure.numerator());
        }
        field("group mean", groupMean());
        DesiredChange desired = metric.about().desiredChange();
        field(
                "desired",
                desired == DesiredChange.NONE ? "no direction" : desired.name().toLowerCase(Locale.ROOT));
        optional("breakdowns", String.join(", ", metric.about().breakdowns()));
        optional("tags", String.join(", ", info.tags()));
        optional("owner", info.owner());
        optional("defined at", info.origin());
        covariate();
        field("used by", users());
    }

    private void side(String name, UnitValue side) {
        String rows = switch (side.component().aggregate()) {
            case ROWS -> "number of rows";
            case LATEST_RECORD -> "latest row";
            default -> ValueText.aggregate(side.component());
        };
        field(name, rows + " of " + side.component().source() + " at or after exposure");
        field("", "where " + ValueText.filters(side.component()));
        List<String> modifiers = ValueText.modifiers(side);
        for (int i = 0; i < modifiers.size(); i++) {
            field("", (i + 1) + ". " + modifiers.get(i));
        }
    }

    private void funnel(FunnelMetric funnel) {
        List<String> steps = FunnelText.steps(funnel);
        field("steps", steps.get(0));
        steps.stream().skip(1).forEach(step -> field("", step));
        List<String> rule = new ArrayList<>(FunnelText.rule(funnel.rule()));
        ValueText.modifiers(funnel.measure().numerator()).stream()
                .filter(modifier -> !modifier.startsWith("completed"))
                .forEach(rule::add);
        field("completed", rule.get(0));
        rule.stream().skip(1).forEach(line -> field("", line));
    }

    private String groupMean() {
        Measure measure = metric.measure();
        if (measure.percentile().isPresent()) {
            double probability = measure.percentile().orElseThrow().probability();
            return "percentile " + SqlText.number(probability)
                    + " of the rows of all units that have a value, interpolated; interval by ranks, over units";
        }
        if (metric instanceof FunnelMetric funnel) {
            boolean exposed = funnel.rule().start() == FunnelRule.Start.EXPOSURE;
            return "completed all steps / " + (exposed ? "all exposed units" : "started")
                    + "; by step: completed / completed the step before; delta method";
        }
        if (measure.denominator().isEmpty()) {
            if (measure.numerator().log().isPresent()) {
                return "sum of unit values / number of units that have one";
            }
            boolean matured = measure.numerator().window().maturity() == CohortWindow.Maturity.ONLY_MATURED;
            boolean participating = measure.population() == Population.PARTICIPATING;
            return "sum of unit values / number of " + (matured ? "matured" : "exposed")
                    + (participating ? " units with a value" : " units; units without rows count as 0");
        }
        return measure.population() == Population.PARTICIPATING
                ? "sum of numerators / sum of denominators, over units with a denominator; delta method"
                : "sum of numerators / sum of denominators, over all exposed units; delta method";
    }

    private void covariate() {
        String days = project.experiments().values().stream()
                .filter(experiment -> experiment.metrics().containsKey(metric.name()) && metric.hasCovariate())
                .flatMap(experiment -> experiment.analysis().preExposure().stream()
                        .filter(before -> before.days() > 0)
                        .map(before -> before.days() + " days in " + experiment.name()))
                .collect(Collectors.joining(", "));
        optional("covariate", days.isEmpty() ? "" : "the same over the local days before exposure: " + days);
    }

    private String users() {
        String users = project.experiments().values().stream()
                .filter(experiment -> experiment.metrics().containsKey(metric.name()))
                .map(this::user)
                .collect(Collectors.joining(", "));
        return users.isEmpty() ? "no experiment" : users;
    }

    private String user(Experiment experiment) {
        return experiment.name() + " ("
                + String.valueOf(experiment.metrics().get(metric.name())).toLowerCase(Locale.ROOT)
                + experiment
                        .idResolution()
                        .filter(ids -> project.dependsOnIds(experiment, metric))
                        .map(ids -> ", " + PlanText.ids(ids, experiment.unit()))
                        .orElse("")
                + ")";
    }

    private void optional(String name, String value) {
        if (!value.isEmpty()) {
            field(name, value);
        }
    }

    private void field(String name, String value) {
        lines.add(String.format(Locale.ROOT, "  %-12s %s", name, value));
    }
}
