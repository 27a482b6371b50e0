package io.plumbline.unittotal;

import io.plumbline.experiment.View;
import io.plumbline.metric.Rollup;
import java.io.Serializable;
import java.util.List;

/** How the totals of a unit become one number. Travels to the executors. */
interface RolledUp extends Serializable {

    /** The number; NaN where there is none, which only funnels have not. */
    double of(PartSums sums);

    /**
     * A roll-up.
     *
     * @param totals numbers of the totals, one per component
     * @param span number of their span
     * @param funnel number of the funnel, if it is one
     */
    static RolledUp of(Rollup rollup, List<Integer> totals, int span, int funnel, View view) {
        int total = totals.get(0);
        if (rollup instanceof Rollup.Return window) {
            int completions = totals.get(1);
            int end = window.endDays();
            int length = window.lengthDays();
            return sums ->
                    StartDays.retained(sums.days(total), sums.days(completions), sums.spanDays(span) - 1, end, length);
        }
        if (rollup instanceof Rollup.CompleteStarts starts) {
            int end = starts.endDays();
            return sums -> StartDays.complete(sums.days(total), sums.spanDays(span) - 1, end);
        }
        if (rollup instanceof Rollup.Percentile) {
            return sums -> sums.number(total);
        }
        if (rollup instanceof Rollup.FunnelPart part) {
            int index = part.index() - 1;
            return sums -> sums.path(funnel).map(path -> path[index]).orElse(Double.NaN);
        }
        boolean wholeTime = view == View.CUMULATIVE;
        return switch ((Rollup.Plain) rollup) {
            case TOTAL -> sums -> sums.number(total);
            case ANY -> sums -> sums.number(total) > 0 ? 1 : 0;
            case ACTIVE_DAY_SHARE ->
                sums -> sums.days(total).cardinality() / (double) (wholeTime ? sums.spanDays(span) : 1);
        };
    }
}
