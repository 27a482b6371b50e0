package io.plumbline.unittotal;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.FunnelRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Funnels as the specification words them, sentence by sentence, without any search or sorting: the first row of a step is
 * the smallest among all that qualify.
 */
final class BruteForceFunnel {

    private final FunnelRule rule;
    private final List<FunnelMoment> rows;
    private final FunnelSpan span;

    private record Attempt(List<Long> canonical) {
        long start() {
            return canonical.get(0);
        }
    }

    private BruteForceFunnel(FunnelRule rule, List<FunnelMoment> rows, FunnelSpan span) {
        this.rule = rule;
        this.rows = rows;
        this.span = span;
    }

    static Optional<double[]> of(FunnelRule rule, List<FunnelMoment> rows, FunnelSpan span) {
        BruteForceFunnel funnel = new BruteForceFunnel(rule, rows, span);
        boolean exposure = rule.start() == FunnelRule.Start.EXPOSURE;
        boolean matured = rule.maturity() == CohortWindow.Maturity.ANY
                || !exposure
                || span.exposedAt() + funnel.windowMicros() <= span.dataEnd();
        List<Attempt> attempts = new ArrayList<>();
        for (Object session : rows.stream()
                .map(row -> String.valueOf(row.session()))
                .distinct()
                .toList()) {
            funnel.best(funnel.attempts(String.valueOf(session))).ifPresent(attempts::add);
        }
        if (rule.counted() == FunnelRule.Counted.UNITS) {
            attempts = new ArrayList<>(funnel.best(attempts).stream().toList());
        }
        return !matured || (attempts.isEmpty() && !exposure) ? Optional.empty() : Optional.of(funnel.numbers(attempts));
    }

    private double[] numbers(List<Attempt> attempts) {
        double[] numbers = new double[rule.steps() + 1];
        for (int step = 1; step <= rule.steps(); step++) {
            int completed = step;
            numbers[step - 1] = attempts.stream()
                    .filter(attempt -> attempt.canonical().size() >= completed)
                    .count();
        }
        numbers[rule.steps()] = attempts.stream()
                        .filter(attempt -> attempt.canonical().size() == rule.steps())
                        .mapToLong(this::elapsed)
                        .sum()
                / 1e6;
        return numbers;
    }

    private long elapsed(Attempt attempt) {
        long last = attempt.canonical().stream().max(Comparator.naturalOrder()).orElseThrow();
        long first = attempt.canonical().stream().min(Comparator.naturalOrder()).orElseThrow();
        return last - (rule.start() == FunnelRule.Start.EXPOSURE ? span.exposedAt() : first);
    }

    private Optional<Attempt> best(List<Attempt> attempts) {
        return attempts.stream()
                .min(Comparator.comparing(
                                (Attempt attempt) -> -attempt.canonical().size())
                        .thenComparing(Attempt::start)
                        .thenComparing(attempt -> attempt.canonical().size() == rule.steps() ? elapsed(attempt) : 0));
    }

    /** The attempts of a session: one for the first row of step 1, or one for each. */
    private List<Attempt> attempts(String session) {
        List<Long> starts = times(session, 1)
                .filter(at -> at >= span.startsFrom() && at < span.startsBefore())
                .filter(this::startKeepsLimits)
                .distinct()
                .toList();
        return starts.stream()
                .filter(at -> rule.attempts() == FunnelRule.Attempts.BEST
                        || starts.stream().noneMatch(other -> other < at))
                .map(at -> attempt(session, at))
                .toList();
    }

    private boolean startKeepsLimits(long at) {
        if (rule.start() == FunnelRule.Start.FIRST_STEP) {
            return rule.maturity() == CohortWindow.Maturity.ANY || at + windowMicros() <= span.dataEnd();
        }
        return at - span.exposedAt() <= windowMicros() && at - span.exposedAt() <= within(1);
    }

    private Attempt attempt(String session, long start) {
        List<Long> canonical = new ArrayList<>(List.of(start));
        long zero = rule.start() == FunnelRule.Start.EXPOSURE ? span.exposedAt() : start;
        for (int step = 2; step <= rule.steps(); step++) {
            long previous = canonical.get(canonical.size() - 1);
            Optional<Long> next = times(session, step)
                    .filter(at -> switch (rule.order()) {
                        case ORDERED -> at >= previous;
                        case STRICT -> at > previous;
                        case UNORDERED -> rule.start() == FunnelRule.Start.EXPOSURE || start - at <= windowMicros();
                    })
                    .min(Comparator.naturalOrder());
            if (next.isEmpty() || next.get() - zero > windowMicros() || next.get() - previous > within(step)) {
                break;
            }
            canonical.add(next.get());
        }
        return new Attempt(canonical);
    }

    private Stream<Long> times(String session, int step) {
        return rows.stream()
                .filter(row -> Objects.equals(String.valueOf(row.session()), session) && row.has(step))
                .map(FunnelMoment::at);
    }

    private long within(int step) {
        return rule.withins()
                .get(step - 1)
                .map(limit -> limit.toSeconds() * 1_000_000)
                .orElse(Long.MAX_VALUE / 4);
    }

    private long windowMicros() {
        return rule.window().map(window -> window.toSeconds() * 1_000_000).orElse(Long.MAX_VALUE / 4);
    }
}
