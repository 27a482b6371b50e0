package io.plumbline.summary;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.FunnelRule;
import io.plumbline.unitday.StepMoments;
import io.plumbline.unittotal.FunnelDays;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;

/**
 * A funnel over all units, experiment or not, on the day on which they started.
 *
 * @param day the local day
 * @param slice the breakdown value, or the whole
 * @param started units (sessions) with a first step on the day
 * @param converted those of them that completed all steps, also on later days
 */
public record FunnelDay(LocalDate day, Slice slice, double started, double converted) {

    /** The column of moments, as {@link StepMoments} has them. */
    public static final String MOMENTS = "moments";

    private static final DataType NUMBERS =
            DataType.fromDDL("ARRAY<STRUCT<day: INT, started: DOUBLE, converted: DOUBLE>>");

    /**
     * The funnel on every day and under every breakdown value on which it was started; small enough for the driver.
     *
     * @param moments {@code unit_id, dimension, dimension_value, moments}, of the days and of those in reach of windows
     * @param days on which attempts begin
     */
    public static List<FunnelDay> of(
            Dataset<Row> moments,
            FunnelRule rule,
            EventTime.Precision precision,
            Collection<LocalDate> days,
            ZoneId zone) {
        FunnelDays starts = FunnelDays.of(rule.ofAnyUnit(), precision, days, zone);
        UDF1<scala.collection.Seq<Row>, List<Row>> follow = starts::numbers;
        return moments
                .groupBy(col(UNIT_ID), col(DIMENSION), col(DIMENSION_VALUE))
                .agg(StepMoments.merged(col(MOMENTS)).as(MOMENTS))
                .filter(col(MOMENTS).isNotNull())
                .select(
                        col(DIMENSION),
                        col(DIMENSION_VALUE),
                        inline(udf(follow, NUMBERS).apply(col(MOMENTS))))
                .groupBy(col("day"), col(DIMENSION), col(DIMENSION_VALUE))
                .agg(sum("started").as("started"), sum("converted").as("converted"))
                .collectAsList()
                .stream()
                .map(row -> new FunnelDay(
                        LocalDate.ofEpochDay(row.<Integer>getAs("day")),
                        new Slice(row.getAs(DIMENSION), row.getAs(DIMENSION_VALUE)),
                        row.<Double>getAs("started"),
                        row.<Double>getAs("converted")))
                .toList();
    }
}
