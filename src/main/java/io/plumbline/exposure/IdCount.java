package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.exposure.IdPairs.EVENT_UNIT_ID;
import static io.plumbline.exposure.ResolvedIds.KEPT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Row;

/**
 * How far the ids of an experiment can be resolved.
 *
 * @param paired units with at least one pair
 * @param losing those among them that are left out, or that lost an event id to another unit
 * @param eventIds ids of events in some pair
 * @param mostUnits the most units of one event id; 0 without pairs
 */
public record IdCount(long paired, long losing, long eventIds, long mostUnits) {

    /** The counts of links. */
    public static IdCount of(ResolvedIds ids) {
        Row units = ids.links()
                .agg(
                        count_distinct(col(UNIT_ID)).as("paired"),
                        count_distinct(when(col(KEPT).equalTo(lit(false)), col(UNIT_ID)))
                                .as("losing"))
                .head();
        Row events = ids.links()
                .groupBy(EVENT_UNIT_ID)
                .agg(count(lit(1)).as("units"))
                .agg(
                        count(lit(1)).as("event_ids"),
                        coalesce(max("units"), lit(0L)).as("most_units"))
                .head();
        return new IdCount(
                units.<Long>getAs("paired"),
                units.<Long>getAs("losing"),
                events.<Long>getAs("event_ids"),
                events.<Long>getAs("most_units"));
    }
}
