package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * Share of start days after which a unit came back. For each local day d of the experiment on which the unit has a start
 * row at or after exposure, and of which day {@code d + end} is over: 1 in the denominator, and 1 in the numerator if there
 * is a completion row on a local date from {@code d + end − length + 1} to {@code d + end}. Units without such a start day
 * leave.
 *
 * <p>The window never reaches back to the start day itself, so that completions are counted by whole days: all of them
 * come after the exposure.
 *
 * @param about name, direction, breakdowns
 * @param start rows of which the days count as starts
 * @param completion rows that make a start day retained; of the same source or another one
 * @param window when the completion has to be
 */
public record RetentionMetric(MetricInfo about, Selection start, Selection completion, Rollup.Return window)
        implements Metric {

    @Override
    public List<Measure> measures() {
        Component starts = Component.rows(start);
        UnitValue retained = new UnitValue(
                List.of(starts, Component.rows(completion)),
                window,
                CohortWindow.ALL,
                Optional.empty(),
                Optional.empty());
        UnitValue complete = UnitValue.of(starts, new Rollup.CompleteStarts(window.endDays()), CohortWindow.ALL);
        return List.of(Measure.ratio(retained, complete, Population.PARTICIPATING));
    }

    @Override
    public String type() {
        return "retention";
    }

    /** A day cannot know who will come back. */
    @Override
    public boolean hasDailyValue() {
        return false;
    }
}
