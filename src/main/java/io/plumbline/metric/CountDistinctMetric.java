package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * Different values per unit. Null values are skipped, and of numbers NaN and infinities; an exposed unit without a value
 * counts as 0. Two values are the same if SQL's {@code =} says so of values of their type: text is compared with its case
 * and blanks, whatever its collation, and negative zero equals zero.
 *
 * <p>The catalog counts the different pairs of unit and value of a day: a value that two units have counts twice.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param value SQL expression over one row, of any type
 * @param counting exact or approximate
 * @param window which rows and units count
 * @param threshold turns the number into 1 or 0
 * @param winsorization limits extreme numbers
 */
public record CountDistinctMetric(
        MetricInfo about,
        Selection rows,
        String value,
        Counting counting,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization)
        implements Metric {

    /** How exactly different values are counted. */
    public enum Counting {
        /** By the set of values: to the last one, in memory that grows with their number. */
        EXACT(Aggregate.DISTINCT),
        /**
         * By a HyperLogLog sketch of 4,096 buckets: at most 4 KB per unit and day. A unit's number has a relative
         * standard error of 1.6 %; up to some hundred values, nearly all numbers are exact.
         */
        APPROXIMATE(Aggregate.DISTINCT_SKETCH);

        private final Aggregate aggregate;

        Counting(Aggregate aggregate) {
            this.aggregate = aggregate;
        }

        /** What is kept of the rows. */
        public Aggregate aggregate() {
            return aggregate;
        }
    }

    @Override
    public List<Measure> measures() {
        Component component = Component.of(rows, counting.aggregate(), value);
        return List.of(
                Measure.mean(new UnitValue(List.of(component), Rollup.Plain.TOTAL, window, threshold, winsorization)));
    }

    @Override
    public String type() {
        return "count_distinct";
    }
}
