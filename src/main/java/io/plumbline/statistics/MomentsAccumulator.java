package io.plumbline.statistics;

/**
 * Gathers {@link Moments} one unit at a time. Sums of squares are never formed, and the running means carry their rounding errors along,
 * so that values far from zero lose no digits.
 *
 * <pre>
 * d = x − mean      mean ← mean + d/(n + 1)      m2 ← m2 + d²·n/(n + 1)
 * </pre>
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>a unit with a NaN or infinite x or y is left out and counted by {@link #excluded()};
 *   <li>without any unit the result is {@link Moments#EMPTY}.
 * </ul>
 *
 * <p>Not safe for use by several threads: give each its own and merge the moments.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1962.10490022">Welford 1962, doi:10.1080/00401706.1962.10490022</a>
 */
public final class MomentsAccumulator {

    private final RunningMean meanX = new RunningMean();
    private final RunningMean meanY = new RunningMean();
    private long n;
    private double m2X;
    private double m2Y;
    private double cXY;
    private Moments repeated = Moments.EMPTY;
    private long excluded;

    /**
     * Adds one unit of a metric with a single value, whose denominator is the constant 1.
     *
     * @param x the unit's value
     * @return this accumulator
     */
    public MomentsAccumulator add(double x) {
        return add(x, 1);
    }

    /**
     * Adds one unit.
     *
     * @param x the unit's numerator
     * @param y the unit's denominator
     * @return this accumulator
     */
    public MomentsAccumulator add(double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            excluded = Math.incrementExact(excluded);
            return this;
        }
        double deltaX = meanX.distanceTo(x);
        double deltaY = meanY.distanceTo(y);
        double weight = n / (n + 1.0);
        n++;
        m2X += deltaX * deltaX * weight;
        m2Y += deltaY * deltaY * weight;
        cXY += deltaX * deltaY * weight;
        meanX.move(deltaX / n);
        meanY.move(deltaY / n);
        return this;
    }

    /**
     * Adds many units with the same pair in one step, for example the exposed units without rows, which count as zero.
     *
     * @param x numerator of each of the units
     * @param y denominator of each of the units
     * @param count number of units; 0 changes nothing
     * @return this accumulator
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public MomentsAccumulator addRepeated(double x, double y, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("number of repeated units is " + count + ": give 0 or more");
        }
        if (Double.isFinite(x) && Double.isFinite(y)) {
            repeated = repeated.merge(Moments.ofConstant(count, x, y));
        } else {
            excluded = Math.addExact(excluded, count);
        }
        return this;
    }

    /**
     * The moments of all units added so far.
     *
     * @return a value that later additions do not change
     */
    public Moments moments() {
        return new Moments(n, meanX.value(), meanY.value(), m2X, m2Y, cXY).merge(repeated);
    }

    /**
     * The number of units left out because a value was NaN or infinite.
     *
     * @return 0 or more
     */
    public long excluded() {
        return excluded;
    }
}
