package io.plumbline.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Controlled experiments using pre-experiment data: the part of the outcome that pre-exposure covariates predict is taken out, so that
 * the same effect is seen with less noise. With several covariates this is linear regression on them.
 *
 * <pre>
 * L_g = (numerator − R_g·denominator)/meanDenominator_g, the linearised outcome of group g       R_g = Σnumerator/Σdenominator
 * θ   = S⁻¹·b, S and b the products of covariates with covariates and with L_g, each group around its own means, added up over groups
 * adjusted mean_g     = R_g − Σ θ_j·(X̄_jg − E[X_j])      E[X_j] = mean over the units of all groups
 * adjusted variance_g = variance of L_g − Σ θ_j·X_j      covariance_g = its covariance with L_g
 * </pre>
 *
 * <p>With a mean, one covariate and two groups θ = cov(Y, X)/var(X), and the difference of the adjusted means is the coefficient of the
 * group in a regression of the outcome on group and covariates. For a ratio with a ratio as covariate the adjusted mean agrees with
 * R_g − θ·(Q_g − Q) to first order; the linear form has expectation zero whatever the sizes of the groups.
 *
 * <p>Assumptions: covariates are from before the exposure of each unit, so that the treatment cannot move them; there are many more units
 * than covariates, so that θ costs no degrees of freedom worth counting.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>groups without a variance take no part in θ and E[X]; their estimates stay unadjusted;
 *   <li>covariates that do not vary, depend on those before them, or are ratios of denominators that add up to zero are dropped;
 *   <li>100 units or fewer, or 5 % of the units or fewer, with pre-exposure data: not applied, {@link Decision#TOO_LITTLE_DATA};
 *   <li>no covariate left, or no smaller sum of the variances of the group means: not applied, {@link Decision#NO_REDUCTION}.
 * </ul>
 *
 * @param decision whether the groups are adjusted, and if not, why
 * @param coefficients θ, one for each covariate; NaN for those dropped
 * @param varianceReduction 1 − Σ adjusted var(mean_g) / Σ var(mean_g), for two groups the share of the variance of the difference that the
 *     adjustment takes away or, where it is not applied, would take away; NaN without a usable covariate
 * @param groups the groups in the order they came; not adjusted unless the decision is {@link Decision#APPLIED}
 * @see <a href="https://doi.org/10.1145/2433396.2433413">Deng, Xu, Kohavi, Walker 2013, doi:10.1145/2433396.2433413</a>
 * @see <a href="https://doi.org/10.1214/12-AOAS583">Lin 2013, doi:10.1214/12-AOAS583</a>
 * @see <a href="https://doi.org/10.1145/2939672.2939688">Poyarkov et al. 2016, doi:10.1145/2939672.2939688</a>
 */
public record Cuped(
        Decision decision, List<Double> coefficients, double varianceReduction, List<AdjustedEstimate> groups) {

    private static final long MORE_UNITS_THAN = 100;
    private static final double LARGER_SHARE_THAN = 0.05;

    /** Whether the covariates are used. */
    public enum Decision {
        /** The estimates are adjusted. */
        APPLIED,
        /** Too few units have pre-exposure data. */
        TOO_LITTLE_DATA,
        /** The covariates do not make the estimates more precise. */
        NO_REDUCTION
    }

    /** Copies the lists. */
    public Cuped {
        coefficients = List.copyOf(coefficients);
        groups = List.copyOf(groups);
    }

    /**
     * Adjusts the groups of an experiment, or leaves all of them as they are.
     *
     * @param groups control and treatments, all over the same columns
     * @param covariates which of the columns are covariates, in order of preference
     * @return the estimates and the decision
     * @throws IllegalArgumentException if the groups differ in their number of columns
     */
    public static Cuped of(List<GroupCovariates> groups, List<Covariate> covariates) {
        List<Estimate> outcomes = groups.stream().map(GroupCovariates::outcome).toList();
        List<CoMoments> complete = groups.stream()
                .filter(group -> group.outcome().reason().isEmpty())
                .map(GroupCovariates::moments)
                .toList();
        double[] coefficients = new double[covariates.size()];
        Arrays.fill(coefficients, Double.NaN);
        List<AdjustedEstimate> plain =
                outcomes.stream().map(AdjustedEstimate::unadjusted).toList();
        List<AdjustedEstimate> adjusted = plain;
        if (!complete.isEmpty()) {
            CovariateAdjustment adjustment = CovariateAdjustment.of(complete, covariates);
            coefficients = adjustment.coefficients();
            adjusted = groups.stream().map(adjustment::adjust).toList();
        }
        boolean usable = Arrays.stream(coefficients).anyMatch(Double::isFinite);
        double reduction = usable ? reduction(adjusted) : Double.NaN;
        Decision decision = decide(groups, reduction);
        return new Cuped(
                decision,
                DoubleStream.of(coefficients).boxed().toList(),
                reduction,
                decision == Decision.APPLIED ? adjusted : plain);
    }

    /**
     * Whether the groups are adjusted.
     *
     * @return false if their estimates are those without covariates
     */
    public boolean applied() {
        return decision == Decision.APPLIED;
    }

    private static Decision decide(List<GroupCovariates> groups, double reduction) {
        long withData =
                groups.stream().mapToLong(GroupCovariates::unitsWithData).sum();
        long units = groups.stream().mapToLong(group -> group.moments().n()).sum();
        if (withData <= MORE_UNITS_THAN || withData <= LARGER_SHARE_THAN * units) {
            return Decision.TOO_LITTLE_DATA;
        }
        return reduction > 0 ? Decision.APPLIED : Decision.NO_REDUCTION;
    }

    private static double reduction(List<AdjustedEstimate> groups) {
        double before = 0;
        double after = 0;
        for (AdjustedEstimate group : groups) {
            if (group.unadjusted().reason().isEmpty()) {
                before += group.unadjusted().variance() / group.unadjusted().n();
                after += group.adjusted().variance() / group.adjusted().n();
            }
        }
        return 1 - after / before;
    }
}
