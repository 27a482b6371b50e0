package io.plumbline.analysis;

import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.View;
import io.plumbline.metric.DesiredChange;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.AdjustedEstimate;
import io.plumbline.statistics.Cuped;
import io.plumbline.statistics.Estimate;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.Moments;
import io.plumbline.statistics.Reason;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.PercentileSummary;
import io.plumbline.summary.Slice;
import io.plumbline.summary.Summaries;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns the summaries of an experiment into results: one for every metric, breakdown value and group, the control first.
 * Groups without units, and metrics that could not be computed, have results too, with the reason.
 */
public final class Results {

    /** How percentiles are compared: their standard errors come from ranks, not from deviations of n units. */
    private static final double ALWAYS_NORMAL = 0;

    private record Cell(String metric, int step, Slice slice, String group) {}

    /** A result in the making. */
    private record Row(
            ResultKey key,
            DesiredChange desired,
            Optional<GroupSummary> summary,
            AdjustedEstimate estimate,
            AdjustedEstimate control,
            Optional<Cuped> cuped,
            double normalFrom) {}

    private final PlannedExperiment planned;
    private final PlannedExperiment computed;
    private final View view;
    private final OptionalInt dayIndex;
    private final Summaries summaries;
    private final Map<Cell, GroupSummary> cells;
    private final Map<Cell, PercentileSummary> percentiles;

    private Results(
            PlannedExperiment planned, View view, OptionalInt dayIndex, Summaries summaries, Set<String> failed) {
        this.planned = planned;
        this.computed = planned.with(planned.metrics().stream()
                .filter(metric -> !failed.contains(metric.name()))
                .toList());
        this.view = view;
        this.dayIndex = dayIndex;
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
     * @param dayIndex number of days since exposure; empty but in the view of these
     * @param failed metric → why it could not be computed
     */
    public static List<Result> of(
            PlannedExperiment planned,
            View view,
            OptionalInt dayIndex,
            Summaries summaries,
            Map<String, String> failed) {
        Results results = new Results(planned, view, dayIndex, summaries, failed.keySet());
        return results.of(failed);
    }

    private List<Result> of(Map<String, String> failed) {
        List<Row> rows = planned.metrics().stream()
                .filter(metric -> !failed.containsKey(metric.name()))
                .flatMap(metric -> metric.measures().stream().flatMap(measure -> rows(metric, measure)))
                .toList();
        List<Comparisons.Pair> pairs =
                rows.stream().flatMap(row -> pair(row).stream()).toList();
        Map<ResultKey, Inferred> inferred = Comparisons.of(experiment(), pairs, days());
        Map<String, List<Row>> byMetric =
                rows.stream().collect(Collectors.groupingBy(row -> row.key().metric()));
        return planned.metrics().stream()
                .flatMap(metric -> failed.containsKey(metric.name())
                        ? failed(metric, Objects.requireNonNull(failed.get(metric.name())))
                        : byMetric.getOrDefault(metric.name(), List.of()).stream()
                                .map(row -> result(row, Optional.ofNullable(inferred.get(row.key())))))
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

    private Stream<Row> rows(PlannedMetric metric, PlannedMeasure measure) {
        boolean percentile = measure.measure().percentile().isPresent();
        double normalFrom = percentile ? ALWAYS_NORMAL : Inference.STANDARD.normalFrom();
        DesiredChange desired = metric.metric().about().desiredChange();
        List<Group> groups = groups().toList();
        List<Slice> slices = slices(metric, measure).toList();
        Adjustments adjustments = new Adjustments(
                computed, groups, metric, slices, (slice, group) -> cell(metric, measure, slice, group));
        return slices.stream().flatMap(slice -> {
            Optional<Cuped> cuped = adjustments.of(slice);
            List<AdjustedEstimate> estimates = IntStream.range(0, groups.size())
                    .mapToObj(i -> estimate(
                            cuped.filter(Cuped::applied)
                                    .map(found -> found.groups().get(i)),
                            measure,
                            cell(metric, measure, slice, groups.get(i))))
                    .toList();
            return IntStream.range(0, groups.size())
                    .mapToObj(i -> new Row(
                            key(metric, measure, slice, groups.get(i)),
                            desired,
                            cell(metric, measure, slice, groups.get(i)),
                            estimates.get(i),
                            estimates.get(groups.indexOf(experiment().control())),
                            cuped,
                            normalFrom));
        });
    }

    private static Optional<Comparisons.Pair> pair(Row row) {
        double treated = row.normalFrom() == ALWAYS_NORMAL
                ? Double.NaN
                : row.summary().map(summary -> summary.totals().denominator()).orElse(0.0);
        return row.key().isControl()
                ? Optional.empty()
                : Optional.of(new Comparisons.Pair(
                        row.key(), row.desired(), row.control(), row.estimate(), treated, row.normalFrom()));
    }

    /** Days over which values were gathered, from the first on which units may be exposed. */
    private double days() {
        return view == View.DAILY
                ? 1
                : ChronoUnit.DAYS.between(experiment().period().start(), planned.lastDay()) + 1;
    }

    private Optional<GroupSummary> cell(PlannedMetric metric, PlannedMeasure measure, Slice slice, Group group) {
        return Optional.ofNullable(
                cells.get(new Cell(metric.name(), measure.measure().stepIndex(), slice, group.name())));
    }

    private Result result(Row row, Optional<Inferred> inferred) {
        Optional<GroupSummary> summary = row.summary();
        Optional<Reason> reason = inferred.map(Inferred::comparison)
                .flatMap(c -> c.absolute().reason().or(() -> c.relative().reason()))
                .or(() -> row.estimate().adjusted().reason());
        return new Result(
                row.key(),
                row.estimate(),
                summary.map(GroupSummary::totals).orElse(new GroupSummary.Totals(0, 0)),
                summaries.bounds(planned.name(), row.key().metric()).numerator(),
                summary.map(GroupSummary::winsorizedUnits).orElse(0L),
                inferred,
                row.control().unadjusted().mean(),
                experiment().analysis().alpha(),
                row.cuped(),
                reason.map(Reason::code));
    }

    private AdjustedEstimate estimate(
            Optional<AdjustedEstimate> adjusted, PlannedMeasure measure, Optional<GroupSummary> summary) {
        return Adjustments.estimate(adjusted, estimate(measure, summary));
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

    private ResultKey key(PlannedMetric metric, PlannedMeasure measure, Slice slice, Group group) {
        return new ResultKey(
                planned.name(),
                metric.name(),
                metric.hash(),
                Objects.requireNonNull(experiment().metrics().get(metric.name())),
                view,
                dayIndex,
                measure.measure().step(),
                slice,
                group);
    }

    private Stream<Result> failed(PlannedMetric metric, String reason) {
        return groups().map(group -> new Result(
                key(metric, metric.measure(), Slice.TOP_LINE, group),
                AdjustedEstimate.unadjusted(Estimate.undefined(0, Reason.NO_UNITS)),
                new GroupSummary.Totals(Double.NaN, Double.NaN),
                summaries.bounds(planned.name(), metric.name()).numerator(),
                0,
                Optional.empty(),
                Double.NaN,
                experiment().analysis().alpha(),
                Optional.empty(),
                Optional.of(reason)));
    }
}
