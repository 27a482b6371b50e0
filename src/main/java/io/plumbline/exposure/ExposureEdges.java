package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.plumbline.plan.Edges;
import io.plumbline.source.DayRange;
import io.plumbline.unitday.Splits;
import io.plumbline.unitday.UnitDaySchema;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The instants at which exposures and the ends of windows cut days of a source, in the shape that {@link Splits} takes:
 * one row per unit and day with at least one.
 */
public final class ExposureEdges {

    private static final String INSTANT = "instant";

    private ExposureEdges() {}

    /** Edges of units of one type that fall in a range of local days. */
    public static Dataset<Row> of(Dataset<Row> exposures, String unitType, List<Edges> edges, DayRange days) {
        return instants(exposures, edges, days)
                .groupBy(
                        lit(unitType).as(UnitDaySchema.UNIT_TYPE),
                        col(UNIT_ID).as(UnitDaySchema.UNIT_ID),
                        to_date(col(INSTANT)).as(UnitDaySchema.DS))
                .agg(sort_array(collect_set(col(INSTANT))).as(Splits.SPLIT_AT));
    }

    /** On which days of a range some unit of each experiment has an edge: {@code experiment, ds}. */
    public static Dataset<Row> days(Dataset<Row> exposures, List<Edges> edges, DayRange days) {
        return instants(exposures, edges, days)
                .select(col(EXPERIMENT), to_date(col(INSTANT)).as(UnitDaySchema.DS))
                .distinct();
    }

    private static Dataset<Row> instants(Dataset<Row> exposures, List<Edges> edges, DayRange days) {
        Column offsets = array();
        for (Edges each : edges) {
            offsets = when(col(EXPERIMENT).equalTo(lit(each.experiment())), instants(each.offsets()))
                    .otherwise(offsets.cast("array<timestamp>"));
        }
        Object[] names = edges.stream().map(Edges::experiment).toArray();
        return exposures
                .filter(col(EXPERIMENT).isin(names))
                .select(col(EXPERIMENT), col(UNIT_ID), explode(offsets).as(INSTANT))
                .filter(to_date(col(INSTANT)).between(lit(days.first()), lit(days.last())));
    }

    private static Column instants(List<Duration> offsets) {
        return array(offsets.stream().map(SinceExposure::after).toArray(Column[]::new));
    }
}
