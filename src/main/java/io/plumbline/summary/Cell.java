package io.plumbline.summary;

import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.unittotal.ValueIndex;
import io.plumbline.unittotal.ValueReader;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one metric of one experiment is read from unit values. Travels to the executors.
 *
 * @param metric the metric's name
 * @param step the number of the step, 0 for the metric's own number
 * @param dimensions source columns by which the metric is broken down
 * @param eligibility number of what decides which units count
 * @param value its values since exposure
 * @param covered whether outcomes are also added up together with covariates
 * @param covariates values before exposure, the metric's own first; none where the covariates are properties alone
 */
record Cell(
        String metric,
        int step,
        List<String> dimensions,
        int eligibility,
        PairReader value,
        boolean covered,
        List<CovariateReader> covariates)
        implements Serializable {

    private static final PairReader.Pair NOTHING = new PairReader.Pair(0, 0, false);

    /** What a unit that counts adds. */
    static final class Outcome {

        private final PairReader.@Nullable Pair pair;
        private final double @Nullable [] vector;
        private final boolean anyData;

        /**
         * An outcome.
         *
         * @param pair null if the unit takes no part
         * @param vector the pair and the covariates; null where there are none
         * @param anyData whether any covariate is known
         */
        private Outcome(PairReader.@Nullable Pair pair, double @Nullable [] vector, boolean anyData) {
            this.pair = pair;
            this.vector = vector;
            this.anyData = anyData;
        }

        void addTo(UnitSums sums) {
            if (pair != null) {
                sums.add(pair);
            }
            if (vector != null) {
                sums.addCovariates(vector, anyData ? 1 : 0);
            }
        }

        void addTo(UnitSums sums, long units) {
            if (pair != null) {
                sums.addRepeated(pair, units);
            }
            if (vector != null) {
                sums.addCovariatesRepeated(vector, units);
            }
        }
    }

    /** The cells of an experiment's metrics and their steps; bounds by {@link MetricBounds#key}. */
    static List<Cell> of(PlannedExperiment experiment, ValueIndex index, Map<String, MetricBounds> bounds) {
        return experiment.metrics().stream()
                .flatMap(metric ->
                        metric.measures().stream().map(measure -> of(experiment, metric, measure, index, bounds)))
                .toList();
    }

    private static Cell of(
            PlannedExperiment experiment,
            PlannedMetric metric,
            PlannedMeasure measure,
            ValueIndex index,
            Map<String, MetricBounds> bounds) {
        List<CovariateReader> covariates = experiment.covariates(metric).stream()
                .map(covariate -> CovariateReader.of(
                        covariate,
                        index,
                        MetricBounds.of(
                                bounds, covariate, covariate.beforeExposure().orElseThrow())))
                .toList();
        return new Cell(
                metric.name(),
                measure.measure().stepIndex(),
                List.copyOf(experiment.columnDimensions(metric)),
                index.eligibility(metric, measure),
                PairReader.of(metric, measure, index, MetricBounds.of(bounds, metric, measure)),
                experiment.isAdjusted(metric),
                covariates);
    }

    /** Nothing added up yet. */
    UnitSums none() {
        return new UnitSums(columns());
    }

    private int columns() {
        return covered ? CovariateColumns.FIRST + CovariateReader.columns(covariates) : 0;
    }

    /** The numbers of the measures that it reads. */
    IntStream measures() {
        return IntStream.concat(
                IntStream.of(value.measure()),
                covariates.stream().mapToInt(covariate -> covariate.values().measure()));
    }

    /**
     * What a unit that counts adds. To the co-moments it is added also if it takes no part, as 0 of 0: the means of covariates
     * are then over all units that count in every group, whether or not the treatment moved them to take part.
     */
    Outcome of(ValueReader unit) {
        PairReader.Pair pair = value.read(unit);
        if (!covered) {
            return new Outcome(pair, null, false);
        }
        double[] vector = vector(pair);
        boolean anyData = false;
        int index = CovariateColumns.FIRST;
        for (CovariateReader covariate : covariates) {
            anyData |= covariate.read(unit, vector, index);
            index += covariate.second().columns();
        }
        return new Outcome(pair, vector, anyData);
    }

    /** What a unit that counts adds if it has no data, since exposure or before. */
    Outcome ofNoData() {
        PairReader.Pair pair = value.pairOfNoData();
        return new Outcome(pair, covered ? vector(pair) : null, false);
    }

    private double[] vector(PairReader.@Nullable Pair pair) {
        PairReader.Pair outcome = pair == null ? NOTHING : pair;
        double[] vector = new double[columns()];
        vector[0] = outcome.x();
        vector[1] = outcome.y();
        return vector;
    }
}
