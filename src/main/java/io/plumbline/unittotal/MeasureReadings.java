package io.plumbline.unittotal;

import io.plumbline.experiment.View;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.FunnelRule;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Span;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedSide;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.States;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the measures of an index are read in a view: their totals, the spans of these and their funnels, each once. */
final class MeasureReadings {

    /** A span over the rows of a source that knows instants or days. */
    record InSpan(Span span, EventTime.Precision precision) {}

    /**
     * What a kernel needs to know of measures. Travels to the executors.
     *
     * @param measures by number
     * @param funnels by number
     */
    record Readings(List<MeasureReading> measures, List<FunnelReading> funnels) implements Serializable {
        Readings {
            measures = List.copyOf(measures);
            funnels = List.copyOf(funnels);
        }
    }

    private final ValueIndex index;
    private final ViewDays days;
    private final List<UnitTotal> totals;
    private final List<InSpan> spans;
    private final Map<String, FunnelReading> funnels = new LinkedHashMap<>();

    MeasureReadings(ValueIndex index, ViewDays days) {
        this.index = index;
        this.days = days;
        this.totals = index.measures().stream()
                .flatMap(measure -> measure.measure().totals().stream())
                .distinct()
                .toList();
        this.spans = totals.stream().map(MeasureReadings::inSpan).distinct().toList();
        for (UnitMeasure measure : index.measures()) {
            measure.funnel()
                    .ifPresent(part -> funnels.putIfAbsent(measure.metric().name(), funnel(measure, part)));
        }
    }

    /** The totals of all sides. */
    List<UnitTotal> totals() {
        return totals;
    }

    /** The spans of the totals. */
    List<InSpan> spans() {
        return spans;
    }

    boolean isByDay() {
        return days.view() == View.DAYS_SINCE_EXPOSURE;
    }

    /** How the totals are read, where states are those of some components. */
    List<TotalReading> ofTotals(List<PlannedComponent> components) {
        return totals.stream()
                .map(total -> new TotalReading(
                        TotalReading.kind(total),
                        total.component().component().aggregate(),
                        spans.indexOf(inSpan(total)),
                        total.isBeforeExposure(),
                        components.indexOf(total.component()),
                        States.parts(total.component().component().aggregate()).size(),
                        total.cap().orElse(Double.POSITIVE_INFINITY)))
                .toList();
    }

    /** How the measures are read. */
    Readings of() {
        return new Readings(index.measures().stream().map(this::reading).toList(), List.copyOf(funnels.values()));
    }

    private MeasureReading reading(UnitMeasure measure) {
        return new MeasureReading(
                index.eligibility(measure),
                measure.funnel()
                        .filter(part -> part.rule().start() == FunnelRule.Start.EXPOSURE)
                        .isPresent(),
                measure.funnel().isPresent(),
                measure.experiments(),
                measure.isBeforeExposure() ? Set.copyOf(measure.metric().dimensions()) : null,
                numbers(measure.measure().totals()),
                side(measure, measure.measure().numerator()),
                measure.measure().denominator().map(side -> side(measure, side)).orElse(null),
                measure.measure().measure().percentile().isPresent());
    }

    private SideReading side(UnitMeasure measure, PlannedSide side) {
        int funnel = List.copyOf(funnels.keySet()).indexOf(measure.metric().name());
        RolledUp rollup = RolledUp.of(
                side.value().rollup(),
                numbers(side.totals()),
                spans.indexOf(inSpan(side.total())),
                funnel,
                days.view());
        return new SideReading(rollup, side.value().threshold().orElse(null));
    }

    private FunnelReading funnel(UnitMeasure measure, Rollup.FunnelPart part) {
        PlannedSide side = measure.metric().measure().numerator();
        return new FunnelReading(
                numbers(side.totals()),
                FunnelLimits.of(part.rule()),
                side.total().component().precision());
    }

    private List<Integer> numbers(List<UnitTotal> some) {
        return some.stream().map(totals::indexOf).toList();
    }

    private static InSpan inSpan(UnitTotal total) {
        return new InSpan(total.span(), total.component().precision());
    }
}
