package io.plumbline.unittotal;

import io.plumbline.metric.Threshold;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How one side of a measure is made of a unit's totals. Travels to the executors.
 *
 * @param rollup how the totals become a number
 * @param threshold what makes 1 or 0 of it; null for none
 */
record SideReading(RolledUp rollup, @Nullable Threshold threshold) implements Serializable {

    /** The value; NaN where there is none, which only funnels have not. */
    double of(PartSums sums) {
        double value = rollup.of(sums);
        if (threshold == null || Double.isNaN(value)) {
            return value;
        }
        return threshold.passes(value) ? 1 : 0;
    }
}
