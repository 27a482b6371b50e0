package io.plumbline.summary;

import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.unittotal.ValueIndex;
import io.plumbline.unittotal.ValueReader;
import java.io.Serializable;
import java.util.List;

/**
 * How a covariate is read from unit values, as one or two columns of a vector; a unit without data has 0 in them.
 * Travels to the executors.
 *
 * @param values its values before exposure
 * @param second what stands in the second column
 */
record CovariateReader(PairReader values, CovariateColumns.Second second) implements Serializable {

    /** The covariate that a metric is, with the bounds of its values before exposure. */
    static CovariateReader of(PlannedMetric metric, ValueIndex index, MetricBounds bounds) {
        PlannedMeasure before = metric.beforeExposure().orElseThrow();
        return new CovariateReader(PairReader.of(metric, before, index, bounds), CovariateColumns.second(before));
    }

    /** Number of columns of some covariates. */
    static int columns(List<CovariateReader> covariates) {
        return covariates.stream()
                .mapToInt(covariate -> covariate.second().columns())
                .sum();
    }

    /** Writes the columns from an index on; whether the unit has data. */
    boolean read(ValueReader unit, double[] vector, int index) {
        PairReader.Pair pair = values.read(unit);
        if (pair == null) {
            return false;
        }
        vector[index] = pair.x();
        if (second.columns() > 1) {
            vector[index + 1] = pair.y();
        }
        return true;
    }
}
