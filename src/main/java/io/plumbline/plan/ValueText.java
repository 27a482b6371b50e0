package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import java.util.ArrayList;
import java.util.List;

/** What a unit value is, in words. */
final class ValueText {

    private ValueText() {}

    /** What a component adds up: {@code rows}, {@code sum of price_usd}. */
    static String aggregate(Component component) {
        return switch (component.aggregate()) {
            case ROWS -> "rows";
            case SUM -> "sum of " + component.value().orElseThrow();
            case VALUES -> "number of values of " + component.value().orElseThrow();
            case STEPS -> "times of steps" + FunnelText.steps(component);
            case FIRST_STEPS -> "first times of steps" + FunnelText.steps(component);
        };
    }

    /** The filters of a component as one condition; {@code all rows} for none. */
    static String filters(Component component) {
        List<String> conditions = FilterSql.conditions(component.rows().filters());
        return conditions.isEmpty() ? "all rows" : String.join(" AND ", conditions);
    }

    /** What is done to the unit's rows after the filters, in the order in which it is done. */
    static List<String> modifiers(UnitValue value) {
        List<String> steps = new ArrayList<>();
        window(value.window(), steps);
        if (value.rollup() == Rollup.Plain.ANY) {
            steps.add("1 if there is any row, else 0");
        } else if (value.rollup() == Rollup.Plain.ACTIVE_DAY_SHARE) {
            steps.add("days with a row / days since exposure, the day of exposure included");
        }
        if (value.rollup() instanceof Rollup.FunnelPart part) {
            steps.add(FunnelText.part(part));
        }
        value.threshold().map(ValueText::threshold).ifPresent(steps::add);
        value.winsorization().map(ValueText::winsorization).ifPresent(steps::add);
        return steps;
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
