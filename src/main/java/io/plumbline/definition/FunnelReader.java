package io.plumbline.definition;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.FunnelRule;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricInfo;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.Selection;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a funnel, and checks what its keys say together. */
final class FunnelReader {

    private static final String FIRST_STEP = "first_step";
    private static final String SOURCE = "source";
    private static final String WITHIN = "within";

    private final Checker checker;
    private final FilterReader filters;
    private final Map<String, MetricSource> sources;

    FunnelReader(Checker checker, FilterReader filters, Map<String, MetricSource> sources) {
        this.checker = checker;
        this.filters = filters;
        this.sources = sources;
    }

    /** The funnel; empty, with problems reported, when its options contradict each other. */
    Optional<Metric> read(Fields metric, MetricInfo about, CohortWindow rows) {
        List<Fields> steps = metric.each("steps");
        boolean sound = steps(metric, steps);
        sound &= options(metric);
        if (!sound) {
            return Optional.empty();
        }
        List<FunnelMetric.Step> read = steps.stream()
                .map(step -> new FunnelMetric.Step(
                        step.text("name"), new Selection(step.text("source"), filters.filters(step, "filters"))))
                .toList();
        return Optional.of(new FunnelMetric(about, read, rule(metric, steps), rows));
    }

    private FunnelRule rule(Fields metric, List<Fields> steps) {
        return new FunnelRule(
                steps.stream()
                        .map(step -> step.optional(WITHIN).map(Literals::duration))
                        .toList(),
                FunnelRule.Order.valueOf(word(metric, "order", "ordered")),
                window(metric),
                FunnelRule.Start.valueOf(word(metric, "start", FIRST_STEP)),
                FunnelRule.Attempts.valueOf(word(metric, "attempts", "first")),
                metric.optional("session").map(column -> "`" + column.replace("`", "``") + "`"),
                FunnelRule.Counted.valueOf(word(metric, "count", "units")),
                metric.flag("only_matured") ? CohortWindow.Maturity.ONLY_MATURED : CohortWindow.Maturity.ANY);
    }

    private boolean steps(Fields metric, List<Fields> steps) {
        boolean fromExposure = isFromExposure(metric);
        int least = fromExposure ? 1 : 2;
        if (steps.size() < least) {
            String remedy = fromExposure ? "" : "; a funnel of one step needs 'start: exposure'";
            return checker.problem(
                    metric.place("steps"), "steps", "expected at least " + least + ", found " + steps.size() + remedy);
        }
        if (steps.size() > FunnelRule.MOST_STEPS) {
            return checker.problem(
                    metric.place("steps"),
                    "steps",
                    "expected at most " + FunnelRule.MOST_STEPS + ", found " + steps.size());
        }
        boolean sound = names(steps);
        sound &= sources(steps);
        if (!fromExposure && steps.get(0).has(WITHIN)) {
            sound = checker.problem(
                    steps.get(0).place(WITHIN),
                    WITHIN,
                    "the first step has no step before it; remove it, or add 'start: exposure'");
        }
        return sound;
    }

    private boolean names(List<Fields> steps) {
        Set<String> seen = new HashSet<>();
        boolean sound = true;
        for (Fields step : steps) {
            String name = step.text("name");
            if (name.equals(FunnelMetric.SECONDS_TO_CONVERT)) {
                sound = checker.problem(
                        step.place("name"), "name", Wording.quoted(name) + " is what results call the time to convert");
            } else if (!seen.add(name)) {
                sound = checker.problem(
                        step.place("name"), "name", Wording.quoted(name) + " is the name of an earlier step");
            }
        }
        return sound;
    }

    /** All steps must be of the same units, and know the time of day or not alike: else they cannot be put in order. */
    private boolean sources(List<Fields> steps) {
        Optional<MetricSource> first = source(steps.get(0));
        boolean sound = true;
        for (Fields step : steps) {
            Optional<MetricSource> other = source(step);
            if (first.isPresent() && other.isPresent()) {
                sound &= fits(step, first.get(), other.get());
            }
        }
        return sound;
    }

    private boolean fits(Fields step, MetricSource first, MetricSource other) {
        if (Collections.disjoint(first.units().keySet(), other.units().keySet())) {
            return checker.problem(
                    step.place(SOURCE),
                    SOURCE,
                    "metric source '" + other.name() + "' lacks the units of the first step's; it has "
                            + String.join(", ", other.units().keySet()) + ", not "
                            + String.join(", ", first.units().keySet()));
        }
        if (first.time().precision() != other.time().precision()) {
            return checker.problem(
                    step.place(SOURCE),
                    SOURCE,
                    "metric sources '" + first.name() + "' and '" + other.name()
                            + "' cannot be put in order; only one of them knows the time of day");
        }
        return true;
    }

    private Optional<MetricSource> source(Fields step) {
        return Optional.ofNullable(sources.get(step.text(SOURCE)));
    }

    private boolean options(Fields metric) {
        boolean sound = true;
        if (metric.flag("only_matured") && !metric.given("window")) {
            sound = checker.problem(
                    metric.place("only_matured"), "only_matured", "needs a window that can elapse; give 'window'");
        }
        if (word(metric, "count", "units").equals("SESSIONS")) {
            if (!metric.given("session")) {
                sound = checker.problem(metric.place("count"), "count", "sessions need their column; give 'session'");
            }
            if (isFromExposure(metric)) {
                sound = checker.problem(
                        metric.place("count"),
                        "count",
                        "sessions have no exposure; remove 'start: exposure', or count units");
            }
        }
        return sound && (window(metric).isPresent() || !metric.given("window"));
    }

    private static boolean isFromExposure(Fields metric) {
        return word(metric, "start", FIRST_STEP).equals("EXPOSURE");
    }

    private static Optional<Duration> window(Fields metric) {
        return metric.optional("window").map(Literals::duration);
    }

    private static String word(Fields metric, String key, String otherwise) {
        return metric.optional(key).orElse(otherwise).toUpperCase(Locale.ROOT);
    }
}
