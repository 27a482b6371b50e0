package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;

/** Instants counted in elapsed time from a unit's first exposure; a day is 24 hours, whatever the clocks do. */
public final class SinceExposure {

    private SinceExposure() {}

    /**
     * The instant some time after the exposure, TIMESTAMP. Spark adds the days of an interval in local time, so that a day
     * on which the clocks change would be 23 or 25 hours long; microseconds know no clocks.
     */
    public static Column after(Duration elapsed) {
        long micros = elapsed.dividedBy(ChronoUnit.MICROS.getDuration());
        return micros == 0
                ? col(FIRST_EXPOSURE_AT)
                : timestamp_micros(unix_micros(col(FIRST_EXPOSURE_AT)).plus(lit(micros)));
    }
}
