package io.plumbline.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The distribution a test statistic is referred to: Student's t, or the standard normal in its place.
 *
 * @param distribution a distribution symmetric about 0
 */
record ReferenceDistribution(RealDistribution distribution) {

    private static final ReferenceDistribution NORMAL = new ReferenceDistribution(new NormalDistribution(null, 0, 1));

    /** The root finder behind Student's quantiles stops at 1e-9 by default, which is too coarse for nine digits. */
    private static final double QUANTILE_ACCURACY = 1e-13;

    /** From here on the normal is nearer to Student's t than its library implementation, which loses digits as the degrees grow. */
    private static final double LARGEST_DEGREES_OF_FREEDOM = 1e8;

    static ReferenceDistribution of(double degreesOfFreedom, Inference inference) {
        return degreesOfFreedom >= Math.min(inference.normalFrom(), LARGEST_DEGREES_OF_FREEDOM)
                ? NORMAL
                : new ReferenceDistribution(new TDistribution(null, degreesOfFreedom, QUANTILE_ACCURACY));
    }

    /** The standard normal, whatever the degrees of freedom. */
    static ReferenceDistribution normal() {
        return NORMAL;
    }

    /** The distance, in standard errors, from an estimate to a bound of its interval: positive for any alpha below one half. */
    double criticalValue(Inference inference) {
        double tail = inference.alternative() == Alternative.TWO_SIDED ? inference.alpha() / 2 : inference.alpha();
        return -distribution.inverseCumulativeProbability(tail);
    }

    /** The p-value of a statistic; taken from the lower tail, because 1 − cdf has no digits left far out. */
    double pValue(double statistic, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> 2 * distribution.cumulativeProbability(-Math.abs(statistic));
            case GREATER -> distribution.cumulativeProbability(-statistic);
            case LESS -> distribution.cumulativeProbability(statistic);
        };
    }
}
