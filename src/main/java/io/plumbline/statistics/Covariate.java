package io.plumbline.statistics;

import java.util.OptionalInt;

/**
 * A pre-exposure covariate: which columns of {@link GroupCovariates} hold it.
 *
 * <p>A covariate that is a ratio enters as the deviation of the ratio from its pooled value, to first order, so that it is a plain mean
 * whose expectation is zero in every group:
 *
 * <pre>
 * (x − Q·y) / Ȳ      Q = Σx / Σy and Ȳ = Σy / n over all groups
 * </pre>
 *
 * @param numerator index of the column with its value or numerator, 2 or more
 * @param denominator index of the column with its denominator; empty for a covariate with a single value
 */
public record Covariate(int numerator, OptionalInt denominator) {

    private static final int FIRST_COLUMN = 2;

    /**
     * Checks the columns.
     *
     * @throws IllegalArgumentException if a column is one of the outcome's, 0 or 1
     */
    public Covariate {
        if (numerator < FIRST_COLUMN || denominator.orElse(FIRST_COLUMN) < FIRST_COLUMN) {
            throw new IllegalArgumentException("columns of a covariate are " + numerator + " and " + denominator
                    + ": give 2 or more, because 0 and 1 hold the outcome");
        }
    }

    /**
     * A covariate with a single value for each unit.
     *
     * @param column where it is
     * @return the covariate
     */
    public static Covariate ofMean(int column) {
        return new Covariate(column, OptionalInt.empty());
    }

    /**
     * A covariate that is a ratio of two columns.
     *
     * @param numerator where its numerator is
     * @param denominator where its denominator is
     * @return the covariate
     */
    public static Covariate ofRatio(int numerator, int denominator) {
        return new Covariate(numerator, OptionalInt.of(denominator));
    }

    /** The covariate as a sum of columns, linearised over the units of all groups. */
    LinearForm over(CoMoments allUnits) {
        int last = Math.max(numerator, denominator.orElse(numerator));
        if (last >= allUnits.dimensions()) {
            throw new IllegalArgumentException(
                    "column of a covariate is " + last + ": give less than " + allUnits.dimensions());
        }
        return denominator.isPresent()
                ? LinearForm.ratio(numerator, denominator.getAsInt(), allUnits)
                : LinearForm.column(numerator, allUnits.dimensions());
    }
}
