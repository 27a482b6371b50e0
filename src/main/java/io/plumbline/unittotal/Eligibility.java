package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Which units count for a measure, whatever their data: their day of exposure is baked and their window has matured. Many
 * measures share one.
 *
 * @param windows of its sides
 */
record Eligibility(List<Window> windows) {

    /** A window over the rows of a source that knows instants or days. */
    record Window(CohortWindow window, EventTime.Precision precision) {}

    /**
     * The last day on which a unit counts, in days since its exposure; −1 for a unit that does not: INT. Views that do not
     * tell days since exposure apart ask for day 0.
     */
    Column lastDay(ViewDays days) {
        Column counts = windows.stream()
                .map(each -> InWindow.counts(each.window(), each.precision(), days.asOf()))
                .reduce(Column::and)
                .orElseThrow();
        Column never = lit(-1);
        return switch (days.view()) {
            case CUMULATIVE -> when(counts, lit(Integer.MAX_VALUE)).otherwise(never);
            case DAILY ->
                windows.stream().anyMatch(each -> each.window().bakeDays() > 0)
                        ? never
                        : when(counts, lit(Integer.MAX_VALUE)).otherwise(never);
            case DAYS_SINCE_EXPOSURE ->
                when(counts, lastRead(days).minus(unix_date(col(FIRST_EXPOSURE_DATE))))
                        .otherwise(never);
        };
    }

    private Column lastRead(ViewDays days) {
        return windows.stream()
                .map(each -> unix_date(InWindow.lastRead(each.window(), days.asOf())))
                .reduce((a, b) -> least(a, b))
                .orElseThrow();
    }
}
