package io.plumbline.unittotal;

import io.plumbline.metric.EventTime;
import io.plumbline.unitday.StepMoments;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * How an exposure is read from its row, see {@link ValueLayout#exposures}. Travels to the executors.
 *
 * @param calendar index of the first column behind those that are handed on
 * @param spans how many spans there are
 * @param eligibilities how many ways to count there are
 * @param byDay whether every day since exposure has totals of its own
 * @param values under which breakdown values rows are shown
 */
record ExposureReading(int calendar, int spans, int eligibilities, boolean byDay, ShownValues values)
        implements Serializable {

    /** Index of the unit. */
    static final int UNIT = 0;

    /** Index of the experiment's name. */
    static final int EXPERIMENT = 1;

    private static final int CALENDAR = 7;
    private static final int BOUNDS = 5;

    String experiment(Row row) {
        return row.getString(EXPERIMENT);
    }

    /** Whether the exposure reads a day. */
    boolean reads(Row row, int day) {
        return day >= row.getInt(calendar) && day <= row.getInt(calendar + 1);
    }

    /** The day of exposure. */
    int exposed(Row row) {
        return row.getInt(calendar + 2);
    }

    /** Days that are over since that of exposure. */
    int days(Row row) {
        return row.getInt(calendar + 1) - exposed(row);
    }

    /** The first day of covariates. */
    int before(Row row) {
        return row.getInt(calendar + 3);
    }

    /** From when on, and until when, funnels are followed. */
    FunnelSpan funnelSpan(Row row, EventTime.Precision precision) {
        return precision == EventTime.Precision.DAY
                ? FunnelSpan.sinceExposure(
                        exposed(row) * StepMoments.DAY, (row.getInt(calendar + 4) + 1) * StepMoments.DAY)
                : FunnelSpan.sinceExposure(row.getLong(calendar + 5), row.getLong(calendar + 6));
    }

    /** Whether a part of a day is in a span. */
    boolean isIn(Row row, int span, int day, long start) {
        int bounds = bounds(span);
        return day >= row.getInt(bounds)
                && day <= row.getInt(bounds + 1)
                && start >= row.getLong(bounds + 2)
                && start < row.getLong(bounds + 3);
    }

    /** Number of days of a span. */
    int spanDays(Row row, int span) {
        return row.getInt(bounds(span) + 4);
    }

    /** Whether the unit counts on a day since exposure, see {@link Eligibility#lastDay}. */
    boolean counts(Row row, int eligibility, int day) {
        return day <= row.getInt(bounds(spans) + eligibility);
    }

    private int bounds(int span) {
        return calendar + CALENDAR + BOUNDS * span;
    }
}
