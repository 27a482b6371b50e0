package io.plumbline.statistics;

import java.util.Optional;

/**
 * Estimate of one group: its mean (or ratio) and how precisely it is known.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>no units: mean, variance and standard error are NaN, {@link Reason#NO_UNITS};
 *   <li>one unit: the mean is defined, variance and standard error are NaN, {@link Reason#TOO_FEW_UNITS};
 *   <li>denominators that add up to zero: all three are NaN, {@link Reason#ZERO_DENOMINATOR};
 *   <li>all units alike: variance and standard error are 0, without a reason, because that is what they are;
 *   <li>infinite or NaN moments, for example through overflow: {@link Reason#NOT_FINITE}.
 * </ul>
 *
 * @param n number of units
 * @param mean mean of the unit values, or the ratio
 * @param variance variance of the unit values (for a ratio, n times the variance of the ratio)
 * @param standardError standard error of the mean, {@code √(variance / n)}
 * @param reason why mean or variance is undefined; empty if both are defined
 */
public record Estimate(long n, double mean, double variance, double standardError, Optional<Reason> reason) {

    /**
     * Ratio variances below this share of the terms they are the difference of are rounding, not variation: a numerator that is a fixed
     * multiple of the denominator must give 0 and not a standard error of 1e-17, which would make any difference significant.
     */
    private static final double ROUNDING = 64 * Math.ulp(1.0);

    /**
     * Mean of x.
     *
     * <pre>
     * mean = meanX      variance = s² = m2X / (n − 1)      standard error = s / √n
     * </pre>
     *
     * <p>Assumptions: units are independent.
     *
     * @param moments moments of the group's units; y is not read
     * @return the estimate; undefined parts are NaN with a reason
     */
    public static Estimate ofMean(Moments moments) {
        return of(moments.n(), moments.meanX(), moments.m2X() / (moments.n() - 1.0));
    }

    /**
     * Ratio of the sums of x and y, with the variance of the delta method. Division by meanX does not occur, so that a ratio of 0 keeps
     * its variance.
     *
     * <pre>
     * R = meanX / meanY
     * var(R) = (s²x − 2R·sxy + R²·s²y) / (n·meanY²)      variance = n·var(R)
     * </pre>
     *
     * <p>Assumptions: units are independent, and n is large enough for the ratio to be close to linear in both means. With y constantly
     * 1 this is {@link #ofMean}.
     *
     * <p>Edge cases: a variance that is negative or vanishes in the rounding of its terms is 0.
     *
     * @param moments moments of the group's units
     * @return the estimate; undefined parts are NaN with a reason
     * @see <a href="https://arxiv.org/abs/1803.06336">Deng, Knoblich, Lu 2018, arXiv:1803.06336</a>
     */
    public static Estimate ofRatio(Moments moments) {
        if (moments.n() > 0 && moments.meanY() == 0) {
            return undefined(moments.n(), Reason.ZERO_DENOMINATOR);
        }
        double ratio = moments.meanX() / moments.meanY();
        double squares = moments.m2X() + ratio * ratio * moments.m2Y();
        double cross = 2 * ratio * moments.cXY();
        double residual = squares - cross;
        if (vanishes(residual, squares + Math.abs(cross))) {
            residual = 0;
        }
        double variance = residual / (moments.n() - 1.0) / moments.meanY() / moments.meanY();
        return of(moments.n(), ratio, variance);
    }

    /** Whether a sum is no more than the rounding of its terms, given the sum of their sizes. Terms that overflow leave no answer. */
    static boolean vanishes(double sum, double terms) {
        return sum <= ROUNDING * terms && terms < Double.POSITIVE_INFINITY;
    }

    /**
     * Estimate from a mean and a variance computed elsewhere.
     *
     * <pre>
     * standard error = √(variance / n)
     * </pre>
     *
     * @param n number of units
     * @param mean mean of the unit values
     * @param variance variance of the unit values; not read if {@code n} is below 2
     * @return the estimate; undefined parts are NaN with a reason
     * @throws IllegalArgumentException if {@code n} is negative, or if the variance is negative and {@code n} is 2 or more
     */
    public static Estimate of(long n, double mean, double variance) {
        if (n < 0) {
            throw new IllegalArgumentException("number of units is " + n + ": give 0 or more");
        }
        if (n == 0) {
            return undefined(n, Reason.NO_UNITS);
        }
        if (!Double.isFinite(mean)) {
            return undefined(n, Reason.NOT_FINITE);
        }
        if (n == 1) {
            return new Estimate(n, mean, Double.NaN, Double.NaN, Optional.of(Reason.TOO_FEW_UNITS));
        }
        if (variance < 0) {
            throw new IllegalArgumentException("variance is " + variance + ": give 0 or more");
        }
        if (!Double.isFinite(variance)) {
            return new Estimate(n, mean, Double.NaN, Double.NaN, Optional.of(Reason.NOT_FINITE));
        }
        return new Estimate(n, mean, variance, Math.sqrt(variance / n), Optional.empty());
    }

    /**
     * Estimate of which nothing but the number of units is known.
     *
     * @param n number of units
     * @param reason why
     * @return an estimate of NaN
     */
    public static Estimate undefined(long n, Reason reason) {
        return new Estimate(n, Double.NaN, Double.NaN, Double.NaN, Optional.of(reason));
    }
}
