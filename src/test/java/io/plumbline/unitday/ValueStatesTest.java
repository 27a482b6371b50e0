package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.hll_union;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Component;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Filter;
import io.plumbline.metric.Selection;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.source.SourceSchema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Laws of the states that are one value out of many or a set of values, on 300 random units of some 20 rows, with nulls,
 * NaN, infinities, both zeros and equal instants: however rows are put into parts and parts are put together, the state
 * is that of all rows at once.
 */
class ValueStatesTest extends SparkTest {

    private static final List<PlannedComponent> COMPONENTS = planned(
            Component.of(all(), Aggregate.MIN, "value"),
            Component.of(all(), Aggregate.MAX, "value"),
            Component.of(all(), Aggregate.FIRST, "value"),
            Component.of(all(), Aggregate.LATEST, "value"),
            Component.latestRecord(new Selection("rows", List.of(new Filter.Sql("value > 0")))),
            Component.of(all(), Aggregate.DISTINCT, "value"),
            Component.of(all(), Aggregate.DISTINCT, "text"),
            Component.of(all(), Aggregate.DISTINCT_SKETCH, "text"));

    private static Dataset<Row> rows;

    @BeforeAll
    static void draw() {
        rows = spark().range(6000)
                .select(
                        expr("id % 300").as("unit"),
                        expr("CAST(floor(rand(1) * 4) AS INT)").as("part"),
                        expr("CAST(floor(rand(2) * 2) AS INT)").as("half"),
                        expr("timestamp_seconds(1767225600 + CAST(floor(rand(3) * 12) AS INT))")
                                .as(SourceSchema.AT),
                        expr("element_at(array(0.0D, -0.0D, 1.5D, -2.0D, 3D, NULL, double('NaN'), double('infinity'), "
                                        + "double('-infinity')), 1 + CAST(floor(rand(4) * 9) AS INT))")
                                .as("value"),
                        expr("element_at(array('', 'NaN', 'a', 'A', ' a', NULL, 'ü', '-0.0', '0.0'), "
                                        + "1 + CAST(floor(rand(5) * 9) AS INT))")
                                .as("text"))
                .localCheckpoint();
    }

    @Test
    void partsMakeTheWhole() {
        assertThat(results(merged(states("unit", "half", "part"), "unit"))).isEqualTo(results(states("unit")));
    }

    @Test
    void mergingIsAssociative() {
        Dataset<Row> inTwoSteps = merged(merged(states("unit", "half", "part"), "unit", "half"), "unit");
        Dataset<Row> otherwise = merged(merged(states("unit", "half", "part"), "unit", "part"), "unit");
        assertThat(results(inTwoSteps)).isEqualTo(results(otherwise)).isEqualTo(results(states("unit")));
    }

    @Test
    void mergingIsCommutative() {
        Dataset<Row> parts = states("unit", "half", "part");
        Dataset<Row> backwards = parts.orderBy(col("part").desc(), col("half").desc());
        assertThat(results(merged(backwards.coalesce(1), "unit")))
                .isEqualTo(results(merged(parts.orderBy("half", "part").coalesce(1), "unit")));
    }

    @Test
    void noRowsAreTheIdentity() {
        Dataset<Row> parts = states("unit", "half", "part");
        Column[] nulls = Arrays.stream(parts.schema().fields())
                .map(field -> field.name().equals("unit")
                        ? col("unit")
                        : lit(null).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new);
        assertThat(results(merged(parts.unionByName(parts.select(nulls)), "unit")))
                .isEqualTo(results(states("unit")));
    }

    @Test
    void aStateOfNoValueIsNull() {
        Dataset<Row> none = rows.filter("value IS NULL AND text IS NULL");
        Row states = none.groupBy().agg(lit(0).as("zero"), columns(none)).head();
        for (PlannedComponent component : COMPONENTS) {
            boolean ofRows = component.component().aggregate() == Aggregate.LATEST_RECORD;
            assertThat(states.isNullAt(states.fieldIndex(column(component))))
                    .as(component.toString())
                    .isEqualTo(!ofRows);
        }
    }

    @Test
    void largeSketchesAreWithinTheirErrorHoweverTheyWereMerged() {
        PlannedComponent sketch = COMPONENTS.get(COMPONENTS.size() - 1);
        Dataset<Row> many = spark().range(0, 40_000, 1, 2)
                .select(
                        col("id").mod(lit(7)).as("part"),
                        expr("timestamp_seconds(id)").as(SourceSchema.AT),
                        expr("CAST(id % 20000 AS STRING)").as("text"));
        Column state = States.ofRows(sketch, lit(true), many).get(0);
        StatePart part = States.parts(Aggregate.DISTINCT_SKETCH).get(0);
        Column estimate = estimate(sketch);
        long whole = many.groupBy().agg(state).select(estimate).head().getLong(0);
        long merged = many.groupBy("part")
                .agg(state)
                .groupBy()
                .agg(part.merge().apply(col(column(sketch))).as(column(sketch)))
                .select(estimate)
                .head()
                .getLong(0);
        assertThat(merged).as("a function of the set alone").isEqualTo(whole);
        assertThat((double) whole).as("five standard errors").isCloseTo(20_000, within(5 * 0.016 * 20_000));
    }

    private static Column estimate(PlannedComponent sketch) {
        Column state = col(column(sketch));
        return hll_sketch_estimate(hll_union(state, state));
    }

    private static List<PlannedComponent> planned(Component... components) {
        return IntStream.range(0, components.length)
                .mapToObj(i -> new PlannedComponent("c" + i, components[i], EventTime.Precision.INSTANT, List.of()))
                .toList();
    }

    private static Selection all() {
        return new Selection("rows", List.of());
    }

    private static String column(PlannedComponent component) {
        return component.column(
                States.parts(component.component().aggregate()).get(0).name());
    }

    private static Column[] columns(Dataset<Row> of) {
        return COMPONENTS.stream()
                .flatMap(component -> States.ofRows(component, lit(true), of).stream())
                .toArray(Column[]::new);
    }

    private static Dataset<Row> states(String... keys) {
        Column[] by = Stream.of(keys).map(key -> col(key)).toArray(Column[]::new);
        return rows.groupBy(by).agg(lit(0).as("zero"), columns(rows));
    }

    private static Dataset<Row> merged(Dataset<Row> states, String... keys) {
        Column[] by = Stream.of(keys).map(key -> col(key)).toArray(Column[]::new);
        Column[] merges = COMPONENTS.stream()
                .map(component -> States.parts(component.component().aggregate())
                        .get(0)
                        .merge()
                        .apply(col(column(component)))
                        .as(column(component)))
                .toArray(Column[]::new);
        return states.groupBy(by).agg(lit(0).as("zero"), merges);
    }

    /** States bit for bit, but for sketches, whose bytes may be laid out in several ways: these by their number. */
    private static List<String> results(Dataset<Row> states) {
        Column[] columns = COMPONENTS.stream()
                .map(component -> component.component().aggregate() == Aggregate.DISTINCT_SKETCH
                        ? estimate(component)
                        : col(column(component)).cast("string"))
                .toArray(Column[]::new);
        return states
                .select(Stream.concat(Stream.of(col("unit")), Stream.of(columns))
                        .toArray(Column[]::new))
                .orderBy("unit")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
