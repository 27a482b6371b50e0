package io.plumbline.analysis;

import io.plumbline.summary.Slice;
import java.time.LocalDate;

/**
 * A metric over all units of a day, experiment or not.
 *
 * @param day the local day
 * @param metric the metric's name
 * @param metricHash of all that changes the metric's numbers
 * @param slice the breakdown value, or the whole
 * @param value the population value; NaN if it is undefined
 * @param numerator Σ numerator; the value itself where there is no denominator
 * @param denominator Σ denominator; NaN where there is none
 * @param units units with at least one row of the numerator's selection
 * @param rowCount rows of the numerator's selection
 */
public record CatalogValue(
        LocalDate day,
        String metric,
        String metricHash,
        Slice slice,
        double value,
        double numerator,
        double denominator,
        long units,
        long rowCount) {

    /** The same but for the population value. */
    public CatalogValue withValue(double newValue) {
        return new CatalogValue(day, metric, metricHash, slice, newValue, numerator, denominator, units, rowCount);
    }
}
