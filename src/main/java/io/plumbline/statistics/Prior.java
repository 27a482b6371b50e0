package io.plumbline.statistics;

/**
 * What is believed of the relative effect before the experiment: a normal distribution.
 *
 * @param mean the relative effect expected, 0.01 being +1 %
 * @param standardDeviation how far effects of such experiments usually are from it; infinite if nothing is known
 */
public record Prior(double mean, double standardDeviation) {

    /** Nothing is known: every effect is as likely as any other. */
    public static final Prior FLAT = new Prior(0, Double.POSITIVE_INFINITY);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the mean is not finite, or the standard deviation is not above 0
     */
    public Prior {
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("mean of the prior is " + mean + ": give a finite number");
        }
        if (!(standardDeviation > 0)) {
            throw new IllegalArgumentException(
                    "standard deviation of the prior is " + standardDeviation + ": give a number above 0");
        }
    }
}
