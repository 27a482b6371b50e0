package io.plumbline.statistics;

import java.util.Optional;

/**
 * The difference that a treatment makes, absolute or relative, with its interval.
 *
 * <p>Edge cases: the value may be defined while standard error and interval are NaN; the reason then says why the interval is undefined.
 *
 * @param value point estimate
 * @param standardError standard error of the point estimate; for a relative effect by the delta method
 * @param interval interval at 1 − alpha
 * @param reason why value or interval is undefined; empty if both are defined
 */
public record Effect(double value, double standardError, Interval interval, Optional<Reason> reason) {

    /** An effect without interval; the value may be defined. */
    static Effect withoutInterval(double value, double standardError, Reason reason) {
        return new Effect(value, standardError, Interval.UNDEFINED, Optional.of(reason));
    }

    /** This effect in another unit, so many times smaller; the factor is positive. */
    Effect times(double factor) {
        Interval scaled = new Interval(interval.lower() * factor, interval.upper() * factor);
        return new Effect(value * factor, standardError * factor, scaled, reason);
    }
}
