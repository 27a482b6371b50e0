package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.CROSSOVER_AT;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.PROPERTIES;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * First exposures, as a state that merges: the earliest group with its instant and properties, and the earliest instant in
 * any other group. Merging is associative, commutative and idempotent, so days may be added in any order and again.
 *
 * <p>Of several rows at the same instant, the group that sorts first wins and the unit is a cross-over; of several rows in
 * the same group, the properties that sort first.
 *
 * <p>An aggregate leaves a row per unit and group, and a window orders these. A window over all sightings takes 0.90 of the
 * time where units have ten each ({@code WindowsMeasuredTest}: two million rows, Spark 4.1, two cores, and without
 * properties, which the aggregate carries), but its result is no state: every run would read all sightings from the
 * beginning, and not only those of its day.
 */
public final class Exposures {

    private static final String FIRST = "first";
    private static final String RANK = "rank";

    private Exposures() {}

    /** Exposures that follow from {@link Sightings}. */
    public static Dataset<Row> of(Dataset<Row> sightings) {
        return first(sightings);
    }

    /** Exposures of both; the same experiment and unit may be in each. */
    public static Dataset<Row> merge(Dataset<Row> some, Dataset<Row> others) {
        return first(sightings(some).unionByName(sightings(others)));
    }

    /** Exposures as they were known at the end of a local day: later ones, and later cross-overs, have not happened. */
    public static Dataset<Row> asOf(Dataset<Row> exposures, LocalDate day, ZoneId zone) {
        var end = lit(day.plusDays(1).atStartOfDay(zone).toInstant());
        return exposures
                .filter(col(FIRST_EXPOSURE_AT).lt(end))
                .withColumn(
                        CROSSOVER,
                        col(CROSSOVER_AT).isNotNull().and(col(CROSSOVER_AT).lt(end)));
    }

    /** The state of every unit from its sightings: the first group, and the instant of the second. */
    private static Dataset<Row> first(Dataset<Row> sightings) {
        WindowSpec byTime = Window.partitionBy(EXPERIMENT, UNIT_ID)
                .orderBy(col(FIRST + "." + Sightings.AT), col(GROUP_NAME).asc_nulls_last());
        return sightings
                .groupBy(EXPERIMENT, UNIT_ID, GROUP_NAME)
                .agg(Sightings.earliest().as(FIRST))
                .withColumn(RANK, row_number().over(byTime))
                .withColumn(CROSSOVER_AT, lead(FIRST + "." + Sightings.AT, 1).over(byTime))
                .filter(col(RANK).equalTo(lit(1)))
                .select(
                        col(EXPERIMENT),
                        col(UNIT_ID),
                        col(GROUP_NAME),
                        col(FIRST + "." + Sightings.AT).as(FIRST_EXPOSURE_AT),
                        to_date(col(FIRST + "." + Sightings.AT)).as(FIRST_EXPOSURE_DATE),
                        col(CROSSOVER_AT).isNotNull().as(CROSSOVER),
                        col(CROSSOVER_AT),
                        map_from_entries(col(FIRST + "." + PROPERTIES)).as(PROPERTIES));
    }

    /**
     * A state as the sightings that lead to it: one in its group and, for a cross-over, one in a group without name. That
     * one cannot be mistaken: it is never the unit's earliest, and whichever other group it was, the second instant of
     * the merged state is the same.
     */
    private static Dataset<Row> sightings(Dataset<Row> exposures) {
        Dataset<Row> first = exposures.select(
                col(EXPERIMENT),
                col(UNIT_ID),
                col(GROUP_NAME),
                col(FIRST_EXPOSURE_AT).as(Sightings.AT),
                col(PROPERTIES));
        Dataset<Row> second = exposures
                .filter(col(CROSSOVER_AT).isNotNull())
                .select(
                        col(EXPERIMENT),
                        col(UNIT_ID),
                        lit(null).cast(DataTypes.StringType).as(GROUP_NAME),
                        col(CROSSOVER_AT).as(Sightings.AT),
                        col(PROPERTIES));
        return first.unionByName(second);
    }
}
