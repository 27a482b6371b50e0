package io.plumbline.definition;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.UnitCountMetric;
import java.util.Locale;
import java.util.Optional;

/** A cohort window goes with the rollups {@code custom_window}, which needs one, and {@code latest_value}, with no other. */
final class UnitCountRule {

    private static final String KEY = "cohort_window";

    private final Checker checker;

    UnitCountRule(Checker checker) {
        this.checker = checker;
    }

    /** The rollup as written. */
    static UnitCountMetric.Mode mode(Fields metric) {
        return UnitCountMetric.Mode.valueOf(metric.text("rollup").toUpperCase(Locale.ROOT));
    }

    /** The window to use; empty, with a problem reported, when it does not go with the rollup. */
    Optional<CohortWindow> window(Fields metric, UnitCountMetric.Mode mode, Optional<CohortWindow> window) {
        boolean limited = window.filter(given -> !given.isWhole()).isPresent();
        UnitCountMetric.WindowRule unmet =
                limited ? UnitCountMetric.WindowRule.NONE : UnitCountMetric.WindowRule.REQUIRED;
        if (mode.windowRule() != unmet) {
            return Optional.of(window.orElse(CohortWindow.ALL));
        }
        if (limited) {
            String rollup = mode.name().toLowerCase(Locale.ROOT);
            String message = "does not go with rollup " + rollup + ", only with custom_window and latest_value";
            checker.problem(metric.place(KEY), KEY, message);
        } else if (window.isPresent() || !metric.has(KEY)) {
            checker.problem(metric.place(KEY), KEY, "rollup custom_window needs a window; give 'from', 'to' or both");
        }
        return Optional.empty();
    }
}
