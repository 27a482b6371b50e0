package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.Filter;
import io.plumbline.metric.Logarithm;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a unit value is, in words. */
final class ValueText {

    private ValueText() {}

    /** What a component adds up: {@code rows}, {@code sum of price_usd}. */
    static String aggregate(Component component) {
        return switch (component.aggregate()) {
            case ROWS -> "rows";
            case SUM -> "sum of " + component.value().orElseThrow();
            case SORTED_VALUES -> "values of " + component.value().orElseThrow();
            case VALUES -> "number of values of " + component.value().orElseThrow();
            case MIN -> "least " + component.value().orElseThrow();
            case MAX -> "greatest " + component.value().orElseThrow();
            case FIRST -> "first " + component.value().orElseThrow();
            case LATEST -> "latest " + component.value().orElseThrow();
            case LATEST_RECORD ->
                "whether the latest row passes "
                        + conditions(component.conditions().get(0));
            case DISTINCT -> "number of distinct values of " + component.value().orElseThrow();
            case DISTINCT_SKETCH ->
                "approximate number of distinct values of " + component.value().orElseThrow();
            case STEPS -> "times of steps" + FunnelText.steps(component);
            case FIRST_STEPS -> "first times of steps" + FunnelText.steps(component);
        };
    }

    /** Filters as one condition; {@code all rows} for none. */
    private static String conditions(List<Filter> filters) {
        List<String> conditions = FilterSql.conditions(filters);
        return conditions.isEmpty() ? "all rows" : String.join(" AND ", conditions);
    }

    /** The filters of a component as one condition; {@code all rows} for none. */
    static String filters(Component component) {
        return conditions(component.rows().filters());
    }

    /** What is done to the unit's rows after the filters, in the order in which it is done. */
    static List<String> modifiers(UnitValue value) {
        List<String> steps = new ArrayList<>();
        value.cap().ifPresent(cap -> steps.add("the value of each day limited to " + SqlText.number(cap)));
        window(value.window(), steps);
        remark(value.component()).ifPresent(steps::add);
        if (value.rollup() == Rollup.Plain.ANY) {
            steps.add("1 if there is any row, else 0");
        } else if (value.rollup() == Rollup.Plain.ACTIVE_DAY_SHARE) {
            steps.add("days with a row / days since exposure, the day of exposure included");
        }
        if (value.rollup() instanceof Rollup.Return window) {
            Component completion = value.components().get(1);
            steps.add("days with a row, when there is also a row of " + completion.source() + " where "
                    + filters(completion) + ", " + window.firstDay() + " to " + window.endDays() + " days later");
        } else if (value.rollup() instanceof Rollup.CompleteStarts starts) {
            steps.add("days with a row, when " + starts.endDays() + " days later is over");
        }
        if (value.rollup() instanceof Rollup.FunnelPart part) {
            steps.add(FunnelText.part(part));
        }
        value.threshold().map(ValueText::threshold).ifPresent(steps::add);
        value.winsorization().map(ValueText::winsorization).ifPresent(steps::add);
        value.log()
                .ifPresent(log ->
                        steps.add("logarithm to base " + base(log) + "; units whose total is not above 0 leave"));
        return steps;
    }

    /** What has to be said of an aggregate before its numbers are used. */
    private static Optional<String> remark(Component component) {
        return Optional.ofNullable(
                switch (component.aggregate()) {
                    case FIRST -> "of several values at the first instant the least";
                    case LATEST -> "of several values at the latest instant the greatest";
                    case LATEST_RECORD ->
                        "1 if it passes " + conditions(component.conditions().get(0))
                                + ", of several at one instant any of them, else 0";
                    case DISTINCT_SKETCH -> "counted by a HyperLogLog sketch: relative standard error 1.6 %";
                    case ROWS, SUM, VALUES, SORTED_VALUES, MIN, MAX, DISTINCT, STEPS, FIRST_STEPS -> null;
                });
    }

    private static void window(CohortWindow window, List<String> steps) {
        String from = SqlText.elapsed(window.from());
        if (window.to().isPresent()) {
            steps.add("rows from " + from + " until before "
                    + SqlText.elapsed(window.to().get()) + " after exposure");
        } else if (!window.from().isZero()) {
            steps.add("rows from " + from + " after exposure on");
        }
        if (window.maturity() == CohortWindow.Maturity.ONLY_MATURED) {
            steps.add("only units whose window has ended");
        }
        if (window.bakeDays() > 0) {
            String days = window.bakeDays() == 1 ? "1 day" : window.bakeDays() + " days";
            steps.add("only days at least " + days + " old, and units exposed on one of them");
        }
    }

    private static String base(Logarithm log) {
        return log.base() == Math.E ? "e" : SqlText.number(log.base());
    }

    private static String threshold(Threshold threshold) {
        String limit = SqlText.number(threshold.limit());
        return switch (threshold.kind()) {
            case AT_LEAST -> "1 if the total is " + limit + " or more, else 0";
            case MORE_THAN -> "1 if the total is more than " + limit + ", else 0";
        };
    }

    private static String winsorization(Winsorization winsorization) {
        List<String> bounds = new ArrayList<>();
        winsorization.lower().ifPresent(p -> bounds.add("below quantile " + SqlText.number(p)));
        winsorization.upper().ifPresent(p -> bounds.add("above quantile " + SqlText.number(p)));
        String population = switch (winsorization.population()) {
            case NONZERO -> "the non-zero totals of all groups";
            case ALL -> "the totals of all groups";
        };
        return "winsorized: totals " + String.join(" or ", bounds) + " of " + population + " are set to it";
    }
}
