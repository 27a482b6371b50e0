package io.plumbline.summary;

import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.unittotal.UnitValues;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * How one metric of one experiment is read from a row of unit values. Travels to the executors.
 *
 * @param metric the metric's name
 * @param step the number of the step, 0 for the metric's own number
 * @param dimensions source columns by which the metric is broken down
 * @param value its values since exposure
 * @param counted index of the column that says whether a unit without a value counts; −1 where every unit that counts has one
 * @param covered whether outcomes are also added up together with covariates
 * @param covariates values before exposure, the metric's own first; none where the covariates are properties alone
 */
record Cell(
        String metric,
        int step,
        List<String> dimensions,
        PairReader value,
        int counted,
        boolean covered,
        List<CovariateReader> covariates)
        implements Serializable {

    /** The cells of an experiment's metrics and their steps; bounds by {@link MetricBounds#key}. */
    static List<Cell> of(PlannedExperiment experiment, StructType schema, Map<String, MetricBounds> bounds) {
        return experiment.metrics().stream()
                .flatMap(metric ->
                        metric.measures().stream().map(measure -> of(experiment, metric, measure, schema, bounds)))
                .toList();
    }

    private static Cell of(
            PlannedExperiment experiment,
            PlannedMetric metric,
            PlannedMeasure measure,
            StructType schema,
            Map<String, MetricBounds> bounds) {
        List<CovariateReader> covariates = experiment.covariates(metric).stream()
                .map(covariate -> CovariateReader.of(
                        covariate,
                        schema,
                        MetricBounds.of(
                                bounds, covariate, covariate.beforeExposure().orElseThrow())))
                .toList();
        boolean covered = experiment.isAdjusted(metric);
        boolean mayLackValue = measure.needsValue() && covered;
        return new Cell(
                metric.name(),
                measure.measure().stepIndex(),
                List.copyOf(experiment.columnDimensions(metric)),
                PairReader.of(metric, measure, schema, MetricBounds.of(bounds, metric, measure)),
                mayLackValue ? schema.fieldIndex(UnitValues.counted(metric, measure)) : -1,
                covered,
                covariates);
    }

    /** Nothing added up yet. */
    UnitSums none() {
        return new UnitSums(!covered ? 0 : CovariateColumns.FIRST + CovariateReader.columns(covariates));
    }

    /**
     * Adds the unit of a row, if it counts for the metric. To the co-moments it is added also if it counts but takes no part,
     * as 0 of 0: the means of covariates are then over all units that count in every group, whether or not the treatment
     * moved them to take part.
     */
    void add(Row row, UnitSums sums) {
        PairReader.Pair pair = value.read(row);
        if (pair != null) {
            sums.add(pair);
        }
        if (covered && (value.isIn(row) || (counted >= 0 && row.getBoolean(counted)))) {
            addCovariates(row, pair == null ? new PairReader.Pair(0, 0, false) : pair, sums);
        }
    }

    private void addCovariates(Row row, PairReader.Pair outcome, UnitSums sums) {
        double[] vector = sums.vector();
        vector[0] = outcome.x();
        vector[1] = outcome.y();
        boolean anyData = false;
        int index = CovariateColumns.FIRST;
        for (CovariateReader covariate : covariates) {
            anyData |= covariate.read(row, vector, index);
            index += covariate.second().columns();
        }
        sums.addCovariates(vector, anyData ? 1 : 0);
    }
}
