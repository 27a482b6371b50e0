package io.plumbline.statistics;

import java.util.Optional;

/**
 * What a treatment does to the total of a metric: as it runs, and projected to everybody.
 *
 * <pre>
 * I = (meanT − meanC)·N_t / days, N_t = treated units      var(I) = (N_t / days)²·var(meanT − meanC)
 * relative = I / |T − I|, T = daily total                  var = T²/(T − I)⁴·var(I)
 * projected = daily / treated share                        projected relative = relative / treated share
 * </pre>
 *
 * <p>T − I is the daily total had nobody the treatment. The intervals take the critical value of the comparison.
 *
 * <p>Assumptions: the metric's mean is a sum over units divided by their number (or a ratio of sums); the daily total is known exactly;
 * the effect on units outside the experiment is that on those inside, and units do not influence each other.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>an absolute effect without interval: the values are defined if the effect is, the intervals NaN for the same reason;
 *   <li>no treated units: NaN, {@link Reason#NO_UNITS}; a number of them that is negative or not finite: {@link Reason#NOT_FINITE};
 *   <li>a daily total of zero, or of exactly I: both relative effects are NaN, {@link Reason#ZERO_DENOMINATOR};
 *   <li>a daily total that is not finite: both relative effects are NaN, {@link Reason#NOT_FINITE}.
 * </ul>
 *
 * @param daily impact per day on the total
 * @param relative the same as a fraction of the total without the treatment
 * @param projectedDaily impact per day if everybody had the treatment
 * @param projectedRelative the same as a fraction of the total without the treatment
 */
public record TopLineImpact(Effect daily, Effect relative, Effect projectedDaily, Effect projectedRelative) {

    /**
     * The impact of a treatment.
     *
     * @param comparison of control and treatment
     * @param topLine the total that they are part of
     * @return the impact; undefined parts are NaN with a reason
     */
    public static TopLineImpact of(Comparison comparison, TopLine topLine) {
        double factor = topLine.treatedUnits() / topLine.days();
        if (!(factor > 0) || Double.isInfinite(factor)) {
            Reason reason = factor == 0 ? Reason.NO_UNITS : Reason.NOT_FINITE;
            Effect none = Effect.withoutInterval(Double.NaN, Double.NaN, reason);
            return new TopLineImpact(none, none, none, none);
        }
        Effect daily = comparison.absolute().times(factor);
        Effect relative = relative(daily, topLine.dailyTotal(), comparison);
        double projection = 1 / topLine.treatedShare();
        return new TopLineImpact(daily, relative, daily.times(projection), relative.times(projection));
    }

    private static Effect relative(Effect daily, double total, Comparison comparison) {
        if (!Double.isFinite(total)) {
            return Effect.withoutInterval(Double.NaN, Double.NaN, Reason.NOT_FINITE);
        }
        double without = Math.abs(total - daily.value());
        if (total == 0 || without == 0) {
            return Effect.withoutInterval(Double.NaN, Double.NaN, Reason.ZERO_DENOMINATOR);
        }
        double value = daily.value() / without;
        if (daily.reason().isPresent()) {
            return Effect.withoutInterval(value, Double.NaN, daily.reason().get());
        }
        double standardError = Math.abs(total) / without * (daily.standardError() / without);
        Interval interval = Interval.around(
                value,
                comparison.criticalValue() * standardError,
                comparison.inference().alternative());
        return new Effect(value, standardError, interval, Optional.empty());
    }
}
