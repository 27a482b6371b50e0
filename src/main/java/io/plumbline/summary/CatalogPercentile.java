package io.plumbline.summary;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.plumbline.plan.PlannedMetric;
import io.plumbline.unitday.States;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which percentile of which values: those of all units of a source, experiment or not, on one day.
 *
 * @param day the local day
 * @param metric the metric's name
 * @param slice the breakdown value, or the whole
 */
public record CatalogPercentile(LocalDate day, String metric, Slice slice) {

    private static final List<String> CELL = List.of(DS, "metric", "probability", DIMENSION, DIMENSION_VALUE);

    /**
     * The percentiles of every day and breakdown value in the unit-days of a source.
     *
     * @param metrics percentiles, all of the source
     */
    public static Map<CatalogPercentile, Double> of(Dataset<Row> unitDays, List<PlannedMetric> metrics) {
        Map<CatalogPercentile, Double> found = new HashMap<>();
        if (metrics.isEmpty()) {
            return found;
        }
        Column pieces = array(metrics.stream().map(CatalogPercentile::piece).toArray(Column[]::new));
        Dataset<Row> values = unitDays.filter(col(UNIT_ID).isNotNull())
                .select(
                        col(DS),
                        col(DIMENSION),
                        col(DIMENSION_VALUE),
                        explode(array_compact(pieces)).as("piece"))
                .select(Stream.of(DS, DIMENSION, DIMENSION_VALUE, "piece.*")
                        .map(name -> col(name))
                        .toArray(Column[]::new));
        RankedValues.percentiles(RankedValues.of(values, CELL), CELL, "probability", "percentile")
                .collectAsList()
                .forEach(row -> found.put(key(row), row.<Double>getAs("percentile")));
        return found;
    }

    private static Column piece(PlannedMetric metric) {
        Column values = col(metric.measure().numerator().total().component().column(States.SORTED_VALUES));
        Column shown = col(DIMENSION)
                .isNull()
                .or(col(DIMENSION).isin(metric.dimensions().toArray()));
        double probability =
                metric.measure().measure().percentile().orElseThrow().probability();
        return when(
                values.isNotNull().and(shown),
                struct(
                        lit(metric.name()).as("metric"),
                        lit(probability).as("probability"),
                        values.as(RankedValues.VALUES)));
    }

    private static CatalogPercentile key(Row row) {
        return new CatalogPercentile(
                row.<java.sql.Date>getAs(DS).toLocalDate(),
                row.getAs("metric"),
                new Slice(row.getAs(DIMENSION), row.getAs(DIMENSION_VALUE)));
    }
}
