package io.plumbline.summary;

import io.plumbline.metric.Winsorization;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.unittotal.UnitValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the bounds of all winsorized metrics of all experiments in one pass.
 *
 * <p>The bounds of a metric are quantiles of its unit values on the top line, pooled over the groups of the experiment, by
 * Spark's {@code approxQuantile}; they hold for the breakdowns too, so that a unit has one value wherever it is shown. A
 * bound at probability p is the observed value at rank ⌈p·n⌉ of the n units of the population, with a rank error of at
 * most {@code relativeError}·n. Values before exposure have bounds of their own, from the units that have any.
 */
final class Winsorizing {

    private record Limited(
            PlannedExperiment experiment,
            PlannedMetric metric,
            PlannedMeasure measure,
            PlannedSide side,
            String column) {
        Winsorization winsorization() {
            return side.value().winsorization().orElseThrow();
        }

        boolean isNumerator() {
            return side.equals(measure.numerator());
        }
    }

    private Winsorizing() {}

    /** Bounds by experiment and {@link MetricBounds#key}; only winsorized metrics are keys. */
    static Map<String, Map<String, MetricBounds>> bounds(
            UnitValues values, List<PlannedExperiment> experiments, double relativeError) {
        List<Limited> limited = limited(experiments);
        Map<String, Map<String, MetricBounds>> bounds = new HashMap<>();
        if (limited.isEmpty()) {
            return bounds;
        }
        double[] probabilities = probabilities(limited);
        double[][] quantiles = populations(values, limited)
                .stat()
                .approxQuantile(
                        limited.stream().map(Limited::column).toArray(String[]::new), probabilities, relativeError);
        for (int i = 0; i < quantiles.length; i++) {
            Limited side = limited.get(i);
            Bounds found = quantiles[i].length == 0 ? Bounds.NONE : found(side, probabilities, quantiles[i]);
            bounds.computeIfAbsent(side.experiment().name(), key -> new HashMap<>())
                    .merge(MetricBounds.key(side.metric(), side.measure()), of(side, found), Winsorizing::both);
        }
        return bounds;
    }

    private static List<Limited> limited(List<PlannedExperiment> experiments) {
        List<Limited> limited = new ArrayList<>();
        for (PlannedExperiment experiment : experiments) {
            for (PlannedMetric metric : experiment.metrics()) {
                add(experiment, metric, metric.measure(), limited);
            }
            experiment.metrics().stream()
                    .flatMap(metric -> experiment.covariates(metric).stream())
                    .distinct()
                    .forEach(metric ->
                            add(experiment, metric, metric.beforeExposure().orElseThrow(), limited));
        }
        return limited;
    }

    private static void add(
            PlannedExperiment experiment, PlannedMetric metric, PlannedMeasure measure, List<Limited> limited) {
        for (PlannedSide side : measure.sides()) {
            if (side.value().winsorization().isPresent()) {
                limited.add(new Limited(experiment, metric, measure, side, "q" + limited.size()));
            }
        }
    }

    private static double[] probabilities(List<Limited> limited) {
        return limited.stream()
                .map(Limited::winsorization)
                .flatMapToDouble(w -> DoubleStream.concat(w.lower().stream(), w.upper().stream()))
                .distinct()
                .sorted()
                .toArray();
    }

    private static Bounds found(Limited side, double[] probabilities, double[] quantiles) {
        Winsorization winsorization = side.winsorization();
        double lower = winsorization.lower().isPresent()
                ? quantiles[
                        Arrays.binarySearch(probabilities, winsorization.lower().getAsDouble())]
                : Bounds.NONE.lower();
        double upper = winsorization.upper().isPresent()
                ? quantiles[
                        Arrays.binarySearch(probabilities, winsorization.upper().getAsDouble())]
                : Bounds.NONE.upper();
        return new Bounds(lower, upper);
    }

    private static MetricBounds of(Limited side, Bounds found) {
        return side.isNumerator() ? new MetricBounds(found, Bounds.NONE) : new MetricBounds(Bounds.NONE, found);
    }

    private static MetricBounds both(MetricBounds numerator, MetricBounds denominator) {
        return new MetricBounds(numerator.numerator(), denominator.denominator());
    }

    /** One column per side: the values of the units from which its bounds are taken, null for all others, which approxQuantile skips. */
    private static Dataset<Row> populations(UnitValues values, List<Limited> limited) {
        List<PopulationKernel.Side> sides = limited.stream()
                .map(side -> new PopulationKernel.Side(
                        side.experiment().name(),
                        values.index().eligibility(side.metric(), side.measure()),
                        PairReader.of(side.metric(), side.measure(), values.index(), MetricBounds.NONE),
                        side.isNumerator(),
                        side.winsorization().population() == Winsorization.Population.NONZERO,
                        side.measure().denominator().isPresent()))
                .toList();
        StructType schema = new StructType();
        for (Limited side : limited) {
            schema = schema.add(side.column(), DataTypes.DoubleType);
        }
        return values.rows().mapPartitions(new PopulationKernel(sides, values), Encoders.row(schema));
    }
}
