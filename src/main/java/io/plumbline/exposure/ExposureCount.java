package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.experiment.Crossover;
import java.time.LocalDate;
import java.util.Comparator;
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
 * @param dropped those among them that are left out because their ids are not 1:1
 */
public record ExposureCount(String experiment, String group, LocalDate day, long units, long crossovers, long dropped) {

    /** The number of those that are analysed; an experiment that excludes cross-over units drops none of them. */
    public long analysed(Crossover rule) {
        return units - dropped - (rule == Crossover.EXCLUDE ? crossovers : 0);
    }

    /** The same counts, when some units are left out. */
    public static List<ExposureCount> of(Dataset<Row> exposuresAsOf, Dataset<Row> kept) {
        List<ExposureCount> left = of(kept);
        return of(exposuresAsOf).stream().map(all -> all.without(left)).toList();
    }

    private ExposureCount without(List<ExposureCount> left) {
        long kept = left.stream()
                .filter(other ->
                        other.experiment.equals(experiment) && other.group.equals(group) && other.day.equals(day))
                .mapToLong(ExposureCount::units)
                .sum();
        return new ExposureCount(experiment, group, day, units, crossovers, units - kept);
    }

    /** Counts of exposures as of a day; small enough for the driver, which also puts them in a fixed order. */
    public static List<ExposureCount> of(Dataset<Row> exposuresAsOf) {
        return exposuresAsOf
                .groupBy(EXPERIMENT, GROUP_NAME, FIRST_EXPOSURE_DATE)
                .agg(
                        count(lit(1)).as("units"),
                        count(when(col(CROSSOVER), lit(1))).as("crossovers"))
                .collectAsList()
                .stream()
                .map(row -> new ExposureCount(
                        row.getAs(EXPERIMENT),
                        row.getAs(GROUP_NAME),
                        row.<java.sql.Date>getAs(FIRST_EXPOSURE_DATE).toLocalDate(),
                        row.<Long>getAs("units"),
                        row.<Long>getAs("crossovers"),
                        0))
                .sorted(Comparator.comparing(ExposureCount::experiment)
                        .thenComparing(ExposureCount::group)
                        .thenComparing(ExposureCount::day))
                .toList();
    }
}
