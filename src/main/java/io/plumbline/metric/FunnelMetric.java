package io.plumbline.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many units that start a sequence of steps complete it.
 *
 * <p>Measures: first the whole funnel (completed the last step ÷ started, or ÷ all exposed units with {@link
 * FunnelRule.Start#EXPOSURE}); then one for each step (completed steps 1 to k ÷ completed steps 1 to k − 1, the first
 * step ÷ those who started, that is 1, or ÷ all exposed units); last, as step n + 1 named {@value #SECONDS_TO_CONVERT},
 * the average time from the start to the completion of the last step, over units (sessions) that completed it.
 *
 * @param about name, direction, breakdowns
 * @param steps in their order
 * @param rule when a unit has completed them
 * @param rows the cohort window in which rows count, {@link CohortWindow#ALL} for all since exposure
 */
public record FunnelMetric(MetricInfo about, List<Step> steps, FunnelRule rule, CohortWindow rows) implements Metric {

    /** The name of the measure that follows the last step. */
    public static final String SECONDS_TO_CONVERT = "seconds_to_convert";

    /** A condition that no row keeps, in place of the steps of other sources. */
    private static final List<Filter> NEVER = List.of(new Filter.Sql("false"));

    /**
     * A step.
     *
     * @param name unique within the funnel
     * @param rows source and filters of the rows that qualify
     */
    public record Step(String name, Selection rows) {}

    public FunnelMetric {
        steps = List.copyOf(steps);
        if (steps.size() != rule.steps()) {
            throw new IllegalArgumentException(steps.size() + " steps, but a rule for " + rule.steps());
        }
    }

    @Override
    public List<Measure> measures() {
        int last = steps.size();
        List<Measure> measures = new ArrayList<>();
        measures.add(measure(Optional.empty(), last, 0));
        for (int step = 1; step <= last; step++) {
            Measure.Step named = new Measure.Step(step, steps.get(step - 1).name());
            measures.add(measure(Optional.of(named), step, step - 1));
        }
        measures.add(new Measure(
                Optional.of(new Measure.Step(last + 1, SECONDS_TO_CONVERT)),
                part(last + 1),
                Optional.of(part(last)),
                Population.PARTICIPATING));
        return List.copyOf(measures);
    }

    /** Completed one step ÷ completed another; step 0 is the start. */
    private Measure measure(Optional<Measure.Step> named, int upper, int lower) {
        if (rule.start() == FunnelRule.Start.FIRST_STEP) {
            return new Measure(named, part(upper), Optional.of(part(Math.max(lower, 1))), Population.KNOWN);
        }
        return new Measure(
                named, part(upper), lower == 0 ? Optional.empty() : Optional.of(part(lower)), Population.ALL_UNITS);
    }

    private UnitValue part(int index) {
        return new UnitValue(
                stepComponents(), new Rollup.FunnelPart(rule, index), rows, Optional.empty(), Optional.empty());
    }

    /** One component per source, in the order of the steps; each tests the steps of its source on every row. */
    private List<Component> stepComponents() {
        return steps.stream()
                .map(step -> step.rows().source())
                .distinct()
                .map(this::component)
                .toList();
    }

    private Component component(String source) {
        List<List<Filter>> conditions = steps.stream()
                .map(step -> step.rows().source().equals(source) ? step.rows().filters() : NEVER)
                .toList();
        return new Component(
                new Selection(source, anyStep(source)),
                rule.needsFirstStartOnly() ? Aggregate.FIRST_STEPS : Aggregate.STEPS,
                rule.session(),
                conditions);
    }

    /** What every row of some step passes, as far as one filter can say so; it may be pushed into the scan. */
    private List<Filter> anyStep(String source) {
        List<List<Filter>> filters = steps.stream()
                .filter(step -> step.rows().source().equals(source))
                .map(step -> step.rows().filters())
                .toList();
        if (filters.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        List<Filter> firsts =
                filters.stream().map(each -> each.get(0)).distinct().toList();
        return equalities(firsts)
                .map(values -> (Filter) new Filter.Comparison(column(firsts.get(0)), FilterOp.IN, values))
                .or(() -> Optional.of(firsts.size() == 1 ? firsts.get(0) : new Filter.AnyOf(firsts)))
                .stream()
                .toList();
    }

    /** The values of equalities of one column, nearly always the names of events; empty for any other filters. */
    private static Optional<List<Object>> equalities(List<Filter> filters) {
        boolean alike = filters.stream()
                .allMatch(filter -> filter instanceof Filter.Comparison comparison
                        && comparison.op() == FilterOp.EQ
                        && comparison.column().equals(column(filters.get(0))));
        return alike
                ? Optional.of(filters.stream()
                        .flatMap(filter -> ((Filter.Comparison) filter).values().stream())
                        .distinct()
                        .toList())
                : Optional.empty();
    }

    private static String column(Filter filter) {
        return filter instanceof Filter.Comparison comparison ? comparison.column() : "";
    }

    /** The rows of step 1: the catalog series counts them, and the units that have any. */
    @Override
    public Selection catalogRows() {
        return steps.get(0).rows();
    }

    /**
     * How many days after a day still change its catalog value: those in which the window of an attempt that begins on
     * the day may lie, one more than its length for days on which clocks change. Without a window the catalog
     * takes the rows of the day alone, and it is 0.
     */
    public int catalogReachDays() {
        return rule.window()
                .map(window -> Math.toIntExact(window.plusHours(23).toDays() + 1))
                .orElse(0);
    }

    @Override
    public String type() {
        return "funnel";
    }
}
