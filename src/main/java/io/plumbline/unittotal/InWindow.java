package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.COVARIATE_FROM;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.LAST_DAY;
import static io.plumbline.exposure.ExposureSchema.LAST_WINDOW_DAY;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.exposure.SinceExposure;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Span;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which parts of days, and which units, a window takes.
 *
 * <p>Days are cut at every exposure and at both ends of every window, so a part lies wholly inside a window or wholly
 * outside, and its start decides. Where the source knows only days, whole days are counted from the date of exposure.
 */
final class InWindow {

    private InWindow() {}

    /**
     * Whether a part of a day is in a span of its unit: in a window, exact to the microsecond, and on a day that is read; or on
     * one of the days before exposure, of which units of experiments without covariates have none.
     */
    static Column of(Span span, EventTime.Precision precision, LocalDate asOf) {
        return span instanceof CohortWindow window
                ? span(window, precision).and(col(DS).leq(lastRead(window, asOf)))
                : col(DS).geq(col(COVARIATE_FROM)).and(col(DS).lt(col(FIRST_EXPOSURE_DATE)));
    }

    /**
     * The last day that is read: that of the experiment, where it is baked. Windows with an end may be read beyond the
     * experiment's; they end each unit's days themselves.
     */
    static Column lastRead(CohortWindow window, LocalDate asOf) {
        Column last = window.to().isPresent() ? col(LAST_WINDOW_DAY) : col(LAST_DAY);
        return window.bakeDays() == 0 ? last : least(last, lit(asOf.minusDays(window.bakeDays())));
    }

    private static Column span(CohortWindow window, EventTime.Precision precision) {
        if (precision == EventTime.Precision.DAY) {
            Column from = col(DS).geq(date_add(col(FIRST_EXPOSURE_DATE), days(window.from())));
            return window.to()
                    .map(to -> from.and(col(DS).lt(date_add(col(FIRST_EXPOSURE_DATE), days(to)))))
                    .orElse(from);
        }
        Column start = coalesce(col(PART_START), col(DS).cast(DataTypes.TimestampType));
        Column from = start.geq(SinceExposure.after(window.from()));
        return window.to()
                .map(to -> from.and(start.lt(SinceExposure.after(to))))
                .orElse(from);
    }

    /**
     * Whether a unit counts: its day of exposure is baked and, where only matured units count, its window has ended at the
     * end of the last day that is read.
     */
    static Column counts(CohortWindow window, EventTime.Precision precision, LocalDate asOf) {
        Column baked = window.bakeDays() == 0
                ? lit(true)
                : col(FIRST_EXPOSURE_DATE).leq(lit(asOf.minusDays(window.bakeDays())));
        return window.maturity() == CohortWindow.Maturity.ONLY_MATURED
                ? baked.and(matured(window, precision, asOf))
                : baked;
    }

    private static Column matured(CohortWindow window, EventTime.Precision precision, LocalDate asOf) {
        Column nextDay = date_add(lastRead(window, asOf), 1);
        return window.to()
                .map(to -> precision == EventTime.Precision.DAY
                        ? date_add(col(FIRST_EXPOSURE_DATE), days(to)).leq(nextDay)
                        : SinceExposure.after(to).leq(nextDay.cast(DataTypes.TimestampType)))
                .orElse(lit(true));
    }

    private static int days(Duration elapsed) {
        return Math.toIntExact(elapsed.toDays());
    }
}
