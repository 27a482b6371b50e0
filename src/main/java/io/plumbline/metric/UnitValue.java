package io.plumbline.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One side of a metric, as one number per unit: components rolled up over a window, with its modifiers in their order.
 *
 * @param components what is kept per unit and day; one but for roll-ups that compare several
 * @param rollup how days become one value
 * @param window which rows and units count
 * @param threshold turns the value into 1 or 0
 * @param winsorization limits extreme values
 * @param cap what the value of one local day is limited to before days are added; of a day that a window or the exposure
 *     cuts, the part that counts is limited
 * @param log takes the logarithm of positive values, after all else
 */
public record UnitValue(
        List<Component> components,
        Rollup rollup,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization,
        OptionalDouble cap,
        Optional<Logarithm> log) {

    public UnitValue {
        components = List.copyOf(components);
    }

    /** A value whose days are added as they are, without logarithm. */
    public UnitValue(
            List<Component> components,
            Rollup rollup,
            CohortWindow window,
            Optional<Threshold> threshold,
            Optional<Winsorization> winsorization) {
        this(components, rollup, window, threshold, winsorization, OptionalDouble.empty(), Optional.empty());
    }

    /** The same value with the value of each day limited. */
    public UnitValue capped(OptionalDouble limit) {
        return new UnitValue(components, rollup, window, threshold, winsorization, limit, log);
    }

    /** The logarithm of the same value. */
    public UnitValue logged(Optional<Logarithm> logarithm) {
        return new UnitValue(components, rollup, window, threshold, winsorization, cap, logarithm);
    }

    /** A value of one component, without modifiers. */
    public static UnitValue of(Component component, Rollup rollup, CohortWindow window) {
        return new UnitValue(List.of(component), rollup, window, Optional.empty(), Optional.empty());
    }

    /** The first component, by which the value is named and counted. */
    public Component component() {
        return components.get(0);
    }

    /**
     * Whether it is a plain sum over all rows from exposure on. Values of units then add up to part of what the catalog has for
     * the same days; with a window, a limit or a threshold they do not, nor do numbers of different things, such as units
     * that were active on some day.
     */
    public boolean isSumOfRows() {
        return rollup == Rollup.Plain.TOTAL
                && components.stream()
                        .allMatch(component -> component.aggregate().isAdditive())
                && window.equals(CohortWindow.ALL)
                && threshold.isEmpty()
                && winsorization.isEmpty()
                && cap.isEmpty()
                && log.isEmpty();
    }
}
