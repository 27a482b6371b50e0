package io.plumbline.statistics;

/**
 * Centred bivariate moments of a set of units, each unit carrying a pair (x, y): numerator and denominator of a ratio. A metric with a
 * single value is the ratio whose denominator is the constant 1.
 *
 * <pre>
 * meanX = Σx / n                 meanY = Σy / n
 * m2X   = Σ(x − meanX)²          m2Y   = Σ(y − meanY)²          cXY = Σ(x − meanX)(y − meanY)
 * </pre>
 *
 * <p>Assumptions: the values are finite, and each unit appears once. Days are not disjoint sets of units, so that the moments of two
 * days must never be merged.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>an empty set equals {@link #EMPTY}, whatever means it was built with;
 *   <li>a set whose values overflow holds infinities or NaN, which estimates report as {@link Reason#NOT_FINITE}.
 * </ul>
 *
 * @param n number of units
 * @param meanX mean of x
 * @param meanY mean of y
 * @param m2X sum of squared deviations of x
 * @param m2Y sum of squared deviations of y
 * @param cXY sum of products of the deviations of x and y
 * @see <a href="https://doi.org/10.1007/s00180-015-0637-z">Pébay, Terriberry, Kolla, Bennett 2016, doi:10.1007/s00180-015-0637-z</a>
 */
public record Moments(long n, double meanX, double meanY, double m2X, double m2Y, double cXY) {

    /** The moments of no unit at all: the identity of {@link #merge}. */
    public static final Moments EMPTY = new Moments(0, 0, 0, 0, 0, 0);

    /**
     * Checks the signs and gives every empty set the same form.
     *
     * @throws IllegalArgumentException if {@code n}, {@code m2X} or {@code m2Y} is negative
     */
    public Moments {
        if (n < 0) {
            throw new IllegalArgumentException("number of units is " + n + ": give 0 or more");
        }
        if (m2X < 0 || m2Y < 0) {
            throw new IllegalArgumentException(
                    "sums of squared deviations are " + m2X + " and " + m2Y + ": give 0 or more");
        }
        if (n == 0) {
            meanX = 0;
            meanY = 0;
            m2X = 0;
            m2Y = 0;
            cXY = 0;
        }
    }

    /**
     * Moments of units that all carry the same pair, such as the units imputed as (0, 1).
     *
     * @param n number of units
     * @param x their common x
     * @param y their common y
     * @return moments without deviations
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public static Moments ofConstant(long n, double x, double y) {
        return new Moments(n, x, y, 0, 0, 0);
    }

    /**
     * Moments from the aggregates that SQL engines offer: {@code count, avg, var_pop, covar_pop}.
     *
     * <pre>
     * m2X = n · var_pop(x)    m2Y = n · var_pop(y)    cXY = n · covar_pop(x, y)
     * </pre>
     *
     * @param n number of units
     * @param meanX mean of x
     * @param meanY mean of y
     * @param varianceX population variance of x, divided by n
     * @param varianceY population variance of y, divided by n
     * @param covariance population covariance of x and y, divided by n
     * @return the moments
     * @throws IllegalArgumentException if {@code n} or a variance is negative
     */
    public static Moments ofPopulation(
            long n, double meanX, double meanY, double varianceX, double varianceY, double covariance) {
        return new Moments(n, meanX, meanY, n * varianceX, n * varianceY, n * covariance);
    }

    /**
     * Moments of the union of two disjoint sets of units.
     *
     * <pre>
     * δ = other.mean − mean      w = n · other.n / (n + other.n)
     * mean ← mean + δ · other.n / (n + other.n)      m2 ← m2 + other.m2 + δ²·w      c ← c + other.c + δx·δy·w
     * </pre>
     *
     * <p>Assumptions: no unit is in both sets; this cannot be checked here.
     *
     * <p>Edge cases:
     *
     * <ul>
     *   <li>merging with {@link #EMPTY} returns the other side unchanged;
     *   <li>two sets that hold one constant keep exactly zero deviations;
     *   <li>the mean moves from that of the larger set, so that a few active units among a million zeros keep the digits of their mean;
     *   <li>the means are rounded to doubles, so that values far from zero lose digits with each merge: a hundred parts of values at
     *       1e9 ± 1 keep nine digits of their variance.
     * </ul>
     *
     * @param other moments of units that are not in this set
     * @return moments of both sets together
     * @see <a href="https://doi.org/10.1007/978-3-642-51461-6_3">Chan, Golub, LeVeque 1982, doi:10.1007/978-3-642-51461-6_3</a>
     */
    public Moments merge(Moments other) {
        if (n < other.n) {
            return other.merge(this);
        }
        if (other.n == 0) {
            return this;
        }
        long total = Math.addExact(n, other.n);
        double share = (double) other.n / total;
        double weight = n * share;
        double deltaX = other.meanX - meanX;
        double deltaY = other.meanY - meanY;
        return new Moments(
                total,
                meanX + deltaX * share,
                meanY + deltaY * share,
                m2X + other.m2X + deltaX * deltaX * weight,
                m2Y + other.m2Y + deltaY * deltaY * weight,
                cXY + other.cXY + deltaX * deltaY * weight);
    }
}
