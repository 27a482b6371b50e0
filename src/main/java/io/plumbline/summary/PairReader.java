package io.plumbline.summary;

import io.plumbline.metric.Logarithm;
import io.plumbline.metric.Winsorization;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.unittotal.UnitValues;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How the two sides of a measure are read from a row of unit values, and what is done to them. Travels to the executors.
 *
 * @param numerator index of the numerator's column
 * @param denominator index of the denominator's column; −1 for the constant 1
 * @param dropsZeroDenominators whether units with a zero denominator leave the metric
 * @param bounds winsorization bounds
 * @param limitsZeroNumerators whether zero numerators are members of the winsorized population
 * @param limitsZeroDenominators whether units with a zero on either side are members for the denominator's bounds
 * @param logarithmBase base of the logarithm that is taken of the numerator; 0 for none
 */
record PairReader(
        int numerator,
        int denominator,
        boolean dropsZeroDenominators,
        MetricBounds bounds,
        boolean limitsZeroNumerators,
        boolean limitsZeroDenominators,
        double logarithmBase)
        implements Serializable {

    /**
     * The values of a unit that takes part.
     *
     * @param x numerator
     * @param y denominator; 1 where there is none
     * @param limited whether winsorization changed one of them
     */
    record Pair(double x, double y, boolean limited) {}

    static PairReader of(PlannedMetric metric, PlannedMeasure measure, StructType schema, MetricBounds bounds) {
        boolean hasDenominator = measure.denominator().isPresent();
        return new PairReader(
                schema.fieldIndex(UnitValues.numerator(metric, measure)),
                hasDenominator ? schema.fieldIndex(UnitValues.denominator(metric, measure)) : -1,
                hasDenominator && measure.isOfParticipants(),
                bounds,
                limitsZeros(measure.numerator()),
                measure.denominator().map(PairReader::limitsZeros).orElse(false),
                measure.numerator().value().log().map(Logarithm::base).orElse(0.0));
    }

    private static boolean limitsZeros(PlannedSide side) {
        return side.value()
                .winsorization()
                .map(w -> w.population() == Winsorization.Population.ALL)
                .orElse(false);
    }

    boolean hasDenominator() {
        return denominator >= 0;
    }

    /** Whether the row has a value, be it one with which the unit takes no part. */
    boolean isIn(Row row) {
        return !row.isNullAt(numerator);
    }

    /** The values after winsorization and logarithm; null if the unit takes no part. */
    @Nullable
    Pair read(Row row) {
        if (row.isNullAt(numerator)) {
            return null;
        }
        double x = row.getDouble(numerator);
        double y = hasDenominator() ? row.getDouble(denominator) : 1;
        if (dropsZeroDenominators && y == 0) {
            return null;
        }
        double limitedX =
                limitsZeroNumerators || (x != 0 && y != 0) ? bounds.numerator().clamp(x) : x;
        double limitedY = limitsZeroDenominators || (x != 0 && y != 0)
                ? bounds.denominator().clamp(y)
                : y;
        if (logarithmBase != 0 && !(limitedX > 0)) {
            return null;
        }
        double scaled = logarithmBase == 0 ? limitedX : logarithm(limitedX);
        return new Pair(scaled, limitedY, limitedX != x || limitedY != y);
    }

    /** Natural and decimal logarithms to the last bit, others as quotients of natural ones. */
    private double logarithm(double value) {
        if (logarithmBase == Math.E) {
            return Math.log(value);
        }
        return logarithmBase == 10 ? Math.log10(value) : Math.log(value) / Math.log(logarithmBase);
    }
}
