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
import io.plumbline.experiment.IdResolution;
import io.plumbline.exposure.IdPairs;
import io.plumbline.exposure.ResolvedIds;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Measure;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.UnitValue;
import io.plumbline.source.Sources;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * @param ids which units event ids belong to; empty where the experiment resolves none
 */
record WalkedUnits(
        Experiment experiment, LocalDate lastDay, Map<String, MetricSource> sources, Optional<ResolvedIds> ids) {

    /** Whether cross-over does not exclude the unit: BOOLEAN. */
    static final String ONE_GROUP = "one_group";

    /** Whether all windows of the measure have ended for the unit: BOOLEAN. */
    static final String MATURE = "mature";

    /** Whether the mode of resolved ids leaves the unit in: BOOLEAN. */
    static final String LINKED = "linked";

    private static final String LINKED_UNIT = "plumbline__linked_unit";
    private static final String ROW_UNIT = "plumbline__row_unit";
    private static final String ROW_OWNER = "plumbline__row_owner";

    /** Exposed units as of the day: {@code unit_id, group_name, first_exposure_at, first_exposure_date} and the flags. */
    Dataset<Row> of(Dataset<Row> exposuresAsOf, Measure measure) {
        Column oneGroup =
                experiment.crossover() == Crossover.EXCLUDE ? col(CROSSOVER).equalTo(lit(false)) : lit(true);
        Column mature = measure.sides().stream()
                .filter(side -> side.window().maturity() == CohortWindow.Maturity.ONLY_MATURED)
                .map(this::mature)
                .reduce(lit(true), Column::and);
        return linked(exposuresAsOf.filter(col(EXPERIMENT).equalTo(lit(experiment.name()))))
                .select(
                        col(UNIT_ID),
                        col(GROUP_NAME),
                        col(FIRST_EXPOSURE_AT),
                        col(FIRST_EXPOSURE_DATE),
                        oneGroup.as(ONE_GROUP),
                        mature.as(MATURE),
                        col(LINKED));
    }

    /** Whether the mode of resolved ids leaves units out. */
    boolean areLeftOut() {
        return ids.filter(found -> found.mode() == IdResolution.Mode.STRICT).isPresent();
    }

    private Dataset<Row> linked(Dataset<Row> exposures) {
        if (!areLeftOut()) {
            return exposures.withColumn(LINKED, lit(true));
        }
        Dataset<Row> kept =
                ids.orElseThrow().kept(exposures).select(col(UNIT_ID).as(LINKED_UNIT));
        return exposures
                .join(kept, col(UNIT_ID).equalTo(col(LINKED_UNIT)), "left")
                .withColumn(LINKED, col(LINKED_UNIT).isNotNull());
    }

    /** Whether exclusion of cross-over units, maturity and the mode of resolved ids leave the unit in. */
    static Column isKept() {
        return col(ONE_GROUP).and(col(MATURE)).and(col(LINKED));
    }

    /** The id on the rows of a source, STRING, under the name that {@link #owned} reads. */
    Column rowUnit(String source) {
        return Sources.quoted(source(source).unitColumn(experiment.unitOf(source(source))))
                .cast(DataTypes.StringType)
                .as(ROW_UNIT);
    }

    /** Whether a row has an id. */
    static Column hasUnit() {
        return col(ROW_UNIT).isNotNull();
    }

    /** Rows with the exposed unit that they belong to, all of its columns null where there is none. */
    Dataset<Row> owned(String source, Dataset<Row> rows, Dataset<Row> exposed) {
        boolean resolved = !source(source).units().containsKey(experiment.unit());
        Dataset<Row> owned = resolved
                ? rows.join(ids.orElseThrow().owners(), col(ROW_UNIT).equalTo(col(IdPairs.EVENT_UNIT_ID)), "left")
                        .withColumnRenamed(ResolvedIds.OWNER_ID, ROW_OWNER)
                : rows.withColumn(ROW_OWNER, col(ROW_UNIT));
        return owned.join(exposed, owned.col(ROW_OWNER).equalTo(exposed.col(UNIT_ID)), "left");
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
