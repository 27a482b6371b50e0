package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.metric.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of merging the values of a unit, on seeded random days. */
class SortedValuesLawsTest extends SparkTest {

    private static final StructType SCHEMA = StructType.fromDDL("part INT, state ARRAY<DOUBLE>");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void statesMergeInAnyOrderAndGroupingAndNoRowsChangeNothing(long seed) {
        Random random = new Random(seed);
        List<Double @Nullable []> states = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            states.add(random.nextInt(4) == 0 ? null : sorted(random));
        }
        Double[] whole = states.stream()
                .flatMap(state -> state == null ? Stream.of() : Arrays.stream(state))
                .sorted()
                .toArray(Double[]::new);

        assertThat(merged(states)).containsExactly(whole);
        Collections.shuffle(states, random);
        assertThat(merged(states)).containsExactly(whole);
    }

    private static Double[] sorted(Random random) {
        return random.doubles(1 + random.nextInt(5))
                .map(value -> Math.rint(value * 8) - 4)
                .sorted()
                .boxed()
                .toArray(Double[]::new);
    }

    /** Merges the states of three parts, then those of the parts. */
    private static List<Double> merged(List<Double @Nullable []> states) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            rows.add(RowFactory.create(i % 3, states.get(i)));
        }
        StatePart part = States.parts(Aggregate.SORTED_VALUES).get(0);
        return spark().createDataFrame(rows, SCHEMA)
                .groupBy("part")
                .agg(part.merge().apply(col("state")).as("state"))
                .agg(part.merge().apply(col("state")).as("state"))
                .head()
                .getList(0);
    }
}
