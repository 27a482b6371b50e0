package io.plumbline.unitday;

import io.plumbline.unitday.StateInput.Place;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * The states in the row that was read last. What a row costs is what is in it, not the number of components, as far as they
 * have numbers.
 */
public final class StateReader {

    private final int numbers;
    private final Map<Long, Place> places;
    private final List<Place> others;
    private final Object[][] states;
    private final int[] present;
    private int count;

    StateReader(int numbers, List<Integer> parts, Map<Long, Place> places, List<Place> others) {
        this.numbers = numbers;
        this.places = places;
        this.others = others;
        this.states = parts.stream().map(Object[]::new).toArray(Object[][]::new);
        this.present = new int[parts.size()];
    }

    /** Goes to a row. */
    public void read(Row row) {
        count = 0;
        if (!row.isNullAt(numbers)) {
            scala.collection.Seq<Row> pairs = row.getSeq(numbers);
            for (int i = 0; i < pairs.size(); i++) {
                Row pair = pairs.apply(i);
                Place place = places.get(pair.getLong(0));
                if (place != null) {
                    put(place, pair.get(1));
                }
            }
        }
        for (int i = 0; i < others.size(); i++) {
            int column = numbers + 1 + i;
            if (!row.isNullAt(column)) {
                put(others.get(i), row.get(column));
            }
        }
    }

    /** The first part of a state is there exactly if the component has data. */
    private void put(Place place, Object value) {
        states[place.component()][place.part()] = value;
        if (place.part() == 0) {
            present[count++] = place.component();
        }
    }

    /** How many components have data in the row. */
    public int count() {
        return count;
    }

    /**
     * The index of a component with data.
     *
     * @param i from 0 to below {@link #count}
     */
    public int component(int i) {
        return present[i];
    }

    /** The parts of a component's state, which it has data of; they change with the next row. */
    public Object[] state(int component) {
        return states[component];
    }
}
