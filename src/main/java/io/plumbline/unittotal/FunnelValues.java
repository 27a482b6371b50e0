package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.LAST_DAY;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.FunnelRule;
import io.plumbline.metric.Rollup;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.PlannedSide;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.States;
import io.plumbline.unitday.StepMoments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The funnels of units: {@link FunnelPath} over the moments of a window, once per unit and funnel; all of its measures are
 * elements of the one result.
 */
public final class FunnelValues {

    private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType);

    private FunnelValues() {}

    /** Adds {@code <metric>__path ARRAY<DOUBLE>} for every funnel: see {@link FunnelPath#of}; null where it is empty. */
    static Dataset<Row> withPaths(Dataset<Row> totals, Collection<PlannedMetric> metrics) {
        Dataset<Row> paths = totals;
        for (PlannedMetric metric : metrics) {
            PlannedSide side = metric.measure().numerator();
            if (side.value().rollup() instanceof Rollup.FunnelPart part) {
                paths = paths.withColumn(name(metric), path(side, part.rule()));
            }
        }
        return paths;
    }

    /** A number of the funnel of a metric, DOUBLE. */
    static Column part(PlannedMetric metric, Rollup.FunnelPart part) {
        return col(name(metric)).getItem(part.index() - 1);
    }

    /** Moments of an array of {@link StepMoments}. */
    public static List<FunnelMoment> moments(Iterable<Row> rows) {
        List<FunnelMoment> moments = new ArrayList<>();
        rows.forEach(row -> moments.add(new FunnelMoment(row.getLong(0), row.getInt(1), row.getString(2))));
        return moments;
    }

    private static String name(PlannedMetric metric) {
        return metric.name() + "__path";
    }

    private static Column path(PlannedSide side, FunnelRule rule) {
        Column[] moments = side.totals().stream().map(FunnelValues::moments).toArray(Column[]::new);
        boolean daily = side.total().component().precision() == EventTime.Precision.DAY;
        Column nextDay = date_add(col(LAST_DAY), 1);
        Column exposedAt = daily ? micros(col(FIRST_EXPOSURE_DATE)) : unix_micros(col(FIRST_EXPOSURE_AT));
        Column dataEnd = daily ? micros(nextDay) : unix_micros(nextDay.cast(DataTypes.TimestampType));
        return udf(follow(rule), NUMBERS).apply(concat(moments), exposedAt, dataEnd);
    }

    private static Column moments(UnitTotal total) {
        return coalesce(col(total.column(States.MOMENTS)), array().cast(StepMoments.MOMENTS));
    }

    /** Days since 1970 as microseconds of 24 hours each, as moments of sources without a time of day are. */
    private static Column micros(Column date) {
        return unix_date(date).cast(DataTypes.LongType).multiply(lit(StepMoments.DAY));
    }

    private static UDF3<scala.collection.Seq<Row>, Long, Long, double[]> follow(FunnelRule funnel) {
        FunnelLimits rule = FunnelLimits.of(funnel);
        return (rows, exposedAt, dataEnd) -> {
            Optional<double[]> path = FunnelPath.of(
                    rule,
                    moments(scala.jdk.javaapi.CollectionConverters.asJava(rows)),
                    FunnelSpan.sinceExposure(exposedAt, dataEnd));
            return path.orElse(null);
        };
    }
}
