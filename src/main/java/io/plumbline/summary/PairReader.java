package io.plumbline.summary;

import io.plumbline.metric.Logarithm;
import io.plumbline.metric.Winsorization;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ValueIndex;
import io.plumbline.unittotal.ValueReader;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the two sides of a measure are read from unit values, and what is done to them. Travels to the executors.
 *
 * @param measure number of the measure
 * @param ofNoData numerator and denominator of a unit without data; null if it has none
 * @param dropsZeroDenominators whether units with a zero denominator leave the metric
 * @param bounds winsorization bounds
 * @param limitsZeroNumerators whether zero numerators are members of the winsorized population
 * @param limitsZeroDenominators whether units with a zero on either side are members for the denominator's bounds
 * @param logarithmBase base of the logarithm that is taken of the numerator; 0 for none
 */
record PairReader(
        int measure,
        @Nullable Raw ofNoData,
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

    /** The values of a unit as they are read. */
    record Raw(double numerator, double denominator) implements Serializable {
        private static Raw ofNoData(PlannedMeasure measure) {
            return new Raw(
                    UnitValues.ofNoRows(measure.numerator().value()),
                    measure.denominator()
                            .map(side -> UnitValues.ofNoRows(side.value()))
                            .orElse(1.0));
        }
    }

    static PairReader of(PlannedMetric metric, PlannedMeasure measure, ValueIndex index, MetricBounds bounds) {
        return new PairReader(
                index.of(metric, measure),
                UnitValues.hasConstant(measure) ? Raw.ofNoData(measure) : null,
                measure.denominator().isPresent() && measure.isOfParticipants(),
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

    /** The values as they are of a unit that counts; null if it has none. */
    @Nullable
    Raw raw(ValueReader unit) {
        return unit.has(measure) ? new Raw(unit.numerator(measure), unit.denominator(measure)) : ofNoData;
    }

    /** The values of a unit that counts, after winsorization and logarithm; null if it takes no part. */
    @Nullable
    Pair read(ValueReader unit) {
        return unit.has(measure) ? pair(unit.numerator(measure), unit.denominator(measure)) : pairOfNoData();
    }

    /** The same of a unit without data. */
    @Nullable
    Pair pairOfNoData() {
        return ofNoData == null ? null : pair(ofNoData.numerator(), ofNoData.denominator());
    }

    private @Nullable Pair pair(double x, double y) {
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
