package io.plumbline.summary;

import io.plumbline.metric.Aggregate;
import io.plumbline.unitday.StateFold;
import java.io.Serializable;
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
 * units, evaluate every column of every row; most are null, and this costs what is there.
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

    /** Index of the first state. */
    static final int STATES = 4;

    /** What a partition gives out: one row per day, breakdown value and component that any unit has a state of. */
    static final StructType SCHEMA =
            StructType.fromDDL("ds DATE, dimension STRING, dimension_value STRING, component INT, "
                    + "units BIGINT, high DOUBLE, low DOUBLE, least DOUBLE, greatest DOUBLE");

    /**
     * Where the state of a component is. Travels to the executors.
     *
     * @param aggregate of the component
     * @param input index of the first part, null exactly where there are no rows; others follow it
     * @param inputs how many parts there are
     */
    record Reading(Aggregate aggregate, int input, int inputs) implements Serializable {}

    private record Key(
            Object day,
            @Nullable String dimension,
            @Nullable String value) {}

    private final List<Reading> readings;

    CatalogKernel(List<Reading> readings) {
        this.readings = List.copyOf(readings);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Map<Key, @Nullable UnitTally[]> tallies = new LinkedHashMap<>();
        Map<Key, StateFold[] @Nullable []> states = new HashMap<>();
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
            merge(row, states.computeIfAbsent(key, none -> new StateFold[readings.size()][]));
        }
        count(states, tallies);
        return tallies.entrySet().stream()
                .flatMap(entry -> results(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private void merge(Row row, StateFold[] @Nullable [] states) {
        for (int i = 0; i < states.length; i++) {
            Reading reading = readings.get(i);
            if (!row.isNullAt(reading.input())) {
                StateFold[] parts = states[i];
                if (parts == null) {
                    parts = none(reading);
                    states[i] = parts;
                }
                for (int part = 0; part < parts.length; part++) {
                    parts[part].add(row.get(reading.input() + part));
                }
            }
        }
    }

    private static StateFold[] none(Reading reading) {
        return Stream.generate(() -> StateFold.of(reading.aggregate()))
                .limit(reading.inputs())
                .toArray(StateFold[]::new);
    }

    /** Adds the states of one unit. */
    private void count(Map<Key, StateFold[] @Nullable []> states, Map<Key, @Nullable UnitTally[]> tallies) {
        states.forEach((key, ofKey) -> {
            @Nullable UnitTally[] sums = tallies.computeIfAbsent(key, none -> new UnitTally[readings.size()]);
            for (int i = 0; i < ofKey.length; i++) {
                StateFold[] parts = ofKey[i];
                if (parts != null) {
                    UnitTally sum = sums[i] == null ? new UnitTally() : sums[i];
                    sum.add(readings.get(i).aggregate(), parts);
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
