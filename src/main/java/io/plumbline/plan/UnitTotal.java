package io.plumbline.plan;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Rollup;
import java.util.OptionalDouble;

/**
 * A component over one window, for every exposed unit.
 *
 * @param component what is added up
 * @param window which rows count; which units do is the metric's business
 * @param kept what is kept of the days
 * @param cap what the value of one day is limited to before days are added; empty for no limit
 */
public record UnitTotal(PlannedComponent component, CohortWindow window, Rollup.Kept kept, OptionalDouble cap) {

    /** The state that the days are merged to: of limited days, their sum. */
    public Aggregate aggregate() {
        return cap.isPresent() ? Aggregate.SUM : component.component().aggregate();
    }

    /**
     * The name of the column that holds a part of the total: {@code
     * <component>[_<from>_<to>][_baked<days>][_cap<limit>]__<part>}, the window in seconds.
     */
    public String column(String part) {
        return component.id() + span() + baked() + limit() + "__" + part;
    }

    private String baked() {
        return window.bakeDays() == 0 ? "" : "_baked" + window.bakeDays();
    }

    private String limit() {
        return cap.isPresent() ? "_cap" + SqlText.number(cap.getAsDouble()).replace('.', 'p') : "";
    }

    private String span() {
        if (window.from().isZero() && window.to().isEmpty()) {
            return "";
        }
        String to = window.to().map(end -> String.valueOf(end.toSeconds())).orElse("end");
        return "_" + window.from().toSeconds() + "_" + to;
    }
}
