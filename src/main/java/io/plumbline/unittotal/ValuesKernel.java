package io.plumbline.unittotal;

import io.plumbline.unitday.StateInput;
import io.plumbline.unitday.StateReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the days of one unit for all of its exposures, in one pass, and makes values of the totals: a unit-day is read
 * once, whatever the number of experiments, and costs what is in it, not the number of metrics, because it holds states of
 * what the unit did only. Held are the exposures and sums of one unit; its days stream by.
 *
 * <p>Rows come out by experiment, day and breakdown value.
 */
final class ValuesKernel implements CoGroupFunction<String, Row, Row, Row> {

    private static final long serialVersionUID = 1L;

    /** Index of a unit-day's day; at 0 stands the unit. */
    static final int DAY = 1;

    /** Index of the start of the part of the day. */
    static final int START = 2;

    /** Index of the column that the row is broken down by. */
    static final int DIMENSION = 3;

    /** Index of its value. */
    static final int VALUE = 4;

    /** Index of the first column of states. */
    static final int STATES = 5;

    private final ExposureReading exposures;
    private final StateInput states;
    private final List<TotalReading> totals;
    private final MeasureReadings.Readings measures;
    private final int[][] ofComponent;
    private transient @Nullable ValueWriter writer;

    /**
     * A kernel.
     *
     * @param exposures how exposures are read
     * @param states how the states of unit-days are read
     * @param totals the totals, by number
     * @param measures the measures that are made of them
     */
    ValuesKernel(
            ExposureReading exposures,
            StateInput states,
            List<TotalReading> totals,
            MeasureReadings.Readings measures) {
        this.exposures = exposures;
        this.states = states;
        this.totals = List.copyOf(totals);
        this.measures = measures;
        int components = totals.stream().mapToInt(TotalReading::component).max().orElse(-1) + 1;
        this.ofComponent = IntStream.range(0, components)
                .mapToObj(component -> IntStream.range(0, totals.size())
                        .filter(i -> totals.get(i).component() == component)
                        .toArray())
                .toArray(int[][]::new);
    }

    @Override
    public Iterator<Row> call(String unit, Iterator<Row> exposed, Iterator<Row> unitDays) {
        List<ExposedUnit> units = new ArrayList<>();
        exposed.forEachRemaining(row -> units.add(new ExposedUnit(row, exposures, totals)));
        units.sort(Comparator.comparing(ExposedUnit::experiment));
        if (!units.isEmpty()) {
            StateReader reader = states.reader();
            int[] present = new int[totals.size()];
            while (unitDays.hasNext()) {
                Row row = unitDays.next();
                reader.read(row);
                int count = present(reader, present);
                units.forEach(one -> one.add(row, reader, present, count));
            }
        }
        ValueWriter values = writer();
        return units.stream().flatMap(one -> one.rows(values)).iterator();
    }

    /** One for all units of a task. */
    private ValueWriter writer() {
        ValueWriter known = writer;
        if (known == null) {
            known = new ValueWriter(exposures, measures, totals.size());
            writer = known;
        }
        return known;
    }

    /** Writes the numbers of the totals that a row has data of; returns how many these are. */
    private int present(StateReader reader, int[] present) {
        int count = 0;
        for (int i = 0; i < reader.count(); i++) {
            for (int total : ofComponent[reader.component(i)]) {
                present[count++] = total;
            }
        }
        return count;
    }
}
