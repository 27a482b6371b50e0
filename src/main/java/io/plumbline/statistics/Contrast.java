package io.plumbline.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Welch's statistic for a sum of independent estimates less another.
 *
 * <pre>
 * value = Σ added means − Σ subtracted means      se = √Σ var_i      with var_i = variance_i / n_i
 * ν = (Σ var_i)² / Σ var_i²/(n_i − 1)
 * </pre>
 *
 * @param value the difference; NaN if it is undefined
 * @param standardError its standard error; NaN if there is an obstacle
 * @param degreesOfFreedom Satterthwaite's ν; NaN if there is an obstacle
 * @param obstacle why there is no test; empty if there is one
 * @see <a href="https://doi.org/10.2307/3002019">Satterthwaite 1946, doi:10.2307/3002019</a>
 */
record Contrast(double value, double standardError, double degreesOfFreedom, Optional<Reason> obstacle) {

    /** The first reason found is the obstacle, those of the subtracted estimates before those of the added ones. */
    static Contrast of(List<Estimate> subtracted, List<Estimate> added) {
        double difference = sum(added) - sum(subtracted);
        double value = Double.isFinite(difference) ? difference : Double.NaN;
        List<Estimate> all = Stream.concat(subtracted.stream(), added.stream()).toList();
        double standardError = all.stream().mapToDouble(Estimate::standardError).reduce(0, Math::hypot);
        Optional<Reason> obstacle =
                all.stream().flatMap(estimate -> estimate.reason().stream()).findFirst();
        if (obstacle.isEmpty() && Double.isNaN(value)) {
            obstacle = Optional.of(Reason.NOT_FINITE);
        }
        if (obstacle.isEmpty() && standardError == 0) {
            obstacle = Optional.of(Reason.ZERO_VARIANCE);
        }
        return obstacle.isPresent()
                ? new Contrast(value, Double.NaN, Double.NaN, obstacle)
                : new Contrast(value, standardError, satterthwaite(all, standardError), obstacle);
    }

    double statistic() {
        return value / standardError;
    }

    /** The difference with an interval of so many standard errors, or with the obstacle in its place. */
    Effect effect(double criticalValue, Alternative alternative) {
        return obstacle.map(reason -> Effect.withoutInterval(value, Double.NaN, reason))
                .orElseGet(() -> new Effect(
                        value,
                        standardError,
                        Interval.around(value, criticalValue * standardError, alternative),
                        Optional.empty()));
    }

    private static double sum(List<Estimate> estimates) {
        return estimates.stream().mapToDouble(Estimate::mean).reduce(0, Double::sum);
    }

    /** Satterthwaite's ν from the shares of the variance, so that no variance is squared out of the range of a double. */
    private static double satterthwaite(List<Estimate> estimates, double standardError) {
        double squares = 0;
        for (Estimate estimate : estimates) {
            double root = estimate.standardError() / standardError;
            double share = root * root;
            squares += share * share / (estimate.n() - 1);
        }
        return 1 / squares;
    }
}
