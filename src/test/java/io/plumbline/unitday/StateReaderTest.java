package io.plumbline.unitday;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Component;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Selection;
import io.plumbline.plan.PlannedComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** States that are numbers are stored as pairs, all others in columns; a reader finds both. */
class StateReaderTest extends SparkTest {

    private static final PlannedComponent COUNT = component("c00000000000a", Aggregate.ROWS);
    private static final PlannedComponent SUM = component("cfffffffffff0", Aggregate.SUM);
    private static final PlannedComponent TEXTS = component("c00000000000b", Aggregate.DISTINCT);
    private static final Column NO_TEXTS = lit(null).cast("ARRAY<STRING>");
    private static final List<PlannedComponent> ALL = List.of(TEXTS, SUM, COUNT);

    private static PlannedComponent component(String id, Aggregate aggregate) {
        Component amount = Component.of(new Selection("events", List.of()), aggregate, "amount");
        return new PlannedComponent(id, amount, EventTime.Precision.INSTANT, List.of());
    }

    private static Numbers.Pair pair(PlannedComponent component, int part, double value) {
        return pair(Numbers.part(component, part), value);
    }

    private static Numbers.Pair pair(long part, @Nullable Double value) {
        return new Numbers.Pair(lit(part), lit(value));
    }

    /** Index and parts of every component that the row has data of. */
    private static String read(StateReader reader, Column numbers, Column texts) {
        reader.read(spark().range(1).select(lit("u"), numbers, texts).first());
        return IntStream.range(0, reader.count())
                .map(reader::component)
                .mapToObj(component -> component + " " + Arrays.toString(reader.state(component)))
                .collect(Collectors.joining(", "));
    }

    @Test
    void theNumberOfAPartNamesItsComponent() {
        assertThat(Numbers.component(Numbers.number(SUM.id()))).isEqualTo(SUM.id());
        assertThat(Numbers.part(SUM, 1)).isEqualTo(Numbers.part(SUM, 0) + 1).isPositive();
    }

    @Test
    void columnsAreTheNumbersAndThoseOfOtherStates() {
        assertThat(StateInput.columns(ALL)).containsExactly("numbers", "c00000000000b__distinct");
        assertThat(StateInput.columns(List.of(COUNT))).containsExactly("numbers");
    }

    @Test
    void whatARowHasIsReadAndWhatNobodyAsksForIsNot() {
        StateReader reader = new StateInput(ALL, 1).reader();
        assertThat(read(
                        reader,
                        Numbers.of(List.of(pair(COUNT, 0, 3), pair(SUM, 0, 2.5), pair(SUM, 1, 1e-9))),
                        NO_TEXTS))
                .isEqualTo("2 [3.0], 1 [2.5, 1.0E-9]");
        assertThat(read(reader, Numbers.of(List.of(pair(7, 1.0))), array(lit("x"))))
                .isEqualTo("0 [ArraySeq(x)]");
        assertThat(read(reader, Numbers.of(List.of()), NO_TEXTS)).isEmpty();
    }

    @Test
    void pairsAreSortedAndThoseWithoutValueAreLeftOut() {
        List<Numbers.Pair> pairs = List.of(pair(9, 2.0), pair(3, null), pair(1, 4.0));
        assertThat(spark().range(1)
                        .select(Numbers.of(pairs).cast("STRING"))
                        .first()
                        .getString(0))
                .isEqualTo("[{1, 4.0}, {9, 2.0}]");
        assertThat(spark().range(1)
                        .select(Numbers.of(List.of(pair(1, null))))
                        .first()
                        .isNullAt(0))
                .isTrue();
    }
}
