package io.plumbline.summary;

import io.plumbline.metric.Population;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.statistics.Moments;
import io.plumbline.unittotal.UnitValues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds the units without rows to breakdowns by a source column. On the top line, every analysed unit has a row; under a
 * breakdown value only units with data do, although the group mean divides by all of them. A group in which no unit has
 * the value gets a summary too, if another group has it.
 */
final class Imputation {

    private final PlannedMeasure measure;
    private final List<String> dimensions;
    private final MetricBounds bounds;
    private final List<GroupSummary> summaries;

    private Imputation(
            PlannedMeasure measure, List<String> dimensions, MetricBounds bounds, List<GroupSummary> summaries) {
        this.measure = measure;
        this.dimensions = dimensions;
        this.bounds = bounds;
        this.summaries = summaries;
    }

    /** The summaries with the missing units, in an order that follows from the definitions. */
    static List<GroupSummary> complete(
            List<GroupSummary> summaries,
            List<PlannedExperiment> experiments,
            Map<String, Map<String, MetricBounds>> bounds) {
        return experiments.stream()
                .flatMap(experiment -> experiment.metrics().stream()
                        .flatMap(metric -> metric.measures().stream()
                                .flatMap(measure -> new Imputation(
                                                measure,
                                                experiment.columnDimensions(metric),
                                                bounds.getOrDefault(experiment.name(), Map.of())
                                                        .getOrDefault(metric.name(), MetricBounds.NONE),
                                                summaries.stream()
                                                        .filter(s -> s.experiment()
                                                                        .equals(experiment.name())
                                                                && s.metric().equals(metric.name())
                                                                && s.step()
                                                                        == measure.measure()
                                                                                .stepIndex())
                                                        .toList())
                                        .complete())))
                .toList();
    }

    private Stream<GroupSummary> complete() {
        Map<Slice, Map<String, GroupSummary>> byDimension = new LinkedHashMap<>();
        summaries.stream()
                .filter(this::isImputed)
                .forEach(s -> byDimension
                        .computeIfAbsent(s.slice(), slice -> new HashMap<>())
                        .put(s.group(), s));
        Stream<GroupSummary> untouched = summaries.stream().filter(s -> !isImputed(s));
        Stream<GroupSummary> imputed = byDimension.entrySet().stream()
                .flatMap(slice -> summaries.stream()
                        .filter(s -> s.slice().isTopLine())
                        .map(topLine -> completed(topLine, slice.getKey(), slice.getValue())));
        return Stream.concat(untouched, imputed);
    }

    private boolean isImputed(GroupSummary summary) {
        boolean ofAllUnits = measure.measure().population() == Population.ALL_UNITS;
        return ofAllUnits && dimensions.contains(String.valueOf(summary.slice().dimension()));
    }

    private GroupSummary completed(GroupSummary topLine, Slice slice, Map<String, GroupSummary> byGroup) {
        GroupSummary none = new GroupSummary(
                topLine.experiment(),
                topLine.metric(),
                topLine.step(),
                topLine.group(),
                slice,
                Moments.EMPTY,
                new GroupSummary.Totals(0, 0),
                0);
        GroupSummary found = byGroup.getOrDefault(topLine.group(), none);
        long missing = topLine.moments().n() - found.moments().n();
        UnitValue numerator = measure.measure().numerator();
        Optional<UnitValue> denominator = measure.measure().denominator();
        double x = limited(numerator, bounds.numerator());
        double y = denominator.map(side -> limited(side, bounds.denominator())).orElse(1.0);
        boolean changed = x != UnitValues.ofNoRows(numerator)
                || denominator.map(side -> y != UnitValues.ofNoRows(side)).orElse(false);
        return found.merge(new GroupSummary(
                topLine.experiment(),
                topLine.metric(),
                topLine.step(),
                topLine.group(),
                slice,
                Moments.ofConstant(missing, x, y),
                new GroupSummary.Totals(missing * x, missing * y),
                changed ? missing : 0));
    }

    /** The value of a unit without rows, after winsorization. */
    private static double limited(UnitValue value, Bounds bounds) {
        double raw = UnitValues.ofNoRows(value);
        boolean limited = value.winsorization()
                .map(w -> w.population() == Winsorization.Population.ALL)
                .orElse(false);
        return limited ? bounds.clamp(raw) : raw;
    }
}
