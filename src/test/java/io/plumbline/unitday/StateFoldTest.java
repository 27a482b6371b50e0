package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.metric.Aggregate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** States merge outside of SQL to what SQL merges them to, in any order. */
class StateFoldTest extends SparkTest {

    private static final String STATES = """
            SELECT id % 7 AS unit_id, id AS ordinal,
                   1 + id % 5 AS count,
                   CAST(id * 37 % 101 - 50 AS DOUBLE) / 65536 AS number,
                   named_struct('at', timestamp_micros(1772323200000000 + id % 11), 'value', CAST(id * 37 % 13 AS DOUBLE)) AS dated,
                   sort_array(array(CAST(id % 3 AS DOUBLE), CAST(id % 17 AS DOUBLE) - 4)) AS numbers,
                   sort_array(array_distinct(array('ä' || id % 9, 'b' || id % 4))) AS texts,
                   array(named_struct('at', id % 19, 'steps', CAST(1 + id % 3 AS INT), 'session', IF(id % 2 = 0, 's', NULL)))
                     AS moments
            FROM range(300)
            """;

    @ParameterizedTest
    @EnumSource(Aggregate.class)
    void aFoldStandsForTheNumberOfWhatSqlMerges(Aggregate aggregate) {
        Dataset<Row> states = states(aggregate).persist();
        StatePart part = States.parts(aggregate).get(0);
        Map<Long, Double> expected = new TreeMap<>();
        states.groupBy("unit_id")
                .agg(part.merge().apply(col("state")).as("state"))
                .selectExpr("unit_id", "CAST(" + number(aggregate) + " AS DOUBLE)")
                .collectAsList()
                .forEach(row -> expected.put(row.getLong(0), row.getDouble(1)));
        Map<Long, Double> found = new TreeMap<>();
        folds(aggregate, states).forEach((unit, fold) -> found.put(unit, fold.number()));
        assertThat(expected).hasSize(7);
        assertThat(found).isEqualTo(expected);
        states.unpersist();
    }

    @ParameterizedTest
    @EnumSource(
            value = Aggregate.class,
            names = {"SORTED_VALUES", "STEPS", "FIRST_STEPS"})
    void aFoldKeepsAllThatSqlMerges(Aggregate aggregate) {
        Dataset<Row> states = states(aggregate).persist();
        StatePart part = States.parts(aggregate).get(0);
        Map<Long, List<Object>> expected = new TreeMap<>();
        states.groupBy("unit_id")
                .agg(part.merge().apply(col("state")).as("state"))
                .selectExpr("unit_id", "sort_array(state)")
                .collectAsList()
                .forEach(row -> expected.put(row.getLong(0), row.getList(1)));
        Map<Long, List<Object>> found = new TreeMap<>();
        folds(aggregate, states).forEach((unit, fold) -> found.put(unit, elements(fold)));
        assertThat(found).isEqualTo(expected);
        states.unpersist();
    }

    private static List<Object> elements(StateFold fold) {
        if (fold instanceof StateFold.Values values) {
            return DoubleStream.of(values.sorted())
                    .<Object>mapToObj(value -> value)
                    .toList();
        }
        Comparator<Row> order = Comparator.<Row, Long>comparing(row -> row.getLong(0))
                .thenComparing(row -> row.getInt(1))
                .thenComparing(row -> row.getString(2), Comparator.nullsFirst(Comparator.naturalOrder()));
        return ((StateFold.Moments) fold)
                .all().stream().sorted(order).<Object>map(row -> row).toList();
    }

    /** The number that the first part of a state stands for, in SQL. */
    private static String number(Aggregate aggregate) {
        return switch (aggregate) {
            case ROWS, VALUES, SUM, MIN, MAX -> "state";
            case FIRST, LATEST -> "state.value";
            case LATEST_RECORD -> "state & 1";
            case SORTED_VALUES, DISTINCT, STEPS, FIRST_STEPS -> "array_size(state)";
            case DISTINCT_SKETCH -> "hll_sketch_estimate(hll_union(state, state))";
        };
    }

    /** What becomes of the states of each unit, in an order that changes with the seed of the aggregate. */
    private static Map<Long, StateFold> folds(Aggregate aggregate, Dataset<Row> states) {
        List<Row> rows = new ArrayList<>(states.collectAsList());
        Collections.shuffle(rows, new Random(aggregate.name().hashCode()));
        Map<Long, StateFold> folds = new TreeMap<>();
        rows.forEach(row -> folds.computeIfAbsent(row.getLong(0), unit -> StateFold.of(aggregate))
                .add(row.get(2)));
        return folds;
    }

    private static Dataset<Row> states(Aggregate aggregate) {
        Dataset<Row> rows = spark().sql(STATES);
        return switch (aggregate) {
            case ROWS, VALUES, LATEST_RECORD -> rows.selectExpr("unit_id", "ordinal", "count AS state");
            case SUM, MIN, MAX -> rows.selectExpr("unit_id", "ordinal", "number AS state");
            case FIRST, LATEST -> rows.selectExpr("unit_id", "ordinal", "dated AS state");
            case SORTED_VALUES -> rows.selectExpr("unit_id", "ordinal", "numbers AS state");
            case DISTINCT -> rows.selectExpr("unit_id", "ordinal", "texts AS state");
            case DISTINCT_SKETCH ->
                rows.groupBy("unit_id", "ordinal")
                        .agg(expr("hll_sketch_agg(array_join(texts, ','), 12)").as("state"));
            case STEPS, FIRST_STEPS -> rows.selectExpr("unit_id", "ordinal", "moments AS state");
        };
    }
}
