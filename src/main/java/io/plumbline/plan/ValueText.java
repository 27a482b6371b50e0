package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.Logarithm;
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
        value.cap().ifPresent(cap -> steps.add("the value of each day limited to " + SqlText.number(cap)));
        window(value.window(), steps);
        if (value.rollup() == Rollup.Plain.ANY) {
            steps.add("1 if there is any row, else 0");
        } else if (value.rollup() == Rollup.Plain.ACTIVE_DAY_SHARE) {
            steps.add("days with a row / days since exposure, the day of exposure included");
        }
        value.threshold().map(ValueText::threshold).ifPresent(steps::add);
        value.winsorization().map(ValueText::winsorization).ifPresent(steps::add);
        value.log()
                .ifPresent(log ->
                        steps.add("logarithm to base " + base(log) + "; units whose total is not above 0 leave"));
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
