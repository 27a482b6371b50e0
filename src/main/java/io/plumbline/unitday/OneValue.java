package io.plumbline.unitday;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.source.SourceSchema;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * States that are one value out of many. All of them are the least or the greatest of something, so that they merge by
 * MIN or MAX over any number of days and parts of days, in any order.
 *
 * <ul>
 *   <li>Least and greatest value: DOUBLE.
 *   <li>First and latest value: {@code STRUCT<at, value>}, compared field by field. Of values at one instant the first is
 *       the least and the latest the greatest. {@code min_by} and {@code max_by} would need a buffer as large and give any
 *       one of them.
 *   <li>Latest record: BIGINT, twice the microseconds of its instant, plus 1 if it passes. That is the order of a pair
 *       (instant, passes) in a type that Spark aggregates in place, in a hash table; a struct makes it sort the rows.
 * </ul>
 *
 * <p>A window over rows would find the same records, but it would sort the raw rows of a unit once per metric, and could
 * not be kept as a state from which other days go on. For the latest record of 50,000 units with forty rows each it takes
 * 1.94 times as long as the BIGINT, a struct 1.59 and {@code max_by} 1.55 times ({@code WindowsMeasuredTest}: Spark 4.1,
 * two cores).
 */
final class OneValue {

    private static final String VALUE = "value";

    private OneValue() {}

    /** The state's only part, named like the aggregate. */
    static StatePart part(Aggregate aggregate) {
        String name = aggregate.name().toLowerCase(Locale.ROOT);
        return switch (aggregate) {
            case MIN -> new StatePart(name, "DOUBLE", functions::min);
            case MAX -> new StatePart(name, "DOUBLE", functions::max);
            case FIRST -> new StatePart(name, "STRUCT<at: TIMESTAMP, value: DOUBLE>", functions::min);
            case LATEST -> new StatePart(name, "STRUCT<at: TIMESTAMP, value: DOUBLE>", functions::max);
            case LATEST_RECORD -> new StatePart(name, "BIGINT", functions::max);
            default -> throw new IllegalArgumentException(aggregate + " is not one value");
        };
    }

    /** The aggregate over values, of which those that are null are skipped. */
    static Column ofRows(Aggregate aggregate, Column value) {
        // MIN and MAX may give either of 0.0 and -0.0, which are equal, whichever comes first.
        Column unsigned = when(value.equalTo(lit(0.0)), lit(0.0)).otherwise(value);
        Column dated = when(value.isNotNull(), struct(col(SourceSchema.AT).as("at"), unsigned.as(VALUE)));
        return switch (aggregate) {
            case MIN -> min(unsigned);
            case MAX -> max(unsigned);
            case FIRST -> min(dated);
            case LATEST -> max(dated);
            default -> throw new IllegalArgumentException(aggregate + " is not one value");
        };
    }

    /** The aggregate over the rows that are taken; a condition that is null is not passed. */
    static Column latestRecord(Column taken, Column condition) {
        Column passes = when(coalesce(condition, lit(false)), lit(1L)).otherwise(lit(0L));
        return max(
                when(taken, unix_micros(col(SourceSchema.AT)).multiply(lit(2L)).plus(passes)));
    }
}
