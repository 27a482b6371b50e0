package io.plumbline.definition;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.OneValueMetric;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Selection;
import io.plumbline.metric.UnitCountMetric;
import io.plumbline.metric.UnitValue;
import java.util.List;
import java.util.Optional;

/** Reads one side of a ratio. The ratio's own cohort window is the default of both sides. */
final class RatioSideReader {

    private final OptionReader options;
    private final FilterReader filters;
    private final UnitCountRule unitCounts;

    RatioSideReader(OptionReader options, FilterReader filters, UnitCountRule unitCounts) {
        this.options = options;
        this.filters = filters;
        this.unitCounts = unitCounts;
    }

    /** The side; empty, with a problem reported, when its options contradict each other. */
    Optional<UnitValue> read(Fields side, Optional<CohortWindow> ratioWindow) {
        Optional<CohortWindow> window = options.window(side, ratioWindow);
        Selection rows = new Selection(side.text("source"), filters.filters(side, "filters"));
        return switch (side.text("type")) {
            case "count" -> Optional.of(total(side, Component.rows(rows), window));
            case "sum" -> Optional.of(total(side, Component.sum(rows, side.text("value")), window));
            case "count_distinct" ->
                Optional.of(total(
                        side, valued(side, rows, OptionReader.counting(side).aggregate()), window));
            case "min", "max", "first_value", "latest_value" ->
                Optional.of(total(
                        side,
                        valued(
                                side,
                                rows,
                                OneValueMetric.Pick.of(side.text("type")).aggregate()),
                        window));
            default -> unitCount(side, rows, window);
        };
    }

    private static Component valued(Fields side, Selection rows, Aggregate aggregate) {
        return Component.of(rows, aggregate, side.text("value"));
    }

    private UnitValue total(Fields side, Component component, Optional<CohortWindow> window) {
        return new UnitValue(
                        List.of(component),
                        Rollup.Plain.TOTAL,
                        window.orElse(CohortWindow.ALL),
                        Optional.empty(),
                        options.winsorization(side))
                .capped(side.number("cap"));
    }

    private Optional<UnitValue> unitCount(Fields side, Selection rows, Optional<CohortWindow> window) {
        UnitCountMetric.Mode mode = UnitCountRule.mode(side);
        return unitCounts
                .window(side, mode, window)
                .map(checked -> UnitValue.of(mode.component(rows), mode.rollup(), checked));
    }
}
