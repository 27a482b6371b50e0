package io.plumbline.metric;

import java.util.List;

/**
 * Σ numerator ÷ Σ denominator of any two unit values, also of two sources.
 *
 * @param about name, direction, breakdowns
 * @param numerator the upper side
 * @param denominator the lower side
 * @param population whether units without denominator count
 */
public record RatioMetric(MetricInfo about, UnitValue numerator, UnitValue denominator, Population population)
        implements Metric {

    @Override
    public List<Measure> measures() {
        return List.of(Measure.ratio(numerator, denominator, population));
    }

    @Override
    public String type() {
        return "ratio";
    }
}
