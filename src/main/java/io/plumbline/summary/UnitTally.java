package io.plumbline.summary;

import io.plumbline.metric.Aggregate;
import io.plumbline.unitday.ExactSum;
import io.plumbline.unitday.StateFold;
import org.jspecify.annotations.Nullable;

/**
 * The states that units have of a component on a day, over all units: their number, the sum of the numbers they stand for,
 * and their extremes. Sets of values are not united: the pairs of unit and value are what counts.
 */
final class UnitTally {

    private long units;
    private double high;
    private double low;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /** A tally as it was written. */
    static UnitTally of(long units, double high, double low, double least, double greatest) {
        UnitTally tally = new UnitTally();
        tally.units = units;
        tally.high = high;
        tally.low = low;
        tally.least = least;
        tally.greatest = greatest;
        return tally;
    }

    /** Adds the merged state of a unit. Numbers that may not be whole come in two parts, see {@link ExactSum}. */
    void add(Aggregate aggregate, StateFold[] parts) {
        double number = parts[0].number();
        switch (aggregate) {
            case SUM -> add(number, parts[1].number());
            case MIN, MAX, FIRST, LATEST -> add(ExactSum.highPart(number), ExactSum.lowPart(number));
            case ROWS, VALUES, SORTED_VALUES, LATEST_RECORD, DISTINCT, DISTINCT_SKETCH, STEPS, FIRST_STEPS ->
                add(number, 0);
        }
        least = Math.min(least, number);
        greatest = Math.max(greatest, number);
    }

    private void add(double highPart, double lowPart) {
        units++;
        high += highPart;
        low += lowPart;
    }

    /** Both tallies, which must be of different units. */
    UnitTally merge(UnitTally other) {
        return of(
                units + other.units,
                high + other.high,
                low + other.low,
                Math.min(least, other.least),
                Math.max(greatest, other.greatest));
    }

    /** As {@link #of} takes it. */
    @Nullable
    Object[] written() {
        return new @Nullable Object[] {units, high, low, least, greatest};
    }

    /** How many units have a state. */
    long units() {
        return units;
    }

    /** The sum of their numbers. */
    double total() {
        return high + low;
    }

    /** The least of their numbers. */
    double least() {
        return least;
    }

    /** The greatest of their numbers. */
    double greatest() {
        return greatest;
    }
}
