package io.plumbline.statistics;

import java.util.Optional;

/**
 * How many units an experiment takes.
 *
 * @param control units of the control, a whole number; NaN if it is undefined
 * @param treatment units of the treatment, a whole number; NaN if it is undefined
 * @param reason why the numbers are undefined; empty if they are defined
 */
public record SampleSize(double control, double treatment, Optional<Reason> reason) {

    /** Sizes of which nothing is known. */
    static SampleSize undefined(Reason reason) {
        return new SampleSize(Double.NaN, Double.NaN, Optional.of(reason));
    }

    /**
     * Units of both groups together.
     *
     * @return their sum; NaN if they are undefined
     */
    public double total() {
        return control + treatment;
    }

    /**
     * Days until the experiment has its units.
     *
     * <pre>
     * ⌈(control + treatment − units so far) / units per day⌉, 0 if there are enough
     * </pre>
     *
     * <p>Assumptions: units come at a constant rate in the planned proportions, and the variance does not grow with the time that they are
     * observed, as that of a sum without a cohort window does.
     *
     * @param unitsSoFar units of both groups already exposed
     * @param unitsPerDay units newly exposed each day to one of the two groups
     * @return whole days; infinite if units are missing and none come; NaN if the sizes are undefined
     * @throws IllegalArgumentException if a number is negative or NaN
     */
    public double daysToReach(double unitsSoFar, double unitsPerDay) {
        if (!(unitsSoFar >= 0 && unitsPerDay >= 0)) {
            throw new IllegalArgumentException(
                    "units so far and per day are " + unitsSoFar + " and " + unitsPerDay + ": give 0 or more");
        }
        double missing = total() - unitsSoFar;
        return missing <= 0 ? 0 : Math.ceil(missing / unitsPerDay);
    }
}
