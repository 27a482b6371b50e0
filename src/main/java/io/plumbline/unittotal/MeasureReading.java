package io.plumbline.unittotal;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a measure are made of a unit's totals. Travels to the executors.
 *
 * @param eligibility number of what decides whether the unit counts; −1 for values before exposure, of which that is for
 *     the metrics to say whose covariates they are
 * @param everyUnit whether units without any row may have a value of their own: in funnels that start with the exposure
 * @param funnel whether it is a part of a funnel, of which units with rows may have no value
 * @param experiments names of those that show the metric
 * @param dimensions source columns under whose values it is read; null for any
 * @param totals numbers of the totals of its sides
 * @param numerator upper side
 * @param denominator lower side; null for the constant 1
 * @param percentile whether the unit's rows are needed one by one
 */
record MeasureReading(
        int eligibility,
        boolean everyUnit,
        boolean funnel,
        Set<String> experiments,
        @Nullable Set<String> dimensions,
        List<Integer> totals,
        SideReading numerator,
        @Nullable SideReading denominator,
        boolean percentile)
        implements Serializable {

    boolean isUnder(@Nullable String dimension) {
        return dimension == null || dimensions == null || dimensions.contains(dimension);
    }
}
