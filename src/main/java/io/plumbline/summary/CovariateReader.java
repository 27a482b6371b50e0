package io.plumbline.summary;

import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * How a covariate is read from a row of unit values, as one or two columns of a vector; a unit without data has 0 in them.
 * Travels to the executors.
 *
 * @param values its values before exposure
 * @param second what stands in the second column
 */
record CovariateReader(PairReader values, CovariateColumns.Second second) implements Serializable {

    /** The covariate that a metric is, with the bounds of its values before exposure. */
    static CovariateReader of(PlannedMetric metric, StructType schema, MetricBounds bounds) {
        PlannedMeasure before = metric.beforeExposure().orElseThrow();
        return new CovariateReader(PairReader.of(metric, before, schema, bounds), CovariateColumns.second(before));
    }

    /** Number of columns of some covariates. */
    static int columns(List<CovariateReader> covariates) {
        return covariates.stream()
                .mapToInt(covariate -> covariate.second().columns())
                .sum();
    }

    /** Writes the columns from an index on; whether the unit has data. */
    boolean read(Row row, double[] vector, int index) {
        PairReader.Pair pair = values.read(row);
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
