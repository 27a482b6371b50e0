package io.plumbline.summary;

import io.plumbline.metric.Population;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.statistics.CoMoments;
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
 * the value gets a summary too, if another group has it. Co-moments with covariates are completed in measures of all units and
 * of some; units with data from before exposure have a row, so that those that are added have none.
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
        Map<Slice, Map<String, GroupSummary>> bySlice = new LinkedHashMap<>();
        summaries.stream()
                .filter(this::isImputed)
                .forEach(s -> bySlice.computeIfAbsent(s.slice(), slice -> new HashMap<>())
                        .put(s.group(), s));
        Stream<GroupSummary> untouched = summaries.stream().filter(s -> !isImputed(s));
        Stream<GroupSummary> imputed = bySlice.entrySet().stream()
                .filter(slice -> slice.getValue().values().stream()
                        .anyMatch(s -> s.moments().n() > 0))
                .flatMap(slice -> summaries.stream()
                        .filter(s -> s.slice().isTopLine())
                        .map(topLine -> completed(topLine, slice.getKey(), slice.getValue())));
        return Stream.concat(untouched, imputed);
    }

    /** Of measures of some units only the co-moments are: they are over all units that count. */
    private boolean isImputed(GroupSummary summary) {
        return dimensions.contains(String.valueOf(summary.slice().dimension()))
                && (isOfAllUnits() || summary.covered().isPresent());
    }

    private boolean isOfAllUnits() {
        return measure.measure().population() == Population.ALL_UNITS;
    }

    private GroupSummary completed(GroupSummary topLine, Slice slice, Map<String, GroupSummary> byGroup) {
        GroupSummary none = of(topLine, slice, Moments.EMPTY, 0, Optional.empty());
        GroupSummary found = byGroup.getOrDefault(topLine.group(), none);
        long missing = isOfAllUnits() ? topLine.moments().n() - found.moments().n() : 0;
        UnitValue numerator = measure.measure().numerator();
        Optional<UnitValue> denominator = measure.measure().denominator();
        double x = limited(numerator, bounds.numerator());
        double y = denominator.map(side -> limited(side, bounds.denominator())).orElse(1.0);
        boolean changed = x != UnitValues.ofNoRows(numerator)
                || denominator.map(side -> y != UnitValues.ofNoRows(side)).orElse(false);
        return found.merge(of(
                topLine,
                slice,
                Moments.ofConstant(missing, x, y),
                changed ? missing : 0,
                topLine.covered()
                        .map(whole -> isOfAllUnits() ? missing(whole, found, x, y) : missing(whole, found, 0, 0))));
    }

    private static GroupSummary of(
            GroupSummary topLine,
            Slice slice,
            Moments moments,
            long winsorized,
            Optional<GroupSummary.Covered> covariates) {
        return new GroupSummary(
                topLine.experiment(),
                topLine.metric(),
                topLine.step(),
                topLine.group(),
                slice,
                moments,
                new GroupSummary.Totals(moments.n() * moments.meanX(), moments.n() * moments.meanY()),
                winsorized,
                covariates);
    }

    /** The units that count but have no row under the value, neither since exposure nor before. */
    private static GroupSummary.Covered missing(GroupSummary.Covered whole, GroupSummary found, double x, double y) {
        long present = found.covered().map(known -> known.moments().n()).orElse(0L);
        double[] vector = new double[whole.moments().dimensions()];
        vector[0] = x;
        vector[1] = y;
        return new GroupSummary.Covered(CoMoments.ofConstant(whole.moments().n() - present, vector), 0);
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
