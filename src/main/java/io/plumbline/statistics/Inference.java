package io.plumbline.statistics;

/**
 * How groups are compared.
 *
 * <p>The normal distribution stands in for Student's t once the degrees of freedom reach {@code normalFrom}: at the default of 100 an
 * interval at alpha = 0.05 is 1.2 % narrower at most. {@link Double#POSITIVE_INFINITY} always takes Student's t, 0 always the normal.
 *
 * @param alpha the accepted rate of false positives; intervals cover 1 − alpha. Quantiles keep nine digits down to 1e-8
 * @param alternative what the test looks for
 * @param relativeInterval how the interval of the relative effect is made
 * @param normalFrom degrees of freedom from which on the normal distribution is used
 */
public record Inference(double alpha, Alternative alternative, RelativeInterval relativeInterval, double normalFrom) {

    /** Two-sided at alpha = 0.05, Fieller's interval, normal from 100 degrees of freedom on. */
    public static final Inference STANDARD = new Inference(0.05, Alternative.TWO_SIDED, RelativeInterval.FIELLER, 100);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if alpha is not between 0 and 1 exclusive, or {@code normalFrom} is negative or NaN
     */
    public Inference {
        requireAlpha(alpha);
        if (!(normalFrom >= 0)) {
            throw new IllegalArgumentException("normalFrom is " + normalFrom + ": give 0 or more degrees of freedom");
        }
    }

    /**
     * The same inference with another alpha.
     *
     * @param newAlpha the accepted rate of false positives
     * @return a changed copy
     */
    public Inference withAlpha(double newAlpha) {
        return new Inference(newAlpha, alternative, relativeInterval, normalFrom);
    }

    /**
     * The same inference with another alternative.
     *
     * @param newAlternative what the test looks for
     * @return a changed copy
     */
    public Inference withAlternative(Alternative newAlternative) {
        return new Inference(alpha, newAlternative, relativeInterval, normalFrom);
    }

    /**
     * The same inference with another interval of the relative effect.
     *
     * @param newRelativeInterval how the interval is made
     * @return a changed copy
     */
    public Inference withRelativeInterval(RelativeInterval newRelativeInterval) {
        return new Inference(alpha, alternative, newRelativeInterval, normalFrom);
    }

    /**
     * The same inference with another point at which the normal distribution takes over.
     *
     * @param newNormalFrom degrees of freedom
     * @return a changed copy
     */
    public Inference withNormalFrom(double newNormalFrom) {
        return new Inference(alpha, alternative, relativeInterval, newNormalFrom);
    }

    /** Refuses what is not a share. */
    static void requireAlpha(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha is " + alpha + ": give a number between 0 and 1, such as 0.05");
        }
    }
}
