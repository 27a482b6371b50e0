package io.plumbline.statistics;

/**
 * A confidence interval.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>undefined: both bounds are NaN;
 *   <li>one-sided: the open side is infinite, see {@link Alternative}; tables store it as NULL.
 * </ul>
 *
 * @param lower lower bound
 * @param upper upper bound
 */
public record Interval(double lower, double upper) {

    /** The interval of which nothing is known. */
    public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

    /**
     * Whether a value lies between the bounds or on one of them.
     *
     * @param value any number
     * @return false if the interval is undefined
     */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** The interval around a centre, open on the sides that the alternative does not bound. */
    static Interval around(double centre, double halfWidth, Alternative alternative) {
        return new Interval(centre - halfWidth, centre + halfWidth).open(alternative);
    }

    /** This interval without the side that the alternative does not bound. */
    Interval open(Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> this;
            case GREATER -> new Interval(lower, Double.POSITIVE_INFINITY);
            case LESS -> new Interval(Double.NEGATIVE_INFINITY, upper);
        };
    }
}
