package io.plumbline.analysis;

import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.View;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.Alternative;
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Estimate;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.Moments;
import io.plumbline.statistics.Reason;
import io.plumbline.statistics.RelativeInterval;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.PercentileSummary;
import io.plumbline.summary.Slice;
import io.plumbline.summary.Summaries;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the summaries of an experiment into results: one for every metric, breakdown value and group, the control first.
 * Groups without units, and metrics that could not be computed, have results too, with the reason.
 */
public final class Results {

    /** How percentiles are compared: their standard errors come from ranks, not from deviations of n units. */
    private static final double ALWAYS_NORMAL = 0;

    private record Cell(String metric, int step, Slice slice, String group) {}

    private final PlannedExperiment planned;
    private final View view;
    private final Summaries summaries;
    private final Map<Cell, GroupSummary> cells;
    private final Map<Cell, PercentileSummary> percentiles;

    private Results(PlannedExperiment planned, View view, Summaries summaries) {
        this.planned = planned;
        this.view = view;
        this.summaries = summaries;
        this.cells = summaries.groups().stream()
                .filter(s -> s.experiment().equals(planned.name()))
                .collect(Collectors.toMap(s -> new Cell(s.metric(), s.step(), s.slice(), s.group()), s -> s));
        this.percentiles = summaries.percentiles().stream()
                .filter(s -> s.experiment().equals(planned.name()))
                .collect(Collectors.toMap(s -> new Cell(s.metric(), 0, s.slice(), s.group()), s -> s));
    }

    /**
     * The results of one experiment and view.
     *
     * @param failed metric → why it could not be computed
     */
    public static List<Result> of(
            PlannedExperiment planned, View view, Summaries summaries, Map<String, String> failed) {
        Results results = new Results(planned, view, summaries);
        return planned.metrics().stream()
                .flatMap(metric -> failed.containsKey(metric.name())
                        ? results.failed(metric, Objects.requireNonNull(failed.get(metric.name())))
                        : metric.measures().stream().flatMap(measure -> results.of(metric, measure)))
                .toList();
    }

    private Experiment experiment() {
        return planned.experiment();
    }

    private Stream<Group> groups() {
        return experiment().groups().stream().sorted(Comparator.comparing(Group::role));
    }

    /** The top line, then every breakdown value in the order of dimension and value. */
    private Stream<Slice> slices(PlannedMetric metric, PlannedMeasure measure) {
        Stream<Slice> parts = cells.keySet().stream()
                .filter(cell -> cell.metric().equals(metric.name())
                        && cell.step() == measure.measure().stepIndex())
                .map(Cell::slice)
                .filter(slice -> !slice.isTopLine())
                .distinct()
                .sorted(Comparator.comparing((Slice slice) -> String.valueOf(slice.dimension()))
                        .thenComparing(slice -> String.valueOf(slice.value())));
        return Stream.concat(Stream.of(Slice.TOP_LINE), parts);
    }

    private Stream<Result> of(PlannedMetric metric, PlannedMeasure measure) {
        return slices(metric, measure).flatMap(slice -> {
            Estimate control =
                    estimate(measure, cell(metric, measure, slice, experiment().control()));
            return groups().map(group -> result(metric, measure, key(metric, measure, slice, group), control));
        });
    }

    private Optional<GroupSummary> cell(PlannedMetric metric, PlannedMeasure measure, Slice slice, Group group) {
        return Optional.ofNullable(
                cells.get(new Cell(metric.name(), measure.measure().stepIndex(), slice, group.name())));
    }

    private Result result(PlannedMetric metric, PlannedMeasure measure, ResultKey key, Estimate control) {
        Group group = key.group();
        Optional<GroupSummary> summary = cell(metric, measure, key.slice(), group);
        Estimate estimate = estimate(measure, summary);
        Optional<Comparison> comparison = group.role() == Group.Role.CONTROL
                ? Optional.empty()
                : Optional.of(Comparison.of(control, estimate, inference(measure)));
        Optional<Reason> reason = comparison
                .flatMap(c -> c.absolute().reason().or(() -> c.relative().reason()))
                .or(estimate::reason);
        return new Result(
                key,
                estimate,
                summary.map(GroupSummary::totals).orElse(new GroupSummary.Totals(0, 0)),
                summaries.bounds(planned.name(), metric.name()).numerator(),
                summary.map(GroupSummary::winsorizedUnits).orElse(0L),
                comparison,
                control.mean(),
                experiment().analysis().alpha(),
                reason.map(Reason::code));
    }

    private Estimate estimate(PlannedMeasure measure, Optional<GroupSummary> summary) {
        if (measure.measure().percentile().isPresent()) {
            return summary.flatMap(s ->
                            Optional.ofNullable(percentiles.get(new Cell(s.metric(), s.step(), s.slice(), s.group()))))
                    .map(PercentileSummary::estimate)
                    .orElse(Estimate.undefined(0, Reason.NO_UNITS));
        }
        Moments moments = summary.map(GroupSummary::moments).orElse(Moments.EMPTY);
        return measure.denominator().isPresent() ? Estimate.ofRatio(moments) : Estimate.ofMean(moments);
    }

    private Inference inference(PlannedMeasure measure) {
        boolean percentile = measure.measure().percentile().isPresent();
        return Inference.STANDARD
                .withNormalFrom(percentile ? ALWAYS_NORMAL : Inference.STANDARD.normalFrom())
                .withAlpha(experiment().analysis().alpha())
                .withAlternative(Alternative.TWO_SIDED)
                .withRelativeInterval(RelativeInterval.FIELLER);
    }

    private ResultKey key(PlannedMetric metric, PlannedMeasure measure, Slice slice, Group group) {
        return new ResultKey(
                planned.name(),
                metric.name(),
                metric.hash(),
                Objects.requireNonNull(experiment().metrics().get(metric.name())),
                view,
                measure.measure().step(),
                slice,
                group);
    }

    private Stream<Result> failed(PlannedMetric metric, String reason) {
        return groups().map(group -> new Result(
                key(metric, metric.measure(), Slice.TOP_LINE, group),
                Estimate.undefined(0, Reason.NO_UNITS),
                new GroupSummary.Totals(Double.NaN, Double.NaN),
                summaries.bounds(planned.name(), metric.name()).numerator(),
                0,
                Optional.empty(),
                Double.NaN,
                experiment().analysis().alpha(),
                Optional.of(reason)));
    }
}
