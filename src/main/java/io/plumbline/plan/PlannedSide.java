package io.plumbline.plan;

import io.plumbline.metric.UnitValue;
import java.util.List;

/**
 * The numerator or the denominator of a metric.
 *
 * @param value what it is
 * @param totals the totals that it is made of, one per component of the value
 */
public record PlannedSide(UnitValue value, List<UnitTotal> totals) {
    public PlannedSide {
        totals = List.copyOf(totals);
    }

    /** The same value over the days before exposure. */
    PlannedSide beforeExposure() {
        return new PlannedSide(
                value, totals.stream().map(UnitTotal::beforeExposure).toList());
    }

    /** The total of the first component. */
    public UnitTotal total() {
        return totals.get(0);
    }
}
