package io.plumbline.unittotal;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Rollup;
import io.plumbline.plan.UnitTotal;
import java.io.Serializable;

/**
 * How a total is read from rows of unit-days. Travels to the executors.
 *
 * @param kind what becomes of the days
 * @param aggregate of the component
 * @param span number of its span among those of all totals
 * @param beforeExposure whether its days are counted from the first day of covariates, and not from exposure
 * @param component index of the component
 * @param inputs how many parts its state has
 * @param cap what a day is limited to
 */
record TotalReading(
        Kind kind, Aggregate aggregate, int span, boolean beforeExposure, int component, int inputs, double cap)
        implements Serializable {

    /** What becomes of the days. */
    enum Kind {
        /** States are merged. */
        MERGED,
        /** Days with rows are remembered: {@link ActiveDays}. */
        DAYS,
        /** Days are limited and added up: {@link CappedDays}. */
        CAPPED
    }

    static Kind kind(UnitTotal total) {
        if (total.cap().isPresent()) {
            return Kind.CAPPED;
        }
        return total.kept() == Rollup.Kept.DAYS ? Kind.DAYS : Kind.MERGED;
    }

    /** A new total of one unit. */
    UnitSum sum() {
        return switch (kind) {
            case MERGED -> new UnitSum.Merged(aggregate, inputs);
            case DAYS -> new ActiveDays();
            case CAPPED -> new CappedDays(inputs, cap);
        };
    }
}
