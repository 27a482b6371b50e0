package io.plumbline.unittotal;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * How an exposure is read from its row. Travels to the executors.
 *
 * @param columns how many columns of analysed units there are; behind them stand the days that are read, first and last,
 *     the days from which days are counted, that of exposure and the first of covariates, and four bounds of every span
 * @param experiment index of the experiment's name
 * @param byDay whether every day since exposure has totals of its own
 * @param values under which breakdown values rows are shown
 */
record ExposureReading(int columns, int experiment, boolean byDay, ShownValues values) implements Serializable {

    private static final int CALENDAR = 4;
    private static final int BOUNDS = 4;

    String experiment(Row row) {
        return row.getString(experiment);
    }

    /** Whether the exposure reads a day. */
    boolean reads(Row row, int day) {
        return day >= row.getInt(columns) && day <= row.getInt(columns + 1);
    }

    /** The day of exposure. */
    int exposed(Row row) {
        return row.getInt(columns + 2);
    }

    /** Days that are over since that of exposure. */
    int days(Row row) {
        return row.getInt(columns + 1) - exposed(row);
    }

    /** The first day of covariates. */
    int before(Row row) {
        return row.getInt(columns + 3);
    }

    /** Whether a part of a day is in a span. */
    boolean isIn(Row row, int span, int day, long start) {
        int bounds = columns + CALENDAR + BOUNDS * span;
        return day >= row.getInt(bounds)
                && day <= row.getInt(bounds + 1)
                && start >= row.getLong(bounds + 2)
                && start < row.getLong(bounds + 3);
    }
}
