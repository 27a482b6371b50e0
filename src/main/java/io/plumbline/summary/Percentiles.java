package io.plumbline.summary;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.Moments;
import io.plumbline.statistics.PercentileInterval;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ValueIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Summarises the metrics that are percentiles of rows, which no moments can give.
 *
 * <p>Three grouped aggregates, for all metrics, experiments and breakdowns at once, because each needs the result of the
 * one before: the percentile of every cell; for every unit its number of values, and of those at or below the percentile;
 * the values at the two ranks that follow from these. The driver sees one row per cell and never a unit.
 */
final class Percentiles {

    private static final String OF_METRIC = "of_metric";
    private static final String METRIC = "metric";
    private static final String PROBABILITY = "probability";
    private static final String PERCENTILE = "percentile";
    private static final List<String> CELL =
            List.of(EXPERIMENT, METRIC, PROBABILITY, GROUP_NAME, DIMENSION, DIMENSION_VALUE);
    private static final List<String> RANKS = List.of("lower_rank", "upper_rank");
    private static final StructType KNOWN = StructType.fromDDL("experiment STRING, metric STRING, probability DOUBLE, "
            + "group_name STRING, dimension STRING, dimension_value STRING, percentile DOUBLE, "
            + "lower_rank BIGINT, upper_rank BIGINT");

    private record Key(String experiment, String metric, String group, Slice slice) {
        static Key of(Row row) {
            return new Key(
                    row.getAs(EXPERIMENT),
                    row.getAs(METRIC),
                    row.getAs(GROUP_NAME),
                    new Slice(row.getAs(DIMENSION), row.getAs(DIMENSION_VALUE)));
        }
    }

    private final List<PlannedExperiment> experiments;
    private final Dataset<Row> units;
    private final Dataset<Row> ranked;

    private Percentiles(List<PlannedExperiment> experiments, Dataset<Row> units, Dataset<Row> ranked) {
        this.experiments = experiments;
        this.units = units;
        this.ranked = ranked;
    }

    /** The summaries of all percentiles; values are read twice. */
    static List<PercentileSummary> of(UnitValues values, List<PlannedExperiment> experiments) {
        List<Column> pieces = pieces(values.index(), experiments);
        if (pieces.isEmpty()) {
            return List.of();
        }
        Dataset<Row> units = values.rows()
                .withColumn(OF_METRIC, explode(col(UnitValues.SORTED_VALUES)))
                .select(
                        col(EXPERIMENT),
                        col(GROUP_NAME),
                        explode(array_compact(array(pieces.toArray(Column[]::new))))
                                .as("piece"))
                .select(EXPERIMENT, GROUP_NAME, "piece.*");
        Dataset<Row> ranked = RankedValues.of(units, CELL).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return new Percentiles(experiments, units, ranked).summaries();
        } finally {
            ranked.unpersist();
        }
    }

    /**
     * What the values of a unit in a metric give: to a breakdown value, or to the whole and to every property. Units of
     * experiments without the metric have no values.
     */
    private static List<Column> pieces(ValueIndex index, List<PlannedExperiment> experiments) {
        List<Column> pieces = new ArrayList<>();
        for (PlannedMetric metric : index.metrics()) {
            if (metric.measure().measure().percentile().isPresent()) {
                Column whole = col(DIMENSION).isNull();
                Column shown = metric.dimensions().stream()
                        .map(name -> col(DIMENSION)
                                .equalTo(lit(name))
                                .and(among(
                                        experiments,
                                        e -> e.columnDimensions(metric).contains(name))))
                        .reduce(whole, Column::or);
                pieces.add(piece(index, metric, shown, col(DIMENSION), col(DIMENSION_VALUE)));
                for (String name : AnalysedUnits.properties(experiments)) {
                    Column taken = whole.and(
                            among(experiments, e -> e.experiment().breakdowns().contains(name)));
                    pieces.add(piece(index, metric, taken, lit(name), col(PROPERTY + name)));
                }
            }
        }
        return pieces;
    }

    private static Column among(List<PlannedExperiment> experiments, Predicate<PlannedExperiment> some) {
        return col(EXPERIMENT)
                .isin(experiments.stream()
                        .filter(some)
                        .map(PlannedExperiment::name)
                        .toArray());
    }

    private static Column piece(
            ValueIndex index, PlannedMetric metric, Column condition, Column dimension, Column value) {
        PlannedMeasure measure = metric.measure();
        Column number = col(OF_METRIC).getField(UnitValues.MEASURE);
        double probability = measure.measure().percentile().orElseThrow().probability();
        return when(
                condition.and(number.equalTo(lit(index.of(metric, measure)))),
                struct(
                        lit(metric.name()).as(METRIC),
                        lit(probability).as(PROBABILITY),
                        dimension.as(DIMENSION),
                        value.as(DIMENSION_VALUE),
                        col(OF_METRIC).getField(UnitValues.CELL_VALUES).as(RankedValues.VALUES)));
    }

    private List<PercentileSummary> summaries() {
        List<Row> percentiles =
                RankedValues.percentiles(ranked, CELL, PROBABILITY, PERCENTILE).collectAsList();
        Map<Key, Moments> counts = counts(table(percentiles, row -> new Long[] {null, null}));
        Map<Key, PercentileInterval> intervals = new HashMap<>();
        percentiles.forEach(row -> intervals.put(Key.of(row), interval(row, counts)));
        Dataset<Row> ranks = table(percentiles, row -> {
            PercentileInterval interval = Objects.requireNonNull(intervals.get(Key.of(row)));
            return new Long[] {interval.lowerRank(), interval.upperRank()};
        });
        Map<Key, Row> bounds = new HashMap<>();
        RankedValues.atRanks(ranked, ranks, CELL, RANKS).collectAsList().forEach(row -> bounds.put(Key.of(row), row));
        return percentiles.stream().map(row -> summary(row, intervals, bounds)).toList();
    }

    private PercentileInterval interval(Row row, Map<Key, Moments> counts) {
        double alpha = experiments.stream()
                .filter(e -> e.name().equals(row.getAs(EXPERIMENT)))
                .findFirst()
                .orElseThrow()
                .experiment()
                .analysis()
                .alpha();
        Moments ofCell = counts.getOrDefault(Key.of(row), Moments.EMPTY);
        return PercentileInterval.of(ofCell, row.<Double>getAs(PROBABILITY), alpha);
    }

    private static PercentileSummary summary(Row row, Map<Key, PercentileInterval> intervals, Map<Key, Row> bounds) {
        Key key = Key.of(row);
        Row found = Objects.requireNonNull(bounds.get(key));
        return new PercentileSummary(
                key.experiment(),
                key.metric(),
                key.group(),
                key.slice(),
                row.<Double>getAs(PERCENTILE),
                Objects.requireNonNull(intervals.get(key)),
                found.<Double>getAs("lower_rank"),
                found.<Double>getAs("upper_rank"));
    }

    /** Moments over units of (values at or below the percentile, values). */
    private Map<Key, Moments> counts(Dataset<Row> percentiles) {
        Column below = array_size(filter(col(RankedValues.VALUES), value -> value.leq(col(PERCENTILE))))
                .cast("bigint");
        Column all = array_size(col(RankedValues.VALUES)).cast("bigint");
        Map<Key, Moments> counts = new HashMap<>();
        RankedValues.join(units, percentiles, CELL)
                .withColumn("s", below)
                .withColumn("n", all)
                .groupBy(CELL.stream().map(name -> col(name)).toArray(Column[]::new))
                .agg(
                        count(lit(1)).as("units"),
                        exact(col("s")).as("sum_s"),
                        exact(col("n")).as("sum_n"),
                        exact(col("s").multiply(col("s"))).as("sum_ss"),
                        exact(col("n").multiply(col("n"))).as("sum_nn"),
                        exact(col("s").multiply(col("n"))).as("sum_sn"))
                .collectAsList()
                .forEach(row -> counts.put(Key.of(row), moments(row)));
        return counts;
    }

    private static Moments moments(Row row) {
        return new WholeNumbers(
                        row.<Long>getAs("units"),
                        WholeNumbers.whole(row.getAs("sum_s")),
                        WholeNumbers.whole(row.getAs("sum_n")),
                        WholeNumbers.whole(row.getAs("sum_ss")),
                        WholeNumbers.whole(row.getAs("sum_nn")),
                        WholeNumbers.whole(row.getAs("sum_sn")))
                .moments();
    }

    /** A sum of whole numbers that neither rounds nor overflows. */
    private static Column exact(Column whole) {
        return sum(whole.cast("decimal(20,0)"));
    }

    private interface Ranks {
        Long[] of(Row row);
    }

    private Dataset<Row> table(List<Row> percentiles, Ranks ranks) {
        List<Row> rows = new ArrayList<>();
        for (Row row : percentiles) {
            Long[] found = ranks.of(row);
            rows.add(RowFactory.create(
                    row.getAs(EXPERIMENT),
                    row.getAs(METRIC),
                    row.getAs(PROBABILITY),
                    row.getAs(GROUP_NAME),
                    row.getAs(DIMENSION),
                    row.getAs(DIMENSION_VALUE),
                    row.getAs(PERCENTILE),
                    found[0],
                    found[1]));
        }
        return units.sparkSession().createDataFrame(rows, KNOWN);
    }
}
