package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * One side of a metric, as one number per unit: components rolled up over a window, with its modifiers in their order.
 *
 * @param components what is kept per unit and day; one but for roll-ups that compare several
 * @param rollup how days become one value
 * @param window which rows and units count
 * @param threshold turns the value into 1 or 0
 * @param winsorization limits extreme values
 */
public record UnitValue(
        List<Component> components,
        Rollup rollup,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization) {

    public UnitValue {
        components = List.copyOf(components);
    }

    /** A value of one component, without modifiers. */
    public static UnitValue of(Component component, Rollup rollup, CohortWindow window) {
        return new UnitValue(List.of(component), rollup, window, Optional.empty(), Optional.empty());
    }

    /** The first component, by which the value is named and counted. */
    public Component component() {
        return components.get(0);
    }
}
