package io.plumbline.statistics;

import java.util.List;

/**
 * The adjustment that {@link Cuped} makes to each group: the covariates as linear forms, their coefficients, and their means over all
 * groups.
 */
final class CovariateAdjustment {

    private static final int NUMERATOR = 0;
    private static final int DENOMINATOR = 1;

    private final CoMoments allUnits;
    private final List<LinearForm> covariates;
    private final double[] coefficients;

    private CovariateAdjustment(CoMoments allUnits, List<LinearForm> covariates, double[] coefficients) {
        this.allUnits = allUnits;
        this.covariates = covariates;
        this.coefficients = coefficients;
    }

    /** Finds the coefficients over at least one group, all of them with a variance. */
    static CovariateAdjustment of(List<CoMoments> groups, List<Covariate> covariates) {
        CoMoments allUnits =
                groups.stream().reduce(CoMoments.empty(groups.get(0).dimensions()), CoMoments::merge);
        List<LinearForm> forms =
                covariates.stream().map(covariate -> covariate.over(allUnits)).toList();
        double[][] products = new double[forms.size()][forms.size()];
        double[] cross = new double[forms.size()];
        for (CoMoments group : groups) {
            LinearForm outcome = LinearForm.ratio(NUMERATOR, DENOMINATOR, group);
            for (int i = 0; i < forms.size(); i++) {
                cross[i] += forms.get(i).product(outcome, group);
                for (int j = 0; j <= i; j++) {
                    products[i][j] += forms.get(i).product(forms.get(j), group);
                    products[j][i] = products[i][j];
                }
            }
        }
        return new CovariateAdjustment(allUnits, forms, new CovariateRegression(products, cross).coefficients());
    }

    /** One for each covariate; NaN for those dropped. */
    double[] coefficients() {
        return coefficients.clone();
    }

    /** The group with and without adjustment; a group without a variance stays as it is. */
    AdjustedEstimate adjust(GroupCovariates group) {
        Estimate unadjusted = group.outcome();
        if (unadjusted.reason().isPresent()) {
            return AdjustedEstimate.unadjusted(unadjusted);
        }
        CoMoments units = group.moments();
        LinearForm outcome = LinearForm.ratio(NUMERATOR, DENOMINATOR, units);
        LinearForm remainder = outcome;
        double mean = unadjusted.mean();
        for (int i = 0; i < coefficients.length; i++) {
            if (Double.isFinite(coefficients[i])) {
                LinearForm covariate = covariates.get(i);
                remainder = remainder.minus(coefficients[i], covariate);
                mean -= coefficients[i] * (covariate.mean(units) - covariate.mean(allUnits));
            }
        }
        double degreesOfFreedom = units.n() - 1.0;
        return new AdjustedEstimate(
                Estimate.of(units.n(), mean, remainder.squares(units) / degreesOfFreedom),
                unadjusted,
                remainder.product(outcome, units) / degreesOfFreedom);
    }
}
