package io.plumbline.statistics;

import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * The bound of a normal-mixture confidence sequence: how many standard errors an estimate may be from the truth at all looks together.
 *
 * <pre>
 * r = r*·n / planned      r* − ln(1 + r*) = −2·ln(alpha), which makes the sequence narrowest at the planned number of units
 * two-sided   bound² = (1 + 1/r)·(ln(1 + r) − 2·ln(alpha))
 *             p = min(1, √(1 + r)·exp(−z²·r/(2 + 2r)))
 * one-sided   bound² = 2·(1 + 1/r)·ln(1 + √(1 + r)/(2·alpha))
 *             p = min(1, √(1 + r)/(2·(exp(z²·r/(2 + 2r)) − 1))), and 1 where z points the other way
 * </pre>
 *
 * <p>r is t·ρ² of the source: the information so far in units of that of the mixture. Each p-value is the bound solved for alpha with the
 * same r, so that p is below alpha exactly when the interval excludes 0.
 *
 * @param information r
 */
record ConfidenceSequence(double information) {

    private static final double ACCURACY = 1e-14;
    private static final int EVALUATIONS = 1_000;

    /** The sequence at a number of units, both groups together, narrowest at the planned number. */
    static ConfidenceSequence at(double units, double plannedUnits, double alpha) {
        return new ConfidenceSequence(optimum(alpha) * units / plannedUnits);
    }

    double bound(double alpha, Alternative alternative) {
        double logarithm = alternative == Alternative.TWO_SIDED
                ? Math.log1p(information) - 2 * Math.log(alpha)
                : 2 * Math.log1p(Math.sqrt(1 + information) / (2 * alpha));
        return Math.sqrt((1 + 1 / information) * logarithm);
    }

    double pValue(double statistic, Alternative alternative) {
        double exponent = statistic * statistic / 2 * (information / (1 + information));
        double root = Math.sqrt(1 + information);
        double mixture = switch (alternative) {
            case TWO_SIDED -> root * Math.exp(-exponent);
            case GREATER -> statistic > 0 ? root / (2 * Math.expm1(exponent)) : 1;
            case LESS -> statistic < 0 ? root / (2 * Math.expm1(exponent)) : 1;
        };
        return Math.min(1, mixture);
    }

    private static double optimum(double alpha) {
        double logarithm = -2 * Math.log(alpha);
        return new BrentSolver(ACCURACY, ACCURACY)
                .solve(EVALUATIONS, r -> r - Math.log1p(r) - logarithm, 0, 2 * logarithm + 3);
    }
}
