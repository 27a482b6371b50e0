package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.metric.Aggregate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
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
    void aFoldMergesAsSqlDoes(Aggregate aggregate) {
        Dataset<Row> states = states(aggregate).persist();
        List<StatePart> parts = States.parts(aggregate);
        for (StatePart part : parts) {
            Column merged = part.merge().apply(col("state"));
            Map<Object, String> expected =
                    text(aggregate, states.groupBy("unit_id").agg(merged.as("state")));
            assertThat(expected).hasSize(7);
            assertThat(text(aggregate, folded(aggregate, part, states)))
                    .as(part.name())
                    .isEqualTo(expected);
        }
        states.unpersist();
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

    /** What the fold makes of the states of each unit, in an order that changes with the seed of the aggregate. */
    private static Dataset<Row> folded(Aggregate aggregate, StatePart part, Dataset<Row> states) {
        List<Row> rows = states.collectAsList();
        Collections.shuffle(rows, new Random(aggregate.name().hashCode()));
        Map<Long, StateFold> folds = new TreeMap<>();
        rows.forEach(row -> folds.computeIfAbsent(row.getLong(0), unit -> StateFold.of(aggregate))
                .add(row.get(2)));
        StructType schema = new StructType(new StructField[] {
            new StructType().add("unit_id", "bigint").fields()[0],
            new StructType().add("state", StateFold.type(aggregate, part)).fields()[0]
        });
        List<Row> results = folds.entrySet().stream()
                .map(entry -> RowFactory.create(entry.getKey(), entry.getValue().result()))
                .toList();
        return spark().createDataset(results, Encoders.row(schema))
                .select(
                        col("unit_id"),
                        StateFold.finished(aggregate, col("state")).as("state"));
    }

    /** By unit, the state as text: moments in a fixed order, and of a sketch the number that it stands for. */
    private static Map<Object, String> text(Aggregate aggregate, Dataset<Row> merged) {
        Column state = States.isNumeric(aggregate) ? col("state") : expr("sort_array(state)");
        Column shown = aggregate == Aggregate.DISTINCT_SKETCH
                ? States.result(aggregate, part -> col("state")).cast("string")
                : state.cast("string");
        Map<Object, String> texts = new TreeMap<>();
        merged.select(col("unit_id"), shown).collectAsList().forEach(row -> texts.put(row.get(0), row.getString(1)));
        return texts;
    }
}
