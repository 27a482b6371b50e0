package io.plumbline.statistics;

import java.util.Arrays;

/**
 * Centred moments of a set of units, each unit carrying a vector: the generalisation of {@link Moments} to more than two columns.
 *
 * <pre>
 * mean_i = Σx_i / n      product_ij = Σ(x_i − mean_i)(x_j − mean_j)
 * </pre>
 *
 * <p>The products are symmetric; {@link #products()} hands out the lower triangle row by row, (0,0), (1,0), (1,1), (2,0) …, so that
 * d columns travel as d means and d(d + 1)/2 products.
 *
 * <p>Assumptions: the values are finite, and each unit appears once. Days are not disjoint sets of units, so that the co-moments of two
 * days must never be merged.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>an empty set equals {@link #empty}, whatever means it was built with;
 *   <li>a set whose values overflow holds infinities or NaN, which estimates report as {@link Reason#NOT_FINITE}.
 * </ul>
 *
 * @see <a href="https://doi.org/10.1007/s00180-015-0637-z">Pébay, Terriberry, Kolla, Bennett 2016, doi:10.1007/s00180-015-0637-z</a>
 */
public final class CoMoments {

    private final long n;
    private final double[] means;
    private final double[] products;

    /** Keeps the arrays as they are. */
    private CoMoments(long n, double[] means, double[] products) {
        this.n = n;
        this.means = means;
        this.products = products;
    }

    /**
     * The co-moments of no unit at all: the identity of {@link #merge}.
     *
     * @param dimensions number of columns, 1 or more
     * @return co-moments of zeros
     * @throws IllegalArgumentException if {@code dimensions} is below 1
     */
    public static CoMoments empty(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("number of columns is " + dimensions + ": give 1 or more");
        }
        return new CoMoments(0, new double[dimensions], new double[triangle(dimensions)]);
    }

    /**
     * Co-moments from their parts, such as the arrays of a table row.
     *
     * @param n number of units
     * @param means mean of each column
     * @param products lower triangle of the centred products, row by row
     * @return co-moments that later changes of the arrays do not reach
     * @throws IllegalArgumentException if {@code n} or a sum of squared deviations is negative, or if the lengths do not fit
     */
    public static CoMoments of(long n, double[] means, double[] products) {
        if (n < 0) {
            throw new IllegalArgumentException("number of units is " + n + ": give 0 or more");
        }
        CoMoments empty = empty(means.length);
        if (products.length != triangle(means.length)) {
            throw new IllegalArgumentException("there are " + products.length + " products for " + means.length
                    + " columns: give " + triangle(means.length));
        }
        for (int column = 0; column < means.length; column++) {
            double squares = products[index(column, column)];
            if (squares < 0) {
                throw new IllegalArgumentException(
                        "sum of squared deviations of column " + column + " is " + squares + ": give 0 or more");
            }
        }
        return n == 0 ? empty : new CoMoments(n, means.clone(), products.clone());
    }

    /**
     * Co-moments of units that all carry the same vector, such as the units imputed as zeros.
     *
     * @param n number of units
     * @param vector their common values
     * @return co-moments without deviations
     * @throws IllegalArgumentException if {@code n} is negative or the vector is empty
     */
    public static CoMoments ofConstant(long n, double... vector) {
        return of(n, vector, new double[triangle(vector.length)]);
    }

    /**
     * Co-moments of the union of two disjoint sets of units.
     *
     * <pre>
     * δ = other.mean − mean      w = n · other.n / (n + other.n)
     * mean_i ← mean_i + δ_i · other.n / (n + other.n)      product_ij ← product_ij + other.product_ij + δ_i·δ_j·w
     * </pre>
     *
     * <p>Assumptions: no unit is in both sets; this cannot be checked here.
     *
     * <p>Edge cases: those of {@link Moments#merge}.
     *
     * @param other co-moments of units that are not in this set, over the same columns
     * @return co-moments of both sets together
     * @throws IllegalArgumentException if the numbers of columns differ
     * @see <a href="https://doi.org/10.1007/978-3-642-51461-6_3">Chan, Golub, LeVeque 1982, doi:10.1007/978-3-642-51461-6_3</a>
     */
    public CoMoments merge(CoMoments other) {
        if (dimensions() != other.dimensions()) {
            throw new IllegalArgumentException("one side has " + dimensions() + " columns, the other "
                    + other.dimensions() + ": give both the same");
        }
        if (n < other.n) {
            return other.merge(this);
        }
        if (other.n == 0) {
            return this;
        }
        long total = Math.addExact(n, other.n);
        double share = (double) other.n / total;
        double weight = n * share;
        double[] mergedMeans = means.clone();
        double[] mergedProducts = products.clone();
        for (int i = 0; i < means.length; i++) {
            double delta = other.means[i] - means[i];
            mergedMeans[i] += delta * share;
            for (int j = 0; j <= i; j++) {
                mergedProducts[index(i, j)] +=
                        other.products[index(i, j)] + delta * (other.means[j] - means[j]) * weight;
            }
        }
        return new CoMoments(total, mergedMeans, mergedProducts);
    }

    /**
     * The moments of two of the columns.
     *
     * @param x column of the numerator
     * @param y column of the denominator
     * @return moments of the pairs
     */
    public Moments pair(int x, int y) {
        return new Moments(n, means[x], means[y], product(x, x), product(y, y), product(x, y));
    }

    /**
     * The number of units.
     *
     * @return 0 or more
     */
    public long n() {
        return n;
    }

    /**
     * The number of columns.
     *
     * @return 1 or more
     */
    public int dimensions() {
        return means.length;
    }

    /**
     * Mean of a column.
     *
     * @param column its index from 0
     * @return the mean; 0 if there is no unit
     */
    public double mean(int column) {
        return means[column];
    }

    /**
     * Sum of products of the deviations of two columns; of a column with itself, the sum of its squared deviations.
     *
     * @param i index of a column from 0
     * @param j index of a column from 0
     * @return the sum; 0 if there is no unit
     */
    public double product(int i, int j) {
        return products[index(Math.max(i, j), Math.min(i, j))];
    }

    /**
     * Mean of every column.
     *
     * @return a copy
     */
    public double[] means() {
        return means.clone();
    }

    /**
     * Lower triangle of the centred products, row by row.
     *
     * @return a copy
     */
    public double[] products() {
        return products.clone();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof CoMoments other
                && n == other.n
                && Arrays.equals(means, other.means)
                && Arrays.equals(products, other.products);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(n) + Arrays.hashCode(means)) + Arrays.hashCode(products);
    }

    @Override
    public String toString() {
        return "CoMoments[n=" + n + ", means=" + Arrays.toString(means) + ", products=" + Arrays.toString(products)
                + "]";
    }

    /** The number of entries of a lower triangle. */
    static int triangle(int dimensions) {
        return dimensions * (dimensions + 1) / 2;
    }

    /** Where row i, column j of a lower triangle is; j is at most i. */
    static int index(int i, int j) {
        return triangle(i) + j;
    }
}
