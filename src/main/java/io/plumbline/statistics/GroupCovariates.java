package io.plumbline.statistics;

/**
 * The units of a group with what is known of them from before their exposure.
 *
 * <p>Columns: 0 the numerator of the outcome, 1 its denominator (the constant 1 for a metric with a single value), from 2 on the
 * covariates, such as numerator and denominator of the same metric before exposure, other metrics, or properties as 1 and 0. A unit without
 * pre-exposure data has 0 in its covariates; a column that says whether there is data, as 1 and 0, is a good second covariate.
 *
 * @param moments co-moments of the group's units over the columns
 * @param unitsWithData number of units with any pre-exposure data
 */
public record GroupCovariates(CoMoments moments, long unitsWithData) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are fewer than 3 columns, or {@code unitsWithData} is not between 0 and the number of units
     */
    public GroupCovariates {
        if (moments.dimensions() <= 2) {
            throw new IllegalArgumentException("there are " + moments.dimensions()
                    + " columns: give outcome numerator, outcome denominator and at least one covariate");
        }
        if (unitsWithData < 0 || unitsWithData > moments.n()) {
            throw new IllegalArgumentException("number of units with pre-exposure data is " + unitsWithData + " of "
                    + moments.n() + ": give 0 to all of them");
        }
    }

    /** The group's estimate without its covariates. */
    Estimate outcome() {
        return Estimate.ofRatio(moments.pair(0, 1));
    }
}
