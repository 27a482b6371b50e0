package io.plumbline.metric;

import java.util.List;

/**
 * Share of units that did something.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param mode how a unit's days become its value
 * @param window which rows and units count; {@link CohortWindow#ALL} for all modes but {@link Mode#CUSTOM_WINDOW}
 */
public record UnitCountMetric(MetricInfo about, Selection rows, Mode mode, CohortWindow window) implements Metric {

    /** How a unit's days become its value. */
    public enum Mode {
        /** 1 if there is any row at or after exposure. */
        ONE_TIME_EVENT(Rollup.Plain.ANY),
        /** Active days divided by days exposed: the group value is the mean of unit rates. */
        DAILY_PARTICIPATION(Rollup.Plain.ACTIVE_DAY_SHARE),
        /** 1 if there is any row in the cohort window. */
        CUSTOM_WINDOW(Rollup.Plain.ANY);

        private final Rollup.Plain rollup;

        Mode(Rollup.Plain rollup) {
            this.rollup = rollup;
        }

        /** How days become one value. */
        public Rollup.Plain rollup() {
            return rollup;
        }
    }

    public UnitCountMetric {
        if ((mode == Mode.CUSTOM_WINDOW) == window.isWhole()) {
            throw new IllegalArgumentException("a cohort window goes with the rollup custom_window, and only with it");
        }
    }

    @Override
    public List<Measure> measures() {
        return List.of(Measure.mean(UnitValue.of(Component.rows(rows), mode.rollup(), window)));
    }

    @Override
    public String type() {
        return "unit_count";
    }
}
