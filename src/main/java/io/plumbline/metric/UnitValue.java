package io.plumbline.metric;

import java.util.Optional;

/**
 * One side of a metric, as one number per unit: a component rolled up over a window, with its modifiers in their order.
 *
 * @param component what is added up per unit and day
 * @param rollup how days become one value
 * @param window which rows and units count
 * @param threshold turns the value into 1 or 0
 * @param winsorization limits extreme values
 */
public record UnitValue(
        Component component,
        Rollup rollup,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization) {

    /** A value without modifiers. */
    public static UnitValue of(Component component, Rollup rollup, CohortWindow window) {
        return new UnitValue(component, rollup, window, Optional.empty(), Optional.empty());
    }
}
