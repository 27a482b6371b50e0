package io.plumbline.statistics;

import java.util.Optional;

/**
 * A comparison that may be looked at every day and stopped at any of them: its intervals cover the truth at all looks together with
 * probability 1 − alpha, and its p-value falls below alpha at any look with probability alpha at most if there is no effect.
 *
 * <pre>
 * absolute = Δ ± bound·se      relative by Fieller's theorem or the delta method with the same bound
 * bound² = (1 + 1/r)·(ln(1 + r) − 2·ln(alpha))      r = r*·n / planned      r* − ln(1 + r*) = −2·ln(alpha)
 * p = min(1, √(1 + r)·exp(−(Δ/se)²·r/(2 + 2r)))
 * </pre>
 *
 * <p>n is the number of units of both groups. The scale of the mixture is fixed by the planned number, once for all looks, and not by the
 * units at hand; at alpha = 0.05 the interval is 3.04 standard errors to a side at the planned number, 3.64 at an eighth of it, and 3.16 at
 * five times as many. A one-sided alternative takes ln(1 + √(1 + r)/(2·alpha)) in place of half the logarithms.
 *
 * <p>Assumptions: the planned number and alpha are set before the data are seen; every unit's value is final when it is counted, or at
 * least the difference moves like a mean of ever more units; the first look has enough units (100 a group) for the normal
 * approximation, which is asymptotic.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>where the comparison has no interval, there is none here for the same reason, and the p-value is NaN;
 *   <li>more units than planned: still valid;
 *   <li>a p-value is that of one look; the smallest p-value of all looks so far is valid as well.
 * </ul>
 *
 * @param absolute the difference of the means
 * @param relative the difference as a fraction of the absolute control mean
 * @param criticalValue the bound, in standard errors; NaN if there is no interval
 * @param pValue p-value of the absolute effect
 * @see <a href="https://doi.org/10.1214/24-AOS2408">Waudby-Smith et al. 2024, doi:10.1214/24-AOS2408</a>
 * @see <a href="https://doi.org/10.1214/20-AOS1991">Howard et al. 2021, doi:10.1214/20-AOS1991</a>
 * @see <a href="https://doi.org/10.1287/opre.2021.2135">Johari et al. 2022, doi:10.1287/opre.2021.2135</a>
 */
public record AlwaysValidComparison(Effect absolute, Effect relative, double criticalValue, double pValue) {

    /**
     * The always-valid form of a comparison.
     *
     * @param comparison of control and treatment; its alpha and alternative are those of the sequence
     * @param plannedUnits number of units of both groups together at which the interval is to be narrowest, the same at every look
     * @return intervals and p-value
     * @throws IllegalArgumentException if {@code plannedUnits} is below 1
     */
    public static AlwaysValidComparison of(Comparison comparison, long plannedUnits) {
        if (plannedUnits < 1) {
            throw new IllegalArgumentException("planned number of units is " + plannedUnits + ": give 1 or more");
        }
        Optional<Reason> reason = comparison.absolute().reason();
        if (reason.isPresent()) {
            return new AlwaysValidComparison(comparison.absolute(), comparison.relative(), Double.NaN, Double.NaN);
        }
        Inference inference = comparison.inference();
        Estimate treatment = comparison.treatment().adjusted();
        double units = (double) comparison.control().adjusted().n() + (double) treatment.n();
        ConfidenceSequence sequence = ConfidenceSequence.at(units, (double) plannedUnits, inference.alpha());
        double bound = sequence.bound(inference.alpha(), inference.alternative());
        Effect fixed = comparison.absolute();
        Interval interval = Interval.around(fixed.value(), bound * fixed.standardError(), inference.alternative());
        return new AlwaysValidComparison(
                new Effect(fixed.value(), fixed.standardError(), interval, Optional.empty()),
                RelativeEffects.of(comparison.control(), treatment, bound, inference),
                bound,
                sequence.pValue(comparison.statistic(), inference.alternative()));
    }

    /**
     * Whether the interval excludes 0 at this look, on a side that the alternative looks for.
     *
     * @return false if it is undefined
     */
    public boolean significant() {
        return !absolute.interval().contains(0) && absolute.reason().isEmpty();
    }
}
