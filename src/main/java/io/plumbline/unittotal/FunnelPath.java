package io.plumbline.unittotal;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.FunnelRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far a unit gets in a funnel, as {@link FunnelRule} says. Knows no engine: times in, numbers out; neither the order nor
 * the number of repetitions of moments matters.
 *
 * <p>An attempt begins at a row of step 1 and is followed from canonical time to canonical time, each found by binary
 * search: n · log m for an attempt among m moments. Only with {@link FunnelRule.Attempts#BEST} there are several of one
 * session.
 */
public final class FunnelPath {

    private static final double MICROS_PER_SECOND = 1e6;

    /** What one attempt came to: steps completed, and time from start to the last step if it is complete. */
    private record Attempt(long startedAt, int completed, long elapsed) {
        /** Furthest first, then earliest; the rest only makes the choice independent of the order of sessions. */
        static final Comparator<Attempt> BEST = Comparator.comparingInt(Attempt::completed)
                .reversed()
                .thenComparingLong(Attempt::startedAt)
                .thenComparingLong(Attempt::elapsed);
    }

    private final FunnelLimits rule;
    private final FunnelSpan span;
    private final int steps;

    private FunnelPath(FunnelLimits rule, FunnelSpan span) {
        this.rule = rule;
        this.span = span;
        this.steps = rule.steps();
    }

    /**
     * The unit's numbers: at index k − 1 how often it completed steps 1 to k (0 or 1; with sessions counted, the number of
     * sessions), at index n the seconds from start to completion of all that were completed, added up.
     *
     * @return empty if the unit does not count: it never started, or its window from exposure has not elapsed
     */
    public static Optional<double[]> of(FunnelRule rule, Collection<FunnelMoment> moments, FunnelSpan span) {
        return of(FunnelLimits.of(rule), moments, span);
    }

    static Optional<double[]> of(FunnelLimits rule, Collection<FunnelMoment> moments, FunnelSpan span) {
        FunnelPath path = new FunnelPath(rule, span);
        if (rule.isFromExposure() && !path.isMatured(span.exposedAt())) {
            return Optional.empty();
        }
        Map<String, List<FunnelMoment>> bySession = new HashMap<>();
        moments.forEach(moment -> bySession
                .computeIfAbsent(String.valueOf(moment.session()), session -> new ArrayList<>())
                .add(moment));
        Stream<Attempt> sessions = bySession.values().stream().flatMap(ofOne -> path.attempt(ofOne).stream());
        Stream<Attempt> counted =
                rule.counted() == FunnelRule.Counted.SESSIONS ? sessions : sessions.min(Attempt.BEST).stream();
        List<Attempt> attempts = counted.toList();
        return attempts.isEmpty() && !rule.isFromExposure() ? Optional.empty() : Optional.of(path.numbers(attempts));
    }

    private double[] numbers(List<Attempt> attempts) {
        double[] numbers = new double[steps + 1];
        long elapsed = 0;
        for (Attempt attempt : attempts) {
            for (int step = 0; step < attempt.completed(); step++) {
                numbers[step]++;
            }
            elapsed += attempt.elapsed();
        }
        numbers[steps] = elapsed / MICROS_PER_SECOND;
        return numbers;
    }

    /** The attempt of one session, or of all rows where there are none; empty if it never started. */
    private Optional<Attempt> attempt(List<FunnelMoment> moments) {
        long[][] times = IntStream.rangeClosed(1, steps)
                .mapToObj(step -> moments.stream()
                        .filter(moment -> moment.has(step))
                        .mapToLong(FunnelMoment::at)
                        .sorted()
                        .distinct()
                        .toArray())
                .toArray(long[][]::new);
        var starts = Arrays.stream(times[0]).filter(this::mayStart);
        if (rule.attempts() == FunnelRule.Attempts.FIRST) {
            starts = starts.limit(1);
        }
        return starts.mapToObj(start -> follow(start, times)).min(Attempt.BEST);
    }

    private boolean mayStart(long at) {
        if (at < span.startsFrom() || at >= span.startsBefore()) {
            return false;
        }
        if (!rule.isFromExposure()) {
            return isMatured(at);
        }
        return at <= FunnelLimits.after(span.exposedAt(), rule.window())
                && at <= FunnelLimits.after(span.exposedAt(), rule.withins().get(0));
    }

    private Attempt follow(long start, long[][] times) {
        long windowEnd = FunnelLimits.after(rule.isFromExposure() ? span.exposedAt() : start, rule.window());
        long first = start;
        long last = start;
        long previous = start;
        for (int step = 1; step < steps; step++) {
            int found = indexFrom(times[step], earliest(start, previous));
            if (found == times[step].length) {
                return new Attempt(start, step, 0);
            }
            long at = times[step][found];
            if (at > windowEnd
                    || at > FunnelLimits.after(previous, rule.withins().get(step))) {
                return new Attempt(start, step, 0);
            }
            first = Math.min(first, at);
            last = Math.max(last, at);
            previous = at;
        }
        return new Attempt(start, steps, last - (rule.isFromExposure() ? span.exposedAt() : first));
    }

    /** The earliest time that a step may have. */
    private long earliest(long start, long previous) {
        return switch (rule.order()) {
            case ORDERED -> previous;
            case STRICT -> previous + 1;
            case UNORDERED ->
                rule.isFromExposure() || rule.window() == FunnelLimits.NONE ? Long.MIN_VALUE : start - rule.window();
        };
    }

    private boolean isMatured(long windowStart) {
        return rule.maturity() == CohortWindow.Maturity.ANY
                || FunnelLimits.after(windowStart, rule.window()) <= span.dataEnd();
    }

    /** The index of the first time that is not before another; the length if there is none. */
    private static int indexFrom(long[] sorted, long time) {
        int found = Arrays.binarySearch(sorted, time);
        return found < 0 ? -found - 1 : found;
    }
}
