package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Rollup;

/**
 * A component over one window, for every exposed unit.
 *
 * @param component what is added up
 * @param window which rows count; which units do is the metric's business
 * @param kept what is kept of the days
 */
public record UnitTotal(PlannedComponent component, CohortWindow window, Rollup.Kept kept) {

    /** The name of the column that holds a part of the total: {@code <component>[_<from>_<to>]__<part>}, in seconds. */
    public String column(String part) {
        return component.id() + span() + "__" + part;
    }

    private String span() {
        if (window.from().isZero() && window.to().isEmpty()) {
            return "";
        }
        String to = window.to().map(end -> String.valueOf(end.toSeconds())).orElse("end");
        return "_" + window.from().toSeconds() + "_" + to;
    }
}
