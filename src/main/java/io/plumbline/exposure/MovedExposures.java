package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** First exposures that have come, gone or moved to another instant. */
public final class MovedExposures {

    private MovedExposures() {}

    /**
     * The instants that are in one of two states of exposures only: {@code experiment, unit_id, first_exposure_at}, of a unit
     * that moved both.
     */
    public static Dataset<Row> between(Dataset<Row> before, Dataset<Row> after) {
        Dataset<Row> were = instants(before);
        Dataset<Row> are = instants(after);
        return were.except(are).unionByName(are.except(were));
    }

    private static Dataset<Row> instants(Dataset<Row> exposures) {
        return exposures.select(EXPERIMENT, UNIT_ID, FIRST_EXPOSURE_AT);
    }
}
