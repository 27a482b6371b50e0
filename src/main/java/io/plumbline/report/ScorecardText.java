package io.plumbline.report;

import io.plumbline.analysis.HealthCheck;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.Scorecard;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.PreExposure;
import io.plumbline.experiment.View;
import io.plumbline.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A scorecard for the terminal, 120 columns wide: who was compared, whether it can be trusted, and the cumulative result
 * of every metric, control first. Everything that colour would say is said in words: {@code better} and {@code worse}
 * follow the metric's desired change and appear only where the difference is significant. A number that is not defined is
 * a dash, with its reason in the same line.
 */
public final class ScorecardText {

    /** No line is longer, unless a group's numbers alone need more. */
    public static final int WIDTH = 120;

    private final Scorecard scorecard;
    private final Map<String, Metric> metrics;

    private ScorecardText(Scorecard scorecard, Map<String, Metric> metrics) {
        this.scorecard = scorecard;
        this.metrics = metrics;
    }

    /**
     * Header, health checks and the top line of every metric.
     *
     * @param metrics definitions by name; results of a metric that is not among them are shown without direction
     * @return lines that end with a line feed
     */
    public static String topLine(Scorecard scorecard, Map<String, Metric> metrics) {
        ScorecardText text = new ScorecardText(scorecard, metrics);
        List<String> lines = new ArrayList<>(text.header());
        lines.add("");
        lines.addAll(text.health());
        lines.add("");
        lines.addAll(text.table(scorecard.results().stream()
                .filter(result -> result.key().slice().isTopLine())
                .toList()));
        return String.join("\n", lines) + "\n";
    }

    /**
     * The same metrics by breakdown value, one table per dimension.
     *
     * @param metrics as for {@link #topLine}
     * @return lines that end with a line feed; empty when nothing is broken down
     */
    public static String breakdowns(Scorecard scorecard, Map<String, Metric> metrics) {
        ScorecardText text = new ScorecardText(scorecard, metrics);
        return scorecard.results().stream()
                .map(result -> result.key().slice())
                .filter(slice -> !slice.isTopLine())
                .map(slice -> String.valueOf(slice.dimension()))
                .distinct()
                .map(text::breakdown)
                .collect(Collectors.joining());
    }

    private String breakdown(String dimension) {
        List<String> lines = new ArrayList<>(List.of("", "By " + dimension));
        lines.addAll(table(scorecard.results().stream()
                .filter(result -> dimension.equals(result.key().slice().dimension()))
                .toList()));
        return String.join("\n", lines) + "\n";
    }

    private List<String> header() {
        Experiment experiment = scorecard.experiment();
        String end = experiment.period().end().map(day -> " to " + day).orElse(", open end");
        String groups = experiment.groups().stream().map(ScorecardText::group).collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>(List.of(
                experiment.name() + " as of " + scorecard.asOf(),
                "exposures " + experiment.period().start() + end + "; unit " + experiment.unit() + "; alpha "
                        + Numbers.number(experiment.analysis().alpha()),
                "groups " + groups));
        experiment.analysis().preExposure().map(ScorecardText::covariates).ifPresent(lines::add);
        return lines;
    }

    private static String covariates(PreExposure preExposure) {
        Stream<String> days = preExposure.days() == 0
                ? Stream.of()
                : Stream.of("the metric"
                        + preExposure.metrics().stream()
                                .map(name -> ", " + name)
                                .collect(Collectors.joining())
                        + " over the " + preExposure.days() + " days before exposure");
        return "covariates "
                + Stream.concat(days, preExposure.properties().stream()).collect(Collectors.joining("; "))
                + "; 'cuped' marks adjusted rows, with the change in variance";
    }

    private static String group(Group group) {
        return group.name() + (group.role() == Group.Role.CONTROL ? " (control)" : "");
    }

    private List<String> health() {
        List<String> lines = new ArrayList<>();
        for (HealthCheck check : scorecard.health()) {
            String about = check.name() + (check.group() == null ? "" : " of " + check.group());
            String p = Double.isNaN(check.pValue()) ? "" : " (p = " + Numbers.probability(check.pValue()) + ")";
            String text = String.format(Locale.ROOT, "%-5s  %s%s: %s", check.status(), about, p, check.detail());
            lines.addAll(Wrapped.lines(text, WIDTH, "       "));
        }
        return lines;
    }

    private List<String> table(List<Result> results) {
        List<Result> cumulative = results.stream()
                .filter(result -> result.key().view() == View.CUMULATIVE)
                .toList();
        return new ResultTable(metrics, scorecard.experiment().analysis().alpha(), cumulative).lines(WIDTH);
    }
}
