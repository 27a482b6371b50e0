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
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.plumbline.exposure.SinceExposure;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which parts of days, and which units, a window takes.
 *
 * <p>Days are cut at every exposure and at both ends of every window, so a part lies wholly inside a window or wholly
 * outside, and its start decides. Where the source knows only days, whole days are counted from the date of exposure.
 */
final class InWindow {

    private static final Column EVER = lit(Long.MIN_VALUE);
    private static final Column NEVER = lit(Long.MAX_VALUE);

    private InWindow() {}

    /**
     * Where a span of a unit begins and ends.
     *
     * @param firstDay days since 1970, INT
     * @param lastDay days since 1970, INT, included
     * @param from microseconds since 1970, BIGINT
     * @param to microseconds since 1970, BIGINT, not included
     */
    record Bounds(Column firstDay, Column lastDay, Column from, Column to) {

        /** In the order of the parameters. */
        List<Column> columns() {
            return List.of(firstDay, lastDay, from, to);
        }
    }

    /**
     * The bounds of a span, in the columns of analysed units: of a window, exact to the microsecond, and of the days that are
     * read; or the days before exposure, of which units of experiments without covariates have none.
     */
    static Bounds bounds(Span span, EventTime.Precision precision, LocalDate asOf) {
        if (!(span instanceof CohortWindow window)) {
            Column first = coalesce(unix_date(col(COVARIATE_FROM)), lit(Integer.MAX_VALUE));
            return new Bounds(first, exposed().minus(lit(1)), EVER, NEVER);
        }
        Column last = unix_date(lastRead(window, asOf));
        if (precision == EventTime.Precision.DAY) {
            Column first = exposed().plus(lit(days(window.from())));
            return new Bounds(
                    first,
                    window.to()
                            .map(to -> least(last, exposed().plus(lit(days(to) - 1))))
                            .orElse(last),
                    EVER,
                    NEVER);
        }
        return new Bounds(
                lit(Integer.MIN_VALUE),
                last,
                unix_micros(SinceExposure.after(window.from())),
                window.to().map(to -> unix_micros(SinceExposure.after(to))).orElse(NEVER));
    }

    /** Days of a span: from exposure to the last day that is read, both included, or those before exposure, INT. */
    static Column days(Span span, LocalDate asOf) {
        Column days = span instanceof CohortWindow window
                ? unix_date(lastRead(window, asOf)).minus(exposed()).plus(lit(1))
                : exposed().minus(unix_date(col(COVARIATE_FROM)));
        return coalesce(days, lit(0));
    }

    private static Column exposed() {
        return unix_date(col(FIRST_EXPOSURE_DATE));
    }

    /** The day of a unit-day: days since 1970, INT. */
    static Column day() {
        return unix_date(col(DS));
    }

    /** The start of a part of a day: microseconds since 1970, BIGINT. */
    static Column start() {
        return unix_micros(coalesce(col(PART_START), col(DS).cast(DataTypes.TimestampType)));
    }

    /** Whether a part of a day is in a span of its unit, where both are columns of a row. */
    static Column of(Span span, EventTime.Precision precision, LocalDate asOf) {
        Bounds bounds = bounds(span, precision, asOf);
        return day().between(bounds.firstDay(), bounds.lastDay())
                .and(start().geq(bounds.from()))
                .and(start().lt(bounds.to()));
    }

    /**
     * The last day that is read: that of the experiment, where it is baked. Windows with an end may be read beyond the
     * experiment's; they end each unit's days themselves.
     */
    static Column lastRead(CohortWindow window, LocalDate asOf) {
        Column last = window.to().isPresent() ? col(LAST_WINDOW_DAY) : col(LAST_DAY);
        return window.bakeDays() == 0 ? last : least(last, lit(asOf.minusDays(window.bakeDays())));
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
