package io.plumbline.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Least squares of the outcome on the covariates, from their products.
 *
 * <pre>
 * θ = S⁻¹·b      S_jk = Σ(x_j − mean)(x_k − mean)      b_j = Σ(x_j − mean)(y − mean)
 * </pre>
 *
 * <p>S is scaled to correlations and solved by Cholesky's decomposition. A covariate that does not vary, or whose products are not
 * finite, is dropped; so is one of which all but 1e-10 of its variance is explained by those before it.
 */
final class CovariateRegression {

    /** Below this share of its variance, what is left of a covariate is the rounding of the others. */
    private static final double DEPENDENT_BELOW = 1e-10;

    private static final double SYMMETRIC_WITHIN = 1e-9;

    private final double[][] products;
    private final double[] cross;

    /** The products of the covariates, exactly symmetric, and those with the outcome; neither is changed. */
    CovariateRegression(double[][] products, double[] cross) {
        this.products = products;
        this.cross = cross;
    }

    /** One coefficient for each covariate; NaN for those dropped. */
    double[] coefficients() {
        double[] coefficients = new double[cross.length];
        Arrays.fill(coefficients, Double.NaN);
        List<Integer> kept = new ArrayList<>(
                IntStream.range(0, cross.length).filter(this::varies).boxed().toList());
        while (!kept.isEmpty()) {
            try {
                RealVector solution = new CholeskyDecomposition(correlations(kept), SYMMETRIC_WITHIN, DEPENDENT_BELOW)
                        .getSolver()
                        .solve(right(kept));
                for (int i = 0; i < kept.size(); i++) {
                    coefficients[kept.get(i)] = solution.getEntry(i) / scale(kept.get(i));
                }
                return coefficients;
            } catch (NonPositiveDefiniteMatrixException dependent) {
                // The only way the decomposition says which row it stopped at.
                kept.remove(dependent.getRow());
            }
        }
        return coefficients;
    }

    private boolean varies(int covariate) {
        double squares = products[covariate][covariate];
        return squares > 0 && squares < Double.POSITIVE_INFINITY;
    }

    private double scale(int covariate) {
        return Math.sqrt(products[covariate][covariate]);
    }

    private RealMatrix correlations(List<Integer> kept) {
        RealMatrix matrix = new Array2DRowRealMatrix(kept.size(), kept.size());
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j < kept.size(); j++) {
                double product = products[kept.get(i)][kept.get(j)];
                matrix.setEntry(i, j, i == j ? 1 : product / (scale(kept.get(i)) * scale(kept.get(j))));
            }
        }
        return matrix;
    }

    private RealVector right(List<Integer> kept) {
        return new ArrayRealVector(kept.stream()
                .mapToDouble(covariate -> cross[covariate] / scale(covariate))
                .toArray());
    }
}
