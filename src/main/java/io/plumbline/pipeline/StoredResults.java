package io.plumbline.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.plumbline.experiment.View;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Warehouse;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The results that runs have stored: top line, over the whole time since exposure.
 *
 * @param warehouse where they are
 */
record StoredResults(Warehouse warehouse) {

    /** The newest day with results of a metric of an experiment. */
    Optional<LocalDate> latestDay(String experiment, String metric) {
        if (!warehouse.exists(Tables.EXPERIMENT_RESULTS.name())) {
            return Optional.empty();
        }
        return results(experiment, metric).select(max(col("ds"))).collectAsList().stream()
                .flatMap(row -> Optional.ofNullable(row.<Date>getAs(0)).stream())
                .map(Date::toLocalDate)
                .findFirst();
    }

    /**
     * The results of a day.
     *
     * @throws IllegalArgumentException if there are none
     */
    List<Row> of(String experiment, String metric, LocalDate asOf) {
        List<Row> stored = warehouse.exists(Tables.EXPERIMENT_RESULTS.name())
                ? results(experiment, metric)
                        .filter(col("ds").equalTo(lit(asOf)))
                        .collectAsList()
                : List.of();
        if (stored.isEmpty()) {
            throw new IllegalArgumentException("metric '" + metric + "' of experiment '" + experiment
                    + "' has no results as of " + asOf + "; run `plumbline run --date " + asOf + "` first");
        }
        return stored;
    }

    private Dataset<Row> results(String experiment, String metric) {
        return warehouse
                .read(Tables.EXPERIMENT_RESULTS.name())
                .filter(col("experiment").equalTo(lit(experiment)))
                .filter(col("metric").equalTo(lit(metric)))
                .filter(col("view").equalTo(lit(View.CUMULATIVE.label())))
                .filter(col("dimension").isNull());
    }
}
