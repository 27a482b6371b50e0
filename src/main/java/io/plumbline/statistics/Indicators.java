package io.plumbline.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Co-moments with columns that say, as 1 and 0, to which part of a set its units belong: what a covariate with a few values, such as a
 * unit property, is in a regression. They follow from the co-moments of the parts, so that no unit is read again.
 *
 * <pre>
 * mean of I_v = n_v/n      Σ(I_v − mean)(x − mean_x) = n_v·(mean_x in v − mean_x)
 * Σ(I_v − mean)² = n_v·(1 − n_v/n)      Σ(I_v − mean)(I_w − mean) = −n_v·n_w/n
 * </pre>
 *
 * <p>Assumptions: the parts are disjoint and within the set; this cannot be checked here. Where they are all of it, their columns add up
 * to the constant 1, and one of them has to be left out to be independent of the others.
 */
public final class Indicators {

    private Indicators() {}

    /**
     * Appends a column for each part.
     *
     * @param whole co-moments of the set
     * @param parts co-moments of the parts over the same columns; a part without units has a column of zeros
     * @return co-moments of the set over its own columns and those of the parts, in their order
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public static CoMoments appended(CoMoments whole, List<CoMoments> parts) {
        int known = whole.dimensions();
        double[] means = Arrays.copyOf(whole.means(), known + parts.size());
        double[] products = Arrays.copyOf(whole.products(), CoMoments.triangle(means.length));
        double n = Math.max(1, whole.n());
        for (int v = 0; v < parts.size(); v++) {
            CoMoments part = parts.get(v);
            if (part.dimensions() != known) {
                throw new IllegalArgumentException(
                        "a part has " + part.dimensions() + " columns, the set " + known + ": give both the same");
            }
            int row = known + v;
            means[row] = part.n() / n;
            for (int column = 0; column < known; column++) {
                double distance = part.n() == 0 ? 0 : part.mean(column) - whole.mean(column);
                products[CoMoments.index(row, column)] = part.n() * distance;
            }
            for (int w = 0; w < v; w++) {
                products[CoMoments.index(row, known + w)] =
                        -part.n() * (parts.get(w).n() / n);
            }
            products[CoMoments.index(row, row)] = part.n() * (1 - part.n() / n);
        }
        return CoMoments.of(whole.n(), means, products);
    }
}
