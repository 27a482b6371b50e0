package io.plumbline.unitday;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.UNIT_TYPE;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.when;

import io.plumbline.source.SourceSchema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cuts days in parts at the edges of a unit: the instants of its exposures and of the ends of its windows.
 *
 * <p>A row falls in exactly one part, so the parts of a day add up to the day, and nothing is counted twice however many
 * experiments have an edge there. Edges come as one row per unit type, unit and day: {@code unit_type STRING, unit_id
 * STRING, ds DATE, split_at ARRAY<TIMESTAMP>}.
 */
public final class Splits {

    /** The edges of a unit on a day. */
    public static final String SPLIT_AT = "split_at";

    private Splits() {}

    /** Adds {@link Working#PART_START}: the last edge at or before the row, null before the first one. */
    static Dataset<Row> cut(Dataset<Row> rows, Dataset<Row> edges) {
        Dataset<Row> renamed = edges.select(
                col(UNIT_TYPE).as("plumbline__edge_unit_type"),
                col(UNIT_ID).as("plumbline__edge_unit_id"),
                col(DS).as("plumbline__edge_ds"),
                col(SPLIT_AT).as("plumbline__split_at"));
        Column splits = col("plumbline__split_at");
        return rows.join(
                        renamed,
                        Working.unitType()
                                .equalTo(col("plumbline__edge_unit_type"))
                                .and(Working.unitId().equalTo(col("plumbline__edge_unit_id")))
                                .and(col(SourceSchema.DAY).equalTo(col("plumbline__edge_ds"))),
                        "left")
                .withColumn(
                        Working.PART_START,
                        when(splits.isNotNull(), array_max(filter(splits, edge -> edge.leq(col(SourceSchema.AT))))));
    }
}
