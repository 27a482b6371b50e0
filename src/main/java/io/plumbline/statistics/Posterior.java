package io.plumbline.statistics;

import java.util.Optional;

/**
 * What is believed of the relative effect after the experiment, from a normal prior and a normal likelihood.
 *
 * <pre>
 * k = 1 / (1 + se²/prior sd²), 1 for the flat prior      se = standard error of the relative effect by the delta method
 * mean = prior mean + k·(value − prior mean)      sd = se·√k      credible interval = mean ± z·sd
 * chance to beat = Φ(mean/sd)      expected loss = E[max(−effect, 0)] = sd·φ(mean/sd) − mean·Φ(−mean/sd)
 * </pre>
 *
 * <p>Both take the other sign of the mean where a lower value is better. The expected loss is what choosing the treatment costs on
 * average if it is worse than the control, as a fraction of the control mean.
 *
 * <p>Assumptions: the relative effect is close to normal, which needs a control mean far from zero.
 *
 * <p>Edge cases: where the relative effect has no interval every number is NaN, for the same reason; a one-sided alternative opens the
 * credible interval on the other side.
 *
 * @param mean expected relative effect
 * @param standardDeviation its uncertainty
 * @param credible interval that holds the relative effect with probability 1 − alpha
 * @param chanceToBeat probability that the treatment is better than the control
 * @param expectedLoss expected relative loss of choosing the treatment, 0 or more
 * @param reason why the numbers are undefined; empty if they are defined
 * @see <a href="https://doi.org/10.1201/b16018">Gelman et al. 2013, Bayesian Data Analysis, section 2.5, doi:10.1201/b16018</a>
 * @see <a href="https://doi.org/10.1145/2740908.2742563">Deng 2015, doi:10.1145/2740908.2742563</a>
 */
public record Posterior(
        double mean,
        double standardDeviation,
        Interval credible,
        double chanceToBeat,
        double expectedLoss,
        Optional<Reason> reason) {

    /** Which values of a metric are better. */
    public enum Better {
        /** More is better. */
        HIGHER,
        /** Less is better. */
        LOWER
    }

    /**
     * The posterior of a comparison's relative effect.
     *
     * @param comparison of control and treatment; its alpha and alternative are those of the credible interval
     * @param prior what was believed before
     * @param better which way is better
     * @return the posterior; undefined parts are NaN with a reason
     */
    public static Posterior of(Comparison comparison, Prior prior, Better better) {
        Effect relative = comparison.relative();
        if (relative.reason().isPresent()) {
            return new Posterior(Double.NaN, Double.NaN, Interval.UNDEFINED, Double.NaN, Double.NaN, relative.reason());
        }
        double noise = relative.standardError() / prior.standardDeviation();
        double weight = 1 / (1 + noise * noise);
        double mean = prior.mean() + weight * (relative.value() - prior.mean());
        double standardDeviation = relative.standardError() * Math.sqrt(weight);
        Inference inference = comparison.inference();
        double halfWidth = ReferenceDistribution.normal().criticalValue(inference) * standardDeviation;
        double gain = better == Better.HIGHER ? mean : -mean;
        double worse = ReferenceDistribution.normal().pValue(gain / standardDeviation, Alternative.GREATER);
        return new Posterior(
                mean,
                standardDeviation,
                Interval.around(mean, halfWidth, inference.alternative()),
                ReferenceDistribution.normal().pValue(gain / standardDeviation, Alternative.LESS),
                Math.max(0, standardDeviation * density(gain / standardDeviation) - gain * worse),
                Optional.empty());
    }

    private static double density(double standardized) {
        return ReferenceDistribution.normal().distribution().density(standardized);
    }
}
