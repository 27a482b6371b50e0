package io.plumbline.plan;

import io.plumbline.metric.BeforeExposure;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Span;
import java.util.OptionalDouble;

/**
 * A component over one span, for every exposed unit.
 *
 * @param component what is added up
 * @param span which rows count; which units do is the metric's business
 * @param kept what is kept of the days
 * @param cap what the value of one day is limited to before days are added; empty for no limit
 */
public record UnitTotal(PlannedComponent component, Span span, Rollup.Kept kept, OptionalDouble cap) {

    /** The same over the days before exposure. */
    UnitTotal beforeExposure() {
        return new UnitTotal(component, new BeforeExposure(), kept, cap);
    }

    /** Whether it is over the days before exposure. */
    public boolean isBeforeExposure() {
        return span instanceof BeforeExposure;
    }
}
