package io.plumbline.summary;

import io.plumbline.statistics.Moments;
import io.plumbline.statistics.MomentsAccumulator;

/** What the units of one group add up to, one unit at a time. */
final class UnitSums {

    private final MomentsAccumulator moments = new MomentsAccumulator();
    private final CompensatedSum x = new CompensatedSum();
    private final CompensatedSum y = new CompensatedSum();
    private long winsorizedUnits;

    /** Adds a unit with its values before winsorization and logarithm, unless it leaves the metric. */
    void add(Cell cell, double numerator, double denominator) {
        double limitedX = cell.limitedX(numerator, denominator);
        double limitedY = cell.limitedY(numerator, denominator);
        if (!cell.counts(limitedX)) {
            return;
        }
        double scaledX = cell.scaled(limitedX);
        if (limitedX != numerator || limitedY != denominator) {
            winsorizedUnits++;
        }
        moments.add(scaledX, limitedY);
        x.add(scaledX);
        y.add(limitedY);
    }

    Moments moments() {
        return moments.moments();
    }

    GroupSummary.Totals totals() {
        return new GroupSummary.Totals(x.value(), y.value());
    }

    long winsorizedUnits() {
        return winsorizedUnits;
    }
}
