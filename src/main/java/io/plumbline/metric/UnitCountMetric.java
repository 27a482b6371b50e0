package io.plumbline.metric;

import java.util.List;

/**
 * Share of units that did something.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param mode how a unit's days become its value
 * @param window which rows and units count, as far as the mode's {@link WindowRule} goes
 */
public record UnitCountMetric(MetricInfo about, Selection rows, Mode mode, CohortWindow window) implements Metric {

    /** How a unit's days become its value. */
    public enum Mode {
        /** 1 if there is any row at or after exposure. */
        ONE_TIME_EVENT(Rollup.Plain.ANY),
        /** Active days divided by days exposed: the group value is the mean of unit rates. */
        DAILY_PARTICIPATION(Rollup.Plain.ACTIVE_DAY_SHARE),
        /** 1 if there is any row in the cohort window. */
        CUSTOM_WINDOW(Rollup.Plain.ANY),
        /**
         * 1 if the unit's latest row passes the filters, which are evaluated after that row is found. Of several rows at
         * the latest instant, or on the latest day of a source without a time of day, any one may pass. The catalog
         * counts the units whose latest row of the day passes.
         */
        LATEST_VALUE(Rollup.Plain.TOTAL);

        private final Rollup.Plain rollup;

        Mode(Rollup.Plain rollup) {
            this.rollup = rollup;
        }

        /** How days become one value. */
        public Rollup.Plain rollup() {
            return rollup;
        }

        /** What is kept of the rows. */
        public Component component(Selection rows) {
            return this == LATEST_VALUE ? Component.latestRecord(rows) : Component.rows(rows);
        }

        /** Whether a cohort window must be given, may be, or must not. */
        public WindowRule windowRule() {
            return switch (this) {
                case CUSTOM_WINDOW -> WindowRule.REQUIRED;
                case LATEST_VALUE -> WindowRule.OPTIONAL;
                case ONE_TIME_EVENT, DAILY_PARTICIPATION -> WindowRule.NONE;
            };
        }
    }

    /** Whether a mode goes with a cohort window. */
    public enum WindowRule {
        REQUIRED,
        OPTIONAL,
        NONE
    }

    public UnitCountMetric {
        WindowRule unmet = window.isWhole() ? WindowRule.REQUIRED : WindowRule.NONE;
        if (mode.windowRule() == unmet) {
            throw new IllegalArgumentException("the rollup custom_window needs a cohort window; with latest_value there"
                    + " may be one, with the others not");
        }
    }

    @Override
    public List<Measure> measures() {
        return List.of(Measure.mean(UnitValue.of(mode.component(rows), mode.rollup(), window)));
    }

    @Override
    public String type() {
        return "unit_count";
    }
}
