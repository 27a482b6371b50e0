package io.plumbline.unittotal;

import io.plumbline.unitday.NumberFold;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Adds up those rows of a unit that the same windows of its exposures take. Each sum has the day and the start of its earliest
 * row, which are in these windows and in no others.
 */
final class TotalsKernel implements CoGroupFunction<String, Row, Row, Row> {

    private static final long serialVersionUID = 1L;

    /** Index of the numbers in rows of unit-days. */
    private static final int NUMBERS = ValuesKernel.STATES;

    /** Which spans of which exposures take a row, and the breakdown value. */
    private record Part(
            BitSet windows,
            @Nullable String dimension,
            @Nullable String value) {}

    private final ExposureReading reading;
    private final NumberFold.Rule rule;

    TotalsKernel(ExposureReading reading, NumberFold.Rule rule) {
        this.reading = reading;
        this.rule = rule;
    }

    @Override
    public Iterator<Row> call(String unit, Iterator<Row> exposed, Iterator<Row> unitDays) {
        List<Row> exposures = new ArrayList<>();
        exposed.forEachRemaining(exposures::add);
        Map<Part, Total> totals = new LinkedHashMap<>();
        while (unitDays.hasNext() && !exposures.isEmpty()) {
            Row row = unitDays.next();
            BitSet windows = windows(exposures, row.getInt(ValuesKernel.DAY), row.getLong(ValuesKernel.START));
            if (!windows.isEmpty() && !row.isNullAt(NUMBERS)) {
                Part part = new Part(windows, row.getString(ValuesKernel.DIMENSION), row.getString(ValuesKernel.VALUE));
                totals.computeIfAbsent(part, any -> new Total(row, rule)).add(row);
            }
        }
        return totals.entrySet().stream()
                .map(entry -> entry.getValue().row(unit, entry.getKey()))
                .iterator();
    }

    private BitSet windows(List<Row> exposures, int day, long start) {
        BitSet windows = new BitSet();
        for (int i = 0; i < exposures.size(); i++) {
            Row exposure = exposures.get(i);
            if (reading.reads(exposure, day)) {
                for (int span = 0; span < reading.spans(); span++) {
                    if (reading.isIn(exposure, span, day, start)) {
                        windows.set(i * reading.spans() + span);
                    }
                }
            }
        }
        return windows;
    }

    private static final class Total {

        private final NumberFold numbers;
        private Row earliest;

        Total(Row first, NumberFold.Rule rule) {
            this.numbers = new NumberFold(rule);
            this.earliest = first;
        }

        void add(Row row) {
            numbers.add(row.getSeq(NUMBERS));
            if (row.getLong(ValuesKernel.START) < earliest.getLong(ValuesKernel.START)) {
                earliest = row;
            }
        }

        /** In the order of {@link UnitTotals#SCHEMA}. */
        Row row(String unit, Part part) {
            return RowFactory.create(
                    unit,
                    earliest.getInt(ValuesKernel.DAY),
                    earliest.getLong(ValuesKernel.START),
                    part.dimension(),
                    part.value(),
                    numbers.pairs().toArray(Row[]::new));
        }
    }
}
