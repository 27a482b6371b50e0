package io.plumbline.statistics;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Gathers {@link CoMoments} one unit at a time. Sums of squares are never formed, and the running means carry their rounding errors
 * along, so that values far from zero lose no digits.
 *
 * <pre>
 * d = x − mean      mean ← mean + d/(n + 1)      product_ij ← product_ij + d_i·d_j·n/(n + 1)
 * </pre>
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>a unit with a NaN or infinite value in any column is left out and counted by {@link #excluded()}; a unit that is to count
 *       although a covariate is unknown needs a number in its place, such as 0;
 *   <li>without any unit the result is {@link CoMoments#empty}.
 * </ul>
 *
 * <p>Not safe for use by several threads: give each its own and merge the co-moments.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1962.10490022">Welford 1962, doi:10.1080/00401706.1962.10490022</a>
 */
public final class CoMomentsAccumulator {

    private final RunningMean[] means;
    private final double[] products;
    private final double[] deltas;
    private CoMoments repeated;
    private long n;
    private long excluded;

    /**
     * An accumulator without units.
     *
     * @param dimensions number of columns, 1 or more
     * @throws IllegalArgumentException if {@code dimensions} is below 1
     */
    public CoMomentsAccumulator(int dimensions) {
        repeated = CoMoments.empty(dimensions);
        means = Stream.generate(RunningMean::new).limit(dimensions).toArray(RunningMean[]::new);
        products = new double[CoMoments.triangle(dimensions)];
        deltas = new double[dimensions];
    }

    /**
     * Adds one unit.
     *
     * @param vector the unit's values, one for each column; not kept
     * @return this accumulator
     * @throws IllegalArgumentException if the number of values is not the number of columns
     */
    public CoMomentsAccumulator add(double... vector) {
        if (!finite(vector)) {
            excluded = Math.incrementExact(excluded);
            return this;
        }
        double weight = n / (n + 1.0);
        n++;
        for (int i = 0; i < vector.length; i++) {
            deltas[i] = means[i].distanceTo(vector[i]);
            means[i].move(deltas[i] / n);
            for (int j = 0; j <= i; j++) {
                products[CoMoments.index(i, j)] += deltas[i] * deltas[j] * weight;
            }
        }
        return this;
    }

    /**
     * Adds many units with the same vector in one step, for example the exposed units without rows, which count as zero.
     *
     * @param vector values of each of the units
     * @param count number of units; 0 changes nothing
     * @return this accumulator
     * @throws IllegalArgumentException if {@code count} is negative or the number of values is not the number of columns
     */
    public CoMomentsAccumulator addRepeated(double[] vector, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("number of repeated units is " + count + ": give 0 or more");
        }
        if (finite(vector)) {
            repeated = repeated.merge(CoMoments.ofConstant(count, vector));
        } else {
            excluded = Math.addExact(excluded, count);
        }
        return this;
    }

    /**
     * The co-moments of all units added so far.
     *
     * @return a value that later additions do not change
     */
    public CoMoments moments() {
        double[] values = Arrays.stream(means).mapToDouble(RunningMean::value).toArray();
        return CoMoments.of(n, values, products).merge(repeated);
    }

    /**
     * The number of units left out because a value was NaN or infinite.
     *
     * @return 0 or more
     */
    public long excluded() {
        return excluded;
    }

    private boolean finite(double[] vector) {
        if (vector.length != deltas.length) {
            throw new IllegalArgumentException(
                    "the unit has " + vector.length + " values: give " + deltas.length + ", one for each column");
        }
        for (double value : vector) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
