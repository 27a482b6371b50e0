package io.plumbline.report;

import static io.plumbline.report.TextTable.Align.LEFT;
import static io.plumbline.report.TextTable.Align.LEFT_WHOLE;
import static io.plumbline.report.TextTable.Align.RIGHT;

import io.plumbline.analysis.Inferred;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.ResultKey;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.Metric;
import io.plumbline.metric.Rollup;
import io.plumbline.statistics.AlwaysValidComparison;
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Cuped;
import io.plumbline.statistics.Effect;
import io.plumbline.statistics.Interval;
import io.plumbline.summary.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Results as a table, one row per metric, breakdown value and group. Where the effect has no relative form (a control mean
 * of zero) the absolute one stands in its place, without a percent sign. Rows that covariates adjusted say {@code cuped}, with
 * the change in variance. Sequential experiments have a second interval and p-value, which hold at every look.
 *
 * @param metrics definitions by name
 * @param alpha intervals cover 1 − alpha
 * @param results in the order of metrics, breakdown values and groups
 */
record ResultTable(Map<String, Metric> metrics, double alpha, List<Result> results) {

    /** The lines of the table; a metric's name, role and breakdown value stand in the first of its rows only. */
    List<String> lines(int width) {
        TextTable table = new TextTable(header(), aligns());
        List<String> sentences = sentences();
        Optional<ResultKey> previous = Optional.empty();
        for (Result result : results) {
            List<String> cells = new ArrayList<>(cells(result, previous));
            cells.add(Stream.of(adjustment(result), result.reason().map(reason -> note(reason, sentences)))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" ")));
            table.add(cells);
            previous = Optional.of(result.key());
        }
        List<String> lines = new ArrayList<>(table.lines(width));
        sentences.forEach(
                sentence -> lines.addAll(Wrapped.lines(note(sentence, sentences) + " " + sentence, width, "    ")));
        return lines;
    }

    /** Reasons that are no codes but say what went wrong; they stand below the table. */
    private List<String> sentences() {
        return results.stream()
                .flatMap(result -> result.reason().stream())
                .filter(reason -> reason.contains(" "))
                .distinct()
                .toList();
    }

    private static String note(String reason, List<String> sentences) {
        int number = sentences.indexOf(reason) + 1;
        return number == 0 ? reason : "(" + number + ")";
    }

    /** That covariates adjusted the row, with the change in variance. */
    private static Optional<String> adjustment(Result result) {
        return result.cuped()
                .filter(Cuped::applied)
                .map(cuped -> "cuped " + Numbers.change(-cuped.varianceReduction()));
    }

    private boolean isAlwaysValid() {
        return results.stream()
                .flatMap(result -> result.inferred().stream())
                .anyMatch(inferred -> inferred.alwaysValid().isPresent());
    }

    private boolean isSliced() {
        return results.stream().anyMatch(result -> !result.key().slice().isTopLine());
    }

    private List<String> header() {
        List<String> titles = new ArrayList<>(List.of("metric", "role"));
        if (isSliced()) {
            titles.add("value");
        }
        titles.addAll(List.of("group", "units", "mean", "effect", Numbers.number(100 * (1 - alpha)) + "% interval"));
        titles.add("p");
        if (isAlwaysValid()) {
            titles.addAll(List.of("at every look", "p"));
        }
        titles.addAll(List.of("", "note"));
        return titles;
    }

    private List<TextTable.Align> aligns() {
        List<TextTable.Align> aligns = new ArrayList<>(List.of(LEFT, LEFT));
        if (isSliced()) {
            aligns.add(LEFT);
        }
        aligns.addAll(List.of(LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT));
        if (isAlwaysValid()) {
            aligns.addAll(List.of(RIGHT, RIGHT));
        }
        aligns.addAll(List.of(LEFT_WHOLE, LEFT_WHOLE));
        return aligns;
    }

    private List<String> cells(Result result, Optional<ResultKey> previous) {
        ResultKey key = result.key();
        boolean sameMetric = previous.filter(
                        p -> p.metric().equals(key.metric()) && p.step().equals(key.step()))
                .isPresent();
        boolean sameSlice = sameMetric
                && previous.filter(p -> p.slice().equals(key.slice())).isPresent();
        List<String> cells = new ArrayList<>();
        cells.add(sameMetric ? "" : name(key));
        cells.add(sameMetric || key.step().isPresent() ? "" : key.role().label());
        if (isSliced()) {
            cells.add(sameSlice ? "" : value(key.slice()));
        }
        cells.add(key.group().name());
        cells.add(Numbers.count(result.estimate().unadjusted().n()));
        cells.add(mean(result));
        cells.addAll(result.inferred().map(ResultTable::compared).orElse(List.of("", "", "")));
        if (isAlwaysValid()) {
            cells.addAll(result.inferred()
                    .flatMap(Inferred::alwaysValid)
                    .map(ResultTable::atEveryLook)
                    .orElse(List.of("", "")));
        }
        cells.add(Direction.of(result, desired(key)).label());
        return cells;
    }

    /** Steps of a funnel stand below it. */
    private static String name(ResultKey key) {
        return key.step()
                .map(step -> isTime(key) ? "  " + step.name() : "  " + step.index() + ". " + step.name())
                .orElse(key.metric());
    }

    private static boolean isTime(ResultKey key) {
        return key.step()
                .filter(step -> step.name().equals(FunnelMetric.SECONDS_TO_CONVERT))
                .isPresent();
    }

    private static String value(Slice slice) {
        return String.valueOf(slice.value());
    }

    private static List<String> compared(Inferred inferred) {
        Comparison comparison = inferred.comparison();
        Effect relative = comparison.relative();
        boolean corrected = !Double.isNaN(inferred.adjustedPValue());
        String p = Numbers.probability(corrected ? inferred.adjustedPValue() : comparison.pValue());
        String effect = Double.isNaN(relative.value())
                ? Numbers.difference(comparison.absolute().value())
                : Numbers.change(relative.value());
        return List.of(effect, interval(comparison.absolute(), relative), p);
    }

    /** The interval and p-value that hold however often they are looked at. */
    private static List<String> atEveryLook(AlwaysValidComparison sequence) {
        return List.of(interval(sequence.absolute(), sequence.relative()), Numbers.probability(sequence.pValue()));
    }

    private static String interval(Effect absolute, Effect relative) {
        if (Double.isNaN(relative.value())) {
            Interval interval = absolute.interval();
            return interval(Numbers.difference(interval.lower()), Numbers.difference(interval.upper()));
        }
        Interval interval = relative.interval();
        return interval(Numbers.change(interval.lower()), Numbers.change(interval.upper()));
    }

    private static String interval(String lower, String upper) {
        boolean undefined = lower.equals(Numbers.UNDEFINED) && upper.equals(Numbers.UNDEFINED);
        return undefined ? Numbers.UNDEFINED : "[" + lower + ", " + upper + "]";
    }

    private String mean(Result result) {
        double mean = result.estimate().adjusted().mean();
        return isShare(result.key()) ? Numbers.share(mean) : Numbers.number(mean);
    }

    /** Whether unit values lie between 0 and 1, so that their mean is a share. */
    private boolean isShare(ResultKey key) {
        Metric metric = metrics.get(key.metric());
        if (metric instanceof FunnelMetric) {
            return !isTime(key);
        }
        return metric != null
                && metric.measure().denominator().isEmpty()
                && (metric.measure().numerator().rollup() != Rollup.Plain.TOTAL
                        || metric.measure().numerator().threshold().isPresent());
    }

    /** The time to convert has no direction: it is that of other units in every group. */
    private DesiredChange desired(ResultKey key) {
        Metric metric = metrics.get(key.metric());
        return metric == null || isTime(key)
                ? DesiredChange.NONE
                : metric.about().desiredChange();
    }
}
