package io.plumbline.inspect;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Measure;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.UnitValue;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The exposed units of an experiment, and which of them a measure analyses.
 *
 * @param experiment whose units
 * @param lastDay the last day whose data counts
 * @param sources metric sources by name
 */
record WalkedUnits(Experiment experiment, LocalDate lastDay, Map<String, MetricSource> sources) {

    /** Whether cross-over does not exclude the unit: BOOLEAN. */
    static final String ONE_GROUP = "one_group";

    /** Whether all windows of the measure have ended for the unit: BOOLEAN. */
    static final String MATURE = "mature";

    /** Exposed units as of the day: {@code unit_id, group_name, first_exposure_at, first_exposure_date} and both flags. */
    Dataset<Row> of(Dataset<Row> exposuresAsOf, Measure measure) {
        Column oneGroup =
                experiment.crossover() == Crossover.EXCLUDE ? col(CROSSOVER).equalTo(lit(false)) : lit(true);
        Column mature = measure.sides().stream()
                .filter(side -> side.window().maturity() == CohortWindow.Maturity.ONLY_MATURED)
                .map(this::mature)
                .reduce(lit(true), Column::and);
        return exposuresAsOf
                .filter(col(EXPERIMENT).equalTo(lit(experiment.name())))
                .select(
                        col(UNIT_ID),
                        col(GROUP_NAME),
                        col(FIRST_EXPOSURE_AT),
                        col(FIRST_EXPOSURE_DATE),
                        oneGroup.as(ONE_GROUP),
                        mature.as(MATURE));
    }

    /** Whether a source knows the day of its rows only. */
    boolean isDaily(String source) {
        return source(source).time().precision() == EventTime.Precision.DAY;
    }

    MetricSource source(String name) {
        return Objects.requireNonNull(sources.get(name), name);
    }

    private Column mature(UnitValue side) {
        Duration to = side.window().to().orElseThrow();
        LocalDate nextDay = lastDay.plusDays(1);
        return isDaily(side.component().source())
                ? date_add(col(FIRST_EXPOSURE_DATE), (int) to.toDays()).leq(lit(nextDay))
                : unix_micros(col(FIRST_EXPOSURE_AT))
                        .plus(lit(micros(to)))
                        .leq(unix_micros(lit(nextDay).cast(DataTypes.TimestampType)));
    }

    static long micros(Duration elapsed) {
        return elapsed.dividedBy(ChronoUnit.MICROS.getDuration());
    }
}
