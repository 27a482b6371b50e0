package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** Columns that rows carry on their way to unit-days, named so that no column of a source is hidden by them. */
final class Working {

    /** The unit of the row: {@code STRUCT<unit_type, unit_id>}. */
    static final String UNIT = "plumbline__unit";

    /** The breakdown value that the row is counted under: {@code STRUCT<dimension, dimension_value>}, of nulls for all. */
    static final String COPY = "plumbline__copy";

    /** The start of the part of the day in which the row falls. */
    static final String PART_START = "plumbline__part_start";

    private Working() {}

    static Column unitType() {
        return col(UNIT).getField(UnitDaySchema.UNIT_TYPE);
    }

    static Column unitId() {
        return col(UNIT).getField(UnitDaySchema.UNIT_ID);
    }

    static Column dimension() {
        return col(COPY).getField(UnitDaySchema.DIMENSION);
    }

    static Column dimensionValue() {
        return col(COPY).getField(UnitDaySchema.DIMENSION_VALUE);
    }
}
