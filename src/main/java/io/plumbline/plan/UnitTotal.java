package io.plumbline.plan;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.BeforeExposure;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Span;
import java.util.OptionalDouble;

/**
 * A component over one span, for every exposed unit.
 *
 * @param component what is added up
 * @param span which rows count; which units do is the metric's business
 * @param kept what is kept of the days
 * @param cap what the value of one day is limited to before days are added; empty for no limit
 */
public record UnitTotal(PlannedComponent component, Span span, Rollup.Kept kept, OptionalDouble cap) {

    /** The state that the days are merged to: of limited days, their sum. */
    public Aggregate aggregate() {
        return cap.isPresent() ? Aggregate.SUM : component.component().aggregate();
    }

    /** The same over the days before exposure. */
    UnitTotal beforeExposure() {
        return new UnitTotal(component, new BeforeExposure(), kept, cap);
    }

    /** Whether it is over the days before exposure. */
    public boolean isBeforeExposure() {
        return span instanceof BeforeExposure;
    }

    /**
     * The name of the column that holds a part of the total: {@code
     * <component>[_<from>_<to>][_baked<days>][_cap<limit>]__<part>}, the window in seconds, {@code before} for the days before
     * exposure.
     */
    public String column(String part) {
        return component.id() + (span instanceof CohortWindow window ? after(window) : "_before") + limit() + "__"
                + part;
    }

    private static String after(CohortWindow window) {
        String baked = window.bakeDays() == 0 ? "" : "_baked" + window.bakeDays();
        if (window.from().isZero() && window.to().isEmpty()) {
            return baked;
        }
        String to = window.to().map(end -> String.valueOf(end.toSeconds())).orElse("end");
        return "_" + window.from().toSeconds() + "_" + to + baked;
    }

    private String limit() {
        return cap.isPresent() ? "_cap" + SqlText.number(cap.getAsDouble()).replace('.', 'p') : "";
    }
}
