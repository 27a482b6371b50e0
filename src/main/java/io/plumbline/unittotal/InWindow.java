package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.LAST_DAY;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.PART_START;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.exposure.SinceExposure;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import java.time.Duration;
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

    /** Whether a part of a day is in the window of its unit; exact to the microsecond. */
    static Column of(CohortWindow window, EventTime.Precision precision) {
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

    /** Whether the window of a unit has ended at the end of its experiment's last day; true for windows without end. */
    static Column matured(CohortWindow window, EventTime.Precision precision) {
        Column nextDay = date_add(col(LAST_DAY), 1);
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
