package io.plumbline.metric;

import java.util.Optional;

/**
 * Σ numerator ÷ Σ denominator of any two unit values, also of two sources.
 *
 * @param about name, direction, breakdowns
 * @param numerator the upper side
 * @param lower the lower side
 * @param denominatorPolicy what happens to numerators of units without denominator
 */
public record RatioMetric(MetricInfo about, UnitValue numerator, UnitValue lower, DenominatorPolicy denominatorPolicy)
        implements Metric {

    @Override
    public Optional<UnitValue> denominator() {
        return Optional.of(lower);
    }

    @Override
    public String type() {
        return "ratio";
    }
}
