package io.plumbline.summary;

import io.plumbline.metric.Aggregate;
import io.plumbline.unitday.StateFold;
import io.plumbline.unitday.StateInput;
import io.plumbline.unitday.StateReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the unit-days of a partition over units, by day and breakdown value. Two aggregates in SQL, by unit and then over
 * units, would evaluate every component for every row; this costs what is there.
 *
 * <p>Takes unit, day, breakdown and its value, and then the states; all rows of a unit one after the other. Held are the
 * states of one unit.
 */
final class CatalogKernel implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private static final int UNIT = 0;
    private static final int DAY = 1;
    private static final int DIMENSION = 2;
    private static final int VALUE = 3;

    /** Index of the first column of states. */
    static final int STATES = 4;

    /** What a partition gives out: one row per day, breakdown value and component that any unit has a state of. */
    static final StructType SCHEMA =
            StructType.fromDDL("ds DATE, dimension STRING, dimension_value STRING, component INT, "
                    + "units BIGINT, high DOUBLE, low DOUBLE, least DOUBLE, greatest DOUBLE");

    private record Key(
            Object day,
            @Nullable String dimension,
            @Nullable String value) {}

    private final StateInput input;
    private final List<Aggregate> aggregates;

    /** A kernel for components, by the aggregate of each. */
    CatalogKernel(StateInput input, List<Aggregate> aggregates) {
        this.input = input;
        this.aggregates = List.copyOf(aggregates);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Map<Key, @Nullable UnitTally[]> tallies = new LinkedHashMap<>();
        Map<Key, StateFold[] @Nullable []> states = new HashMap<>();
        StateReader reader = input.reader();
        String unit = null;
        while (rows.hasNext()) {
            Row row = rows.next();
            String next = row.getString(UNIT);
            if (!next.equals(unit)) {
                count(states, tallies);
                states.clear();
                unit = next;
            }
            Key key = new Key(row.get(DAY), row.getString(DIMENSION), row.getString(VALUE));
            reader.read(row);
            merge(reader, states.computeIfAbsent(key, none -> new StateFold[aggregates.size()][]));
        }
        count(states, tallies);
        return tallies.entrySet().stream()
                .flatMap(entry -> results(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private void merge(StateReader row, StateFold[] @Nullable [] states) {
        for (int i = 0; i < row.count(); i++) {
            int component = row.component(i);
            Object[] state = row.state(component);
            StateFold[] parts = states[component];
            if (parts == null) {
                parts = Stream.generate(() -> StateFold.of(aggregates.get(component)))
                        .limit(state.length)
                        .toArray(StateFold[]::new);
                states[component] = parts;
            }
            for (int part = 0; part < parts.length; part++) {
                parts[part].add(state[part]);
            }
        }
    }

    /** Adds the states of one unit. */
    private void count(Map<Key, StateFold[] @Nullable []> states, Map<Key, @Nullable UnitTally[]> tallies) {
        states.forEach((key, ofKey) -> {
            @Nullable UnitTally[] sums = tallies.computeIfAbsent(key, none -> new UnitTally[aggregates.size()]);
            for (int i = 0; i < ofKey.length; i++) {
                StateFold[] parts = ofKey[i];
                if (parts != null) {
                    UnitTally sum = sums[i] == null ? new UnitTally() : sums[i];
                    sum.add(aggregates.get(i), parts);
                    sums[i] = sum;
                }
            }
        });
    }

    private static Stream<Row> results(Key key, @Nullable UnitTally[] tallies) {
        return IntStream.range(0, tallies.length)
                .filter(i -> tallies[i] != null)
                .mapToObj(i -> row(key, i, Objects.requireNonNull(tallies[i])));
    }

    private static Row row(Key key, int component, UnitTally tally) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(key.day());
        columns.add(key.dimension());
        columns.add(key.value());
        columns.add(component);
        columns.addAll(Arrays.asList(tally.written()));
        return RowFactory.create(columns.toArray());
    }
}
