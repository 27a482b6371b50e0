package io.plumbline.unittotal;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.FunnelRule;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A {@link FunnelRule} in microseconds. Travels to the executors, which definitions cannot.
 *
 * @param withins by step: the longest time after the previous canonical time, {@link #NONE} for no limit
 * @param window the longest time from the start to any step, {@link #NONE} for no limit
 */
record FunnelLimits(
        List<Long> withins,
        long window,
        FunnelRule.Order order,
        FunnelRule.Start start,
        FunnelRule.Attempts attempts,
        FunnelRule.Counted counted,
        CohortWindow.Maturity maturity)
        implements Serializable {

    /** In place of a limit. */
    static final long NONE = Long.MAX_VALUE;

    static FunnelLimits of(FunnelRule rule) {
        return new FunnelLimits(
                rule.withins().stream().map(FunnelLimits::micros).toList(),
                micros(rule.window()),
                rule.order(),
                rule.start(),
                rule.attempts(),
                rule.counted(),
                rule.maturity());
    }

    int steps() {
        return withins.size();
    }

    boolean isFromExposure() {
        return start == FunnelRule.Start.EXPOSURE;
    }

    /** The last time that a limit counted from another time allows. */
    static long after(long time, long limit) {
        return limit == NONE ? Long.MAX_VALUE : time + limit;
    }

    private static long micros(Optional<Duration> limit) {
        return limit.map(duration -> duration.toSeconds() * 1_000_000).orElse(NONE);
    }
}
