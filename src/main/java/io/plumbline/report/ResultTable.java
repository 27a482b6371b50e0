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
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Effect;
import io.plumbline.statistics.Interval;
import io.plumbline.summary.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Results as a table, one row per metric, breakdown value and group. Where the effect has no relative form (a control mean
 * of zero) the absolute one stands in its place, without a percent sign.
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
            cells.add(result.reason().map(reason -> note(reason, sentences)).orElse(""));
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

    private boolean isSliced() {
        return results.stream().anyMatch(result -> !result.key().slice().isTopLine());
    }

    private List<String> header() {
        List<String> titles = new ArrayList<>(List.of("metric", "role"));
        if (isSliced()) {
            titles.add("value");
        }
        titles.addAll(List.of("group", "units", "mean", "effect", Numbers.number(100 * (1 - alpha)) + "% interval"));
        titles.addAll(List.of("p", "", "note"));
        return titles;
    }

    private List<TextTable.Align> aligns() {
        List<TextTable.Align> aligns = new ArrayList<>(List.of(LEFT, LEFT));
        if (isSliced()) {
            aligns.add(LEFT);
        }
        aligns.addAll(List.of(LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT_WHOLE, LEFT_WHOLE));
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
        if (Double.isNaN(relative.value())) {
            Effect absolute = comparison.absolute();
            Interval interval = absolute.interval();
            return List.of(
                    Numbers.difference(absolute.value()),
                    interval(Numbers.difference(interval.lower()), Numbers.difference(interval.upper())),
                    p);
        }
        Interval interval = relative.interval();
        return List.of(
                Numbers.change(relative.value()),
                interval(Numbers.change(interval.lower()), Numbers.change(interval.upper())),
                p);
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
