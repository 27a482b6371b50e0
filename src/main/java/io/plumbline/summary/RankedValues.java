package io.plumbline.summary;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * The different values of many cells, each with the number of the cell's values up to and including it. From these, values
 * at any rank of any cell are found without sorting again.
 *
 * <p>Input: one row per cell and unit with {@link #VALUES}, and columns that name the cell, of which any may be null. Equal
 * values are counted together before they are shuffled; a cell's different values then meet in one task, where they are
 * sorted, on disk if need be. Spark's own {@code percentile} would keep them in memory, and takes no rank that differs from
 * group to group.
 */
final class RankedValues {

    /** The values of a unit: ARRAY&lt;DOUBLE&gt;. */
    static final String VALUES = "cell_values";

    /** A value of the cell: DOUBLE. */
    private static final String VALUE = "cell_value";

    /** Number of the cell's values at or below the value: BIGINT. */
    private static final String UP_TO = "values_up_to";

    /** Number of all values of the cell: BIGINT. */
    static final String ALL = "values_of_cell";

    private RankedValues() {}

    /** The ranked values: the cell, and {@code cell_value, values_up_to, values_of_cell}. */
    static Dataset<Row> of(Dataset<Row> units, List<String> cell) {
        Column[] keys = columns(cell);
        WindowSpec whole = Window.partitionBy(keys);
        WindowSpec upTo = whole.orderBy(VALUE).rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        return units.select(Stream.concat(
                                Arrays.stream(keys),
                                Stream.of(explode(col(VALUES)).as(VALUE)))
                        .toArray(Column[]::new))
                .groupBy(Stream.concat(Arrays.stream(keys), Stream.of(col(VALUE)))
                        .toArray(Column[]::new))
                .agg(count(lit(1)).as("times"))
                .withColumn(UP_TO, sum("times").over(upTo))
                .withColumn(ALL, sum("times").over(whole))
                .drop("times");
    }

    /**
     * The percentile of every cell: the cell, {@code values_of_cell} and the percentile.
     *
     * @param probability a column of the cell
     */
    static Dataset<Row> percentiles(Dataset<Row> ranked, List<String> cell, String probability, String name) {
        Column position = col(ALL).minus(lit(1)).cast("double").multiply(col(probability));
        Column below = floor(position).plus(lit(1));
        Column share = position.minus(floor(position));
        Column lower = col("value_below");
        Column upper = col("value_above");
        return ranked.groupBy(columns(cell))
                .agg(
                        max(ALL).as(ALL),
                        atRank(below).as("value_below"),
                        atRank(least(below.plus(lit(1)), col(ALL))).as("value_above"))
                .withColumn(
                        name,
                        when(lower.equalTo(upper), lower)
                                .otherwise(lower.multiply(lit(1.0).minus(share)).plus(upper.multiply(share))))
                .drop("value_below", "value_above");
    }

    /**
     * Values at ranks: the cell and one column per rank.
     *
     * @param ranks one row per cell, with the ranks from 1 as BIGINT
     * @param names the columns of the ranks; those of the values are called alike
     */
    static Dataset<Row> atRanks(Dataset<Row> ranked, Dataset<Row> ranks, List<String> cell, List<String> names) {
        List<Column> values =
                names.stream().map(name -> atRank(col(name)).as(name)).toList();
        return join(ranked, ranks, cell)
                .groupBy(columns(cell))
                .agg(values.get(0), values.subList(1, values.size()).toArray(Column[]::new));
    }

    /** Rows with what is known of their cell, a table so small that every task gets it whole. */
    static Dataset<Row> join(Dataset<Row> rows, Dataset<Row> cells, List<String> cell) {
        String suffix = "__of_cell";
        Dataset<Row> renamed = cells;
        for (String name : cell) {
            renamed = renamed.withColumnRenamed(name, name + suffix);
        }
        Column same = cell.stream()
                .map(name -> col(name).eqNullSafe(col(name + suffix)))
                .reduce(Column::and)
                .orElseThrow();
        return rows.join(broadcast(renamed), same)
                .drop(cell.stream().map(name -> name + suffix).toArray(String[]::new));
    }

    /** The least value up to which there are as many values as the rank says. */
    private static Column atRank(Column rank) {
        return min(when(col(UP_TO).geq(rank), col(VALUE)));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }
}
