package io.plumbline.unittotal;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the rows of every unit of a partition, in one pass: rows come sorted by their keys, and one unit is held at a
 * time. A row costs what is in it, not the number of metrics, because most of its columns are null.
 */
final class TotalsKernel implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final int keys;
    private final int head;
    private final List<TotalReading> readings;
    private final int width;

    /**
     * A kernel.
     *
     * @param keys how many columns at the head of a row make its key
     * @param head how many columns, these included, are the same in all rows of a key
     * @param readings the totals, in the order of their columns
     */
    TotalsKernel(int keys, int head, List<TotalReading> readings) {
        this.keys = keys;
        this.head = head;
        this.readings = List.copyOf(readings);
        this.width = head + readings.stream().mapToInt(TotalReading::outputs).sum();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Units(rows);
    }

    private final class Units implements Iterator<Row> {

        private final Iterator<Row> rows;
        private @Nullable Row next;

        private Units(Iterator<Row> rows) {
            this.rows = rows;
            this.next = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            Row first = next;
            if (first == null) {
                throw new NoSuchElementException();
            }
            TotalReading.@Nullable UnitSum[] sums = new TotalReading.UnitSum[readings.size()];
            Row row = first;
            while (row != null && sameKey(first, row)) {
                add(row, sums);
                row = rows.hasNext() ? rows.next() : null;
            }
            next = row;
            return row(first, sums);
        }

        private boolean sameKey(Row one, Row other) {
            for (int i = 0; i < keys; i++) {
                if (!Objects.equals(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private void add(Row row, TotalReading.@Nullable UnitSum[] sums) {
        for (int i = 0; i < sums.length; i++) {
            TotalReading reading = readings.get(i);
            if (reading.takes(row)) {
                TotalReading.UnitSum sum = sums[i];
                if (sum == null) {
                    sum = reading.sum();
                    sums[i] = sum;
                }
                sum.add(row);
            }
        }
    }

    private Row row(Row first, TotalReading.@Nullable UnitSum[] sums) {
        @Nullable Object[] columns = new Object[width];
        Arrays.setAll(columns, i -> i < head ? first.get(i) : null);
        int from = head;
        for (int i = 0; i < sums.length; i++) {
            TotalReading.UnitSum sum = sums[i];
            if (sum != null) {
                sum.write(columns, from);
            }
            from += readings.get(i).outputs();
        }
        return RowFactory.create(columns);
    }
}
