package io.plumbline.analysis;

import io.plumbline.statistics.AdjustedEstimate;
import io.plumbline.statistics.Cuped;
import io.plumbline.summary.Bounds;
import io.plumbline.summary.GroupSummary;
import java.util.Optional;

/**
 * A metric in a group, and how it compares with the control.
 *
 * @param key what the result is about
 * @param estimate the group's mean, ratio or percentile and how precisely it is known, with and without covariates; its n is
 *     the number of units that count
 * @param totals Σ numerator and Σ denominator; of a percentile the number of its rows and of its units
 * @param bounds winsorization bounds of the numerator
 * @param winsorizedUnits units of which a value was limited
 * @param inferred what is concluded from the comparison with the control; empty for the control itself
 * @param controlMean mean of the control without covariates; NaN where it has none
 * @param alpha probability of a false alarm that is accepted
 * @param cuped how the estimates of all groups were adjusted, or why they were not; empty for a metric without covariates
 * @param reason why a number is missing; empty if none is
 */
public record Result(
        ResultKey key,
        AdjustedEstimate estimate,
        GroupSummary.Totals totals,
        Bounds bounds,
        long winsorizedUnits,
        Optional<Inferred> inferred,
        double controlMean,
        double alpha,
        Optional<Cuped> cuped,
        Optional<String> reason) {}
