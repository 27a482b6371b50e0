package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.exposure.IdPairs.EVENT_UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.UnitRule;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * Which unit of an experiment each id of events belongs to, as of a day.
 *
 * <p>Only pairs count whose unit is exposed and, where the experiment excludes cross-over units, is none. Of these
 *
 * <ul>
 *   <li>{@link IdResolution.Mode#STRICT} keeps pairs whose ids have no other partner; the units of all others are {@link
 *       #kept left out}, with every metric of the experiment;
 *   <li>{@link IdResolution.Mode#FIRST_TOUCH} and {@link IdResolution.Mode#LAST_TOUCH} give an event id to the unit with
 *       the earliest or latest first exposure, of several the one whose id sorts first. Units that lose an id stay, with
 *       what they have.
 * </ul>
 *
 * <p>A unit may have several event ids, which are added up; under {@code STRICT} it has one. A unit without any pair
 * stays: nothing is known of its events, and it counts as zero like a unit without rows.
 *
 * @param links one row per pair: {@code unit_id, event_unit_id} and {@code kept}, whether the event id belongs to the unit
 * @param mode how they were decided
 */
public record ResolvedIds(Dataset<Row> links, IdResolution.Mode mode) {

    /** The unit that an event id belongs to, STRING. */
    public static final String OWNER_ID = "owner_id";

    /** Whether the event id of a link belongs to its unit, BOOLEAN. */
    static final String KEPT = "kept";

    /**
     * The links of an experiment.
     *
     * @param pairs known as of the day, see {@link IdPairs}
     * @param exposures of the experiment, as of the day
     */
    public static ResolvedIds of(Dataset<Row> pairs, Dataset<Row> exposures, UnitRule rule) {
        IdResolution.Mode mode = rule.idResolution().orElseThrow().mode();
        Dataset<Row> known = pairs.select(col(UNIT_ID).as("plumbline__unit_id"), col(EVENT_UNIT_ID))
                .distinct();
        Dataset<Row> joined = analysed(exposures, rule.crossover())
                .join(known, col(UNIT_ID).equalTo(col("plumbline__unit_id")))
                .select(UNIT_ID, EVENT_UNIT_ID, FIRST_EXPOSURE_AT);
        return new ResolvedIds(joined.withColumn(KEPT, kept(mode)).select(UNIT_ID, EVENT_UNIT_ID, KEPT), mode);
    }

    private static Dataset<Row> analysed(Dataset<Row> exposures, Crossover crossover) {
        return crossover == Crossover.EXCLUDE ? exposures.filter(col(CROSSOVER).equalTo(lit(false))) : exposures;
    }

    private static Column kept(IdResolution.Mode mode) {
        WindowSpec ofEventId = Window.partitionBy(EVENT_UNIT_ID);
        Column at = col(FIRST_EXPOSURE_AT);
        return switch (mode) {
            case STRICT ->
                count(lit(1))
                        .over(ofEventId)
                        .equalTo(lit(1))
                        .and(count(lit(1)).over(Window.partitionBy(UNIT_ID)).equalTo(lit(1)));
            case FIRST_TOUCH ->
                row_number()
                        .over(ofEventId.orderBy(at.asc(), col(UNIT_ID).asc()))
                        .equalTo(lit(1));
            case LAST_TOUCH ->
                row_number()
                        .over(ofEventId.orderBy(at.desc(), col(UNIT_ID).asc()))
                        .equalTo(lit(1));
        };
    }

    /** The same, kept at hand because it is read several times; {@code links().unpersist()} lets go of it. */
    public ResolvedIds persisted() {
        return new ResolvedIds(links.persist(StorageLevel.MEMORY_AND_DISK()), mode);
    }

    /** Exposures without the units that the mode leaves out. */
    public Dataset<Row> kept(Dataset<Row> exposures) {
        if (mode != IdResolution.Mode.STRICT) {
            return exposures;
        }
        Dataset<Row> dropped = links.filter(col(KEPT).equalTo(lit(false)))
                .select(col(UNIT_ID).as("plumbline__unit_id"))
                .distinct();
        return exposures.join(dropped, col(UNIT_ID).equalTo(col("plumbline__unit_id")), "left_anti");
    }

    /** The unit that each event id belongs to: {@code event_unit_id} once at most, and {@code owner_id}. */
    public Dataset<Row> owners() {
        return links.filter(col(KEPT)).select(col(EVENT_UNIT_ID), col(UNIT_ID).as(OWNER_ID));
    }

    /**
     * Unit-days of event ids as those of the units that they belong to; those of all others are left out. Several ids of
     * a unit leave several rows of one unit and day, which merge as the parts of a day do.
     */
    public Dataset<Row> relabelled(Dataset<Row> unitDays) {
        return unitDays.join(owners(), col(UNIT_ID).equalTo(col(EVENT_UNIT_ID)))
                .withColumn(UNIT_ID, col(OWNER_ID))
                .drop(OWNER_ID, EVENT_UNIT_ID);
    }
}
