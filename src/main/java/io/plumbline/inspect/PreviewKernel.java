package io.plumbline.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of a partition that pass filters, and keeps the first of those that pass all: numbers and sample come of
 * one pass. Rows hold the source's columns and, behind them, whether each filter is true.
 *
 * <p>Gives out the source's columns, {@code selection INT} and {@code n BIGINT}: a row per row that is kept, with the index
 * of its selection, and a row per counter, in the order of {@link #counters}, with its number.
 */
final class PreviewKernel implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private static final String SELECTION = "plumbline__selection";
    private static final String COUNTER = "plumbline__counter";
    private static final String N = "plumbline__n";

    private final int width;
    private final int[] filters;
    private final int limit;

    /**
     * A kernel for selections of the same rows.
     *
     * @param width number of the source's columns
     * @param filters number of filters of each selection
     * @param limit the most rows that are kept of a selection
     */
    PreviewKernel(int width, List<Integer> filters, int limit) {
        this.width = width;
        this.filters = filters.stream().mapToInt(n -> n).toArray();
        this.limit = limit;
    }

    /** The schema of what comes out. */
    static StructType schema(StructType source) {
        StructType schema = new StructType();
        for (var field : source.fields()) {
            schema = schema.add(field.name(), field.dataType(), true);
        }
        return schema.add(SELECTION, "int").add(COUNTER, "int").add(N, "bigint");
    }

    /** The rows that were kept of a selection. */
    static List<Row> sample(List<Row> found, int selection) {
        return found.stream()
                .filter(row -> !row.isNullAt(row.fieldIndex(SELECTION)))
                .filter(row -> row.<Integer>getAs(SELECTION) == selection)
                .toList();
    }

    /** All counters summed over partitions: all rows; then for every selection, each filter alone, then cumulatively. */
    long[] counters(List<Row> found) {
        long[] sums = new long[counters()];
        found.stream()
                .filter(row -> !row.isNullAt(row.fieldIndex(COUNTER)))
                .forEach(row -> sums[row.<Integer>getAs(COUNTER)] += row.<Long>getAs(N));
        return sums;
    }

    private int counters() {
        return 1 + 2 * Arrays.stream(filters).sum();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        long[] counters = new long[counters()];
        int[] kept = new int[filters.length];
        List<Row> out = new ArrayList<>();
        while (rows.hasNext()) {
            add(rows.next(), counters, kept, out);
        }
        for (int i = 0; i < counters.length; i++) {
            out.add(row(null, null, i, counters[i]));
        }
        return out.iterator();
    }

    private void add(Row row, long[] counters, int[] kept, List<Row> out) {
        counters[0]++;
        int column = width;
        int counter = 1;
        for (int selection = 0; selection < filters.length; selection++) {
            boolean all = true;
            for (int i = 0; i < filters[selection]; i++) {
                boolean passes = row.getBoolean(column++);
                all &= passes;
                counters[counter + i] += passes ? 1 : 0;
                counters[counter + filters[selection] + i] += all ? 1 : 0;
            }
            counter += 2 * filters[selection];
            if (all && kept[selection]++ < limit) {
                out.add(row(row, selection, null, null));
            }
        }
    }

    private Row row(@Nullable Row values, @Nullable Integer selection, @Nullable Integer counter, @Nullable Long n) {
        @Nullable Object[] cells = new Object[width + 3];
        for (int i = 0; values != null && i < width; i++) {
            cells[i] = values.get(i);
        }
        cells[width] = selection;
        cells[width + 1] = counter;
        cells[width + 2] = n;
        return RowFactory.create(cells);
    }
}
