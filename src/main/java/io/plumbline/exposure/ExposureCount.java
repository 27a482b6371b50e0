package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Units that met a group on a day.
 *
 * @param experiment the experiment's name
 * @param group the group that the units met first
 * @param day local date of their first exposure
 * @param units number of units, cross-over units included
 * @param crossovers those among them that were seen in another group too
 */
public record ExposureCount(String experiment, String group, LocalDate day, long units, long crossovers) {

    /** Counts of exposures as of a day; small enough for the driver, in a fixed order. */
    public static List<ExposureCount> of(Dataset<Row> exposuresAsOf) {
        return exposuresAsOf
                .groupBy(EXPERIMENT, GROUP_NAME, FIRST_EXPOSURE_DATE)
                .agg(
                        count(lit(1)).as("units"),
                        count(when(col(CROSSOVER), lit(1))).as("crossovers"))
                .orderBy(EXPERIMENT, GROUP_NAME, FIRST_EXPOSURE_DATE)
                .collectAsList()
                .stream()
                .map(row -> new ExposureCount(
                        row.getAs(EXPERIMENT),
                        row.getAs(GROUP_NAME),
                        row.<java.sql.Date>getAs(FIRST_EXPOSURE_DATE).toLocalDate(),
                        row.<Long>getAs("units"),
                        row.<Long>getAs("crossovers")))
                .toList();
    }
}
