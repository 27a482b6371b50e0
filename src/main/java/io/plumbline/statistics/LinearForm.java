package io.plumbline.statistics;

/**
 * A weighted sum of the columns of {@link CoMoments}: the linearised value of a ratio, a covariate, or an adjusted outcome.
 *
 * <pre>
 * value = Σ w_i·x_i      mean = Σ w_i·mean_i      product(v, w) = Σ v_i·w_j·product_ij
 * </pre>
 */
final class LinearForm {

    private final double[] weights;

    /** Keeps the weights, one for each column. */
    private LinearForm(double[] weights) {
        this.weights = weights;
    }

    /** A column as it is. */
    static LinearForm column(int column, int dimensions) {
        double[] weights = new double[dimensions];
        weights[column] = 1;
        return new LinearForm(weights);
    }

    /**
     * The deviation of the ratio of two columns from its mean, to first order: (x − R·y)/meanY. Not finite where the denominators add up
     * to zero.
     */
    static LinearForm ratio(int numerator, int denominator, CoMoments units) {
        double[] weights = new double[units.dimensions()];
        weights[numerator] = 1 / units.mean(denominator);
        weights[denominator] = -(units.mean(numerator) / units.mean(denominator)) / units.mean(denominator);
        return new LinearForm(weights);
    }

    /** This form less a multiple of another. */
    LinearForm minus(double factor, LinearForm other) {
        double[] changed = weights.clone();
        for (int column = 0; column < changed.length; column++) {
            changed[column] -= factor * other.weights[column];
        }
        return new LinearForm(changed);
    }

    double mean(CoMoments units) {
        double mean = 0;
        for (int column = 0; column < weights.length; column++) {
            if (weights[column] != 0) {
                mean += weights[column] * units.mean(column);
            }
        }
        return mean;
    }

    /**
     * Sum of products of the deviations of two forms; 0 where it vanishes in the rounding of its terms. Columns of weight 0 are not read, so
     * that one that overflowed does not spoil the others.
     */
    double product(LinearForm other, CoMoments units) {
        double sum = 0;
        double terms = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                double weight = weights[i] * other.weights[j];
                double term = weight == 0 ? 0 : weight * units.product(i, j);
                sum += term;
                terms += Math.abs(term);
            }
        }
        return Estimate.vanishes(Math.abs(sum), terms) ? 0 : sum;
    }

    /** Sum of squared deviations; NaN where products that no units can have make it negative. */
    double squares(CoMoments units) {
        double squares = product(this, units);
        return squares < 0 ? Double.NaN : squares;
    }
}
