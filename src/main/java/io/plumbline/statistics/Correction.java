package io.plumbline.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Correction of a family of p-values for their number. The family is what the caller hands in: the groups, the metrics, both, or the
 * primary metrics only; top line and breakdowns are never one family.
 *
 * <pre>
 * m p-values in ascending order p_1 … p_m, K of them rejected
 * Bonferroni          adjusted_i = m·p_i                              interval alpha / m
 * Holm                adjusted_i = max over j ≤ i of (m − j + 1)·p_j   interval alpha / (m − K), alpha if K = m
 * Benjamini–Hochberg  adjusted_i = min over j ≥ i of m·p_j / j         interval K·alpha / m, alpha / m if K = 0
 * </pre>
 *
 * <p>None is above 1. A hypothesis is rejected if its adjusted p-value is below alpha, which is whether its interval at 1 − adjusted alpha
 * excludes 0. Bonferroni's intervals cover all effects together, Benjamini's and Hochberg's control the share of selected intervals that
 * miss; Holm's agree with its decisions and promise no more.
 *
 * <p>Assumptions: for Benjamini–Hochberg independent or positively dependent p-values; for the others none.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>a NaN p-value stays NaN and is not counted in m;
 *   <li>no p-value at all: the adjusted alpha is alpha.
 * </ul>
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini, Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x</a>
 * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979, Scandinavian Journal of Statistics 6, 65–70</a>
 * @see <a href="https://doi.org/10.1198/016214504000001907">Benjamini, Yekutieli 2005, doi:10.1198/016214504000001907</a>
 */
public enum Correction {

    /** Each p-value times their number: no false positive at all with probability 1 − alpha. */
    BONFERRONI,

    /** As Bonferroni, with the p-values already rejected no longer counted; rejects whatever Bonferroni does. */
    HOLM,

    /** The expected share of false positives among the rejected is alpha at most. */
    BENJAMINI_HOCHBERG;

    /**
     * Adjusts a family of p-values.
     *
     * @param pValues in any order; NaN where there is none
     * @return adjusted p-values in the same order
     * @throws IllegalArgumentException if a p-value is below 0 or above 1
     */
    public double[] adjustedPValues(double[] pValues) {
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, Double.NaN);
        List<Integer> ascending = ascending(pValues);
        int m = ascending.size();
        double reached = this == BENJAMINI_HOCHBERG ? 1 : 0;
        for (int step = 0; step < m; step++) {
            // Benjamini–Hochberg steps up from the largest p-value, the others down from the smallest.
            int rank = this == BENJAMINI_HOCHBERG ? m - step : step + 1;
            int index = ascending.get(rank - 1);
            double single = pValues[index] * factor(rank, m);
            reached = this == BENJAMINI_HOCHBERG ? Math.min(reached, single) : Math.max(reached, Math.min(1, single));
            adjusted[index] = reached;
        }
        return adjusted;
    }

    /**
     * The alpha of the intervals of a family.
     *
     * @param pValues the same family
     * @param alpha alpha of the family
     * @return alpha of each interval
     * @throws IllegalArgumentException if a p-value is below 0 or above 1, or alpha is not between 0 and 1
     */
    public double adjustedAlpha(double[] pValues, double alpha) {
        Inference.requireAlpha(alpha);
        double[] adjusted = adjustedPValues(pValues);
        long m = Arrays.stream(adjusted).filter(p -> !Double.isNaN(p)).count();
        long rejected = Arrays.stream(adjusted).filter(p -> p < alpha).count();
        if (m == 0) {
            return alpha;
        }
        return switch (this) {
            case BONFERRONI -> alpha / m;
            case HOLM -> alpha / Math.max(m - rejected, 1);
            case BENJAMINI_HOCHBERG -> alpha * Math.max(rejected, 1) / m;
        };
    }

    private double factor(int rank, int m) {
        return switch (this) {
            case BONFERRONI -> m;
            case HOLM -> m - rank + 1.0;
            case BENJAMINI_HOCHBERG -> (double) m / rank;
        };
    }

    private static List<Integer> ascending(double[] pValues) {
        for (double p : pValues) {
            if (p < 0 || p > 1) {
                throw new IllegalArgumentException("p-value is " + p + ": give a number from 0 to 1, or NaN for none");
            }
        }
        return IntStream.range(0, pValues.length)
                .filter(index -> !Double.isNaN(pValues[index]))
                .boxed()
                .sorted(Comparator.comparingDouble(index -> pValues[index]))
                .toList();
    }
}
