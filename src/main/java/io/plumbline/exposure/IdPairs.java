package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which exposed ids and which ids of events were seen on the same row.
 *
 * <p>Columns: {@code unit_id, event_unit_id} STRING, never null, and {@code ds} DATE, a local day on which they were seen,
 * null where the source has no time. Grain: pair and day, so that a day that is read again replaces what it held, and
 * any span of days can be asked for.
 */
public final class IdPairs {

    /** The id of the events, STRING. */
    public static final String EVENT_UNIT_ID = "event_unit_id";

    /** A local day on which the two ids were seen together, DATE. */
    public static final String DS = "ds";

    private IdPairs() {}

    /**
     * The pairs of rows of a source; rows without one of the ids make none.
     *
     * @param rows with the columns of {@link SourceSchema} where the source has a time
     * @param unitColumn the column that holds the exposed id
     * @param eventColumn the column that holds the id of the events
     */
    public static Dataset<Row> of(Dataset<Row> rows, String unitColumn, String eventColumn) {
        boolean timed = List.of(rows.columns()).contains(SourceSchema.DAY);
        Column day = timed ? col(SourceSchema.DAY) : lit(null).cast(DataTypes.DateType);
        return rows.select(text(unitColumn).as(UNIT_ID), text(eventColumn).as(EVENT_UNIT_ID), day.as(DS))
                .filter(col(UNIT_ID).isNotNull().and(col(EVENT_UNIT_ID).isNotNull()))
                .distinct();
    }

    /**
     * The pairs of unit-days that keep, for each unit, the set of the ids of the other type.
     *
     * @param unitDays with {@code unit_id} and {@code ds}
     * @param column the set, ARRAY&lt;STRING&gt;, null for none
     * @param key which of the two ids is that of the unit-days: {@code unit_id} or {@link #EVENT_UNIT_ID}
     */
    public static Dataset<Row> ofSets(Dataset<Row> unitDays, String column, String key) {
        String other = key.equals(UNIT_ID) ? EVENT_UNIT_ID : UNIT_ID;
        return unitDays.filter(col(UNIT_ID).isNotNull())
                .select(col(UNIT_ID).as(key), explode(col(column)).as(other), col(DS))
                .distinct();
    }

    /** Pairs of a source that is read by days, of the days of an experiment. */
    public static Dataset<Row> since(Dataset<Row> pairs, LocalDate firstDay) {
        return pairs.filter(col(DS).geq(lit(firstDay)));
    }

    /** Pairs as they were known at the end of a day. */
    public static Dataset<Row> asOf(Dataset<Row> pairs, LocalDate day) {
        return pairs.filter(col(DS).isNull().or(col(DS).leq(lit(day))));
    }

    /**
     * The exposures of units with the ids of their events in place of their own: where an event id belongs to may change
     * with every pair, so its days are cut for all units that it was seen with.
     *
     * <p>Output: {@code experiment, unit_id, first_exposure_at}.
     */
    public static Dataset<Row> exposures(Dataset<Row> exposures, Dataset<Row> pairs) {
        Dataset<Row> distinct = pairs.select(col(UNIT_ID).as("plumbline__unit_id"), col(EVENT_UNIT_ID))
                .distinct();
        return exposures
                .join(distinct, col(UNIT_ID).equalTo(col("plumbline__unit_id")))
                .select(col(EXPERIMENT), col(EVENT_UNIT_ID).as(UNIT_ID), col(FIRST_EXPOSURE_AT));
    }

    private static Column text(String column) {
        return Sources.quoted(column).cast(DataTypes.StringType);
    }
}
