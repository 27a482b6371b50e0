package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.FunnelRule;
import io.plumbline.metric.Rollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a funnel is, in words. */
final class FunnelText {

    private FunnelText() {}

    /** The conditions of the steps, and the session, of a component. */
    static String steps(Component component) {
        String steps = component.conditions().stream()
                .map(filters -> filters.isEmpty() ? "all rows" : String.join(" AND ", FilterSql.conditions(filters)))
                .map(condition -> condition.equals("(false)") ? "-" : condition)
                .collect(Collectors.joining("; "));
        return " [" + steps + "]"
                + component.value().map(session -> " per " + session).orElse("");
    }

    /** A step by its name, source and rows, one line for each. */
    static List<String> steps(FunnelMetric funnel) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < funnel.steps().size(); i++) {
            FunnelMetric.Step step = funnel.steps().get(i);
            List<String> conditions = FilterSql.conditions(step.rows().filters());
            lines.add((i + 1) + ". " + step.name() + ": rows of " + step.rows().source() + " where "
                    + (conditions.isEmpty() ? "all rows" : String.join(" AND ", conditions))
                    + within(i, funnel.rule()));
        }
        return lines;
    }

    private static String within(int index, FunnelRule rule) {
        Optional<Duration> within = rule.withins().get(index);
        String since = index == 0 ? "exposure" : "the step before";
        return within.map(limit -> ", at most " + SqlText.elapsed(limit) + " after " + since)
                .orElse("");
    }

    /** How the steps hang together. */
    static List<String> rule(FunnelRule rule) {
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (rule.order()) {
                    case ORDERED -> "each step is the first row at or after the step before";
                    case STRICT -> "each step is the first row after the step before, not at the same time";
                    case UNORDERED -> "each step is the first row of all, in any order";
                });
        String start = rule.start() == FunnelRule.Start.EXPOSURE ? "exposure" : "the first step";
        rule.window().ifPresent(window -> lines.add("all steps within " + SqlText.elapsed(window) + " of " + start));
        if (rule.attempts() == FunnelRule.Attempts.BEST) {
            lines.add("every row of the first step begins an attempt; the one that gets furthest counts");
        }
        rule.session()
                .ifPresent(session -> lines.add("all steps in one session, by " + session
                        + (rule.counted() == FunnelRule.Counted.SESSIONS
                                ? "; every session counts"
                                : "; the session that gets furthest counts")));
        if (rule.maturity() == CohortWindow.Maturity.ONLY_MATURED) {
            lines.add("only attempts whose window has elapsed");
        }
        return lines;
    }

    /** A number of a unit. */
    static String part(Rollup.FunnelPart part) {
        if (!part.isCompletion()) {
            return "seconds from start to completion";
        }
        return part.index() == 1 ? "started" : "completed steps 1 to " + part.index();
    }
}
