package io.plumbline.unittotal;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;

/**
 * Adds up the days of one unit for all of its exposures, in one pass: a unit-day is read once, whatever the number of
 * experiments, and costs what is in it, not the number of metrics, because most of its columns are null. Held are the
 * exposures and sums of one unit; its days stream by.
 *
 * <p>Rows come out by experiment, day and breakdown value.
 */
final class TotalsKernel implements CoGroupFunction<String, Row, Row, Row> {

    private static final long serialVersionUID = 1L;

    /** Index of a unit-day's day; at 0 stands the unit. */
    static final int DAY = 1;

    /** Index of the start of the part of the day. */
    static final int START = 2;

    /** Index of the column that the row is broken down by. */
    static final int DIMENSION = 3;

    /** Index of its value. */
    static final int VALUE = 4;

    /** Index of the first state. */
    static final int STATES = 5;

    private final ExposureReading exposures;
    private final List<TotalReading> totals;

    /**
     * A kernel.
     *
     * @param exposures how exposures are read
     * @param totals the totals, in the order of their columns
     */
    TotalsKernel(ExposureReading exposures, List<TotalReading> totals) {
        this.exposures = exposures;
        this.totals = List.copyOf(totals);
    }

    @Override
    public Iterator<Row> call(String unit, Iterator<Row> exposed, Iterator<Row> unitDays) {
        List<ExposedUnit> units = stream(exposed)
                .map(row -> new ExposedUnit(row, exposures, totals))
                .sorted(Comparator.comparing(ExposedUnit::experiment))
                .toList();
        if (!units.isEmpty()) {
            int[] present = new int[totals.size()];
            while (unitDays.hasNext()) {
                Row row = unitDays.next();
                int count = present(row, present);
                units.forEach(one -> one.add(row, present, count));
            }
        }
        return units.stream().flatMap(ExposedUnit::rows).iterator();
    }

    /** Writes the numbers of the totals that a row has data of; returns how many these are. */
    private int present(Row row, int[] present) {
        int count = 0;
        for (int i = 0; i < present.length; i++) {
            if (totals.get(i).hasData(row)) {
                present[count++] = i;
            }
        }
        return count;
    }

    private static Stream<Row> stream(Iterator<Row> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
    }
}
