package io.plumbline.summary;

import io.plumbline.metric.Logarithm;
import io.plumbline.metric.Winsorization;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.unittotal.UnitValues;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * How one metric of one experiment is read from a row of unit values. Travels to the executors.
 *
 * @param metric the metric's name
 * @param step the number of the step, 0 for the metric's own number
 * @param numerator index of the numerator's column
 * @param denominator index of the denominator's column; −1 for the constant 1
 * @param dropsZeroDenominators whether units with a zero denominator leave the metric
 * @param dimensions source columns by which the metric is broken down
 * @param bounds winsorization bounds
 * @param limitsZeroNumerators whether zero numerators are members of the winsorized population
 * @param limitsZeroDenominators whether units with a zero on either side are members for the denominator's bounds
 * @param logarithmBase base of the logarithm that is taken of the numerator; 0 for none
 */
record Cell(
        String metric,
        int step,
        int numerator,
        int denominator,
        boolean dropsZeroDenominators,
        List<String> dimensions,
        MetricBounds bounds,
        boolean limitsZeroNumerators,
        boolean limitsZeroDenominators,
        double logarithmBase)
        implements Serializable {

    static Cell of(
            PlannedMetric metric,
            PlannedMeasure measure,
            List<String> dimensions,
            StructType schema,
            MetricBounds bounds) {
        boolean hasDenominator = measure.denominator().isPresent();
        return new Cell(
                metric.name(),
                measure.measure().stepIndex(),
                schema.fieldIndex(UnitValues.numerator(metric, measure)),
                hasDenominator ? schema.fieldIndex(UnitValues.denominator(metric, measure)) : -1,
                hasDenominator && measure.isOfParticipants(),
                List.copyOf(dimensions),
                bounds,
                limitsZeros(measure.numerator()),
                measure.denominator().map(Cell::limitsZeros).orElse(false),
                measure.numerator().value().log().map(Logarithm::base).orElse(0.0));
    }

    private static boolean limitsZeros(PlannedSide side) {
        return side.value()
                .winsorization()
                .map(w -> w.population() == Winsorization.Population.ALL)
                .orElse(false);
    }

    /** Adds the unit of a row, if it counts for the metric. */
    void add(Row row, UnitSums sums) {
        if (row.isNullAt(numerator)) {
            return;
        }
        double x = row.getDouble(numerator);
        double y = denominator < 0 ? 1 : row.getDouble(denominator);
        if (!(dropsZeroDenominators && y == 0)) {
            sums.add(this, x, y);
        }
    }

    /** The numerator after winsorization. */
    double limitedX(double x, double y) {
        return limitsZeroNumerators || (x != 0 && y != 0) ? bounds.numerator().clamp(x) : x;
    }

    /** Whether a value after winsorization counts: all do but those that have no logarithm. */
    boolean counts(double limited) {
        return logarithmBase == 0 || limited > 0;
    }

    /** The value that is added up: the logarithm where the metric takes one. */
    double scaled(double limited) {
        return logarithmBase == 0 ? limited : logarithm(limited);
    }

    /** Natural and decimal logarithms to the last bit, others as quotients of natural ones. */
    private double logarithm(double value) {
        if (logarithmBase == Math.E) {
            return Math.log(value);
        }
        return logarithmBase == 10 ? Math.log10(value) : Math.log(value) / Math.log(logarithmBase);
    }

    /** The denominator after winsorization. */
    double limitedY(double x, double y) {
        return limitsZeroDenominators || (x != 0 && y != 0)
                ? bounds.denominator().clamp(y)
                : y;
    }
}
