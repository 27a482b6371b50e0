package io.plumbline.unittotal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Makes rows of {@link UnitValues} of totals, one at a time: what a row costs is what the unit has data of. */
final class ValueWriter {

    private final ExposureReading reading;
    private final MeasureReadings.Readings readings;
    private final int[][] ofTotal;
    private final BitSet always = new BitSet();
    private final Map<String, BitSet> ofExperiment = new HashMap<>();
    private final PackedValues packed = new PackedValues();
    private final BitSet measures = new BitSet();

    ValueWriter(ExposureReading reading, MeasureReadings.Readings readings, int totals) {
        this.reading = reading;
        this.readings = readings;
        List<MeasureReading> all = readings.measures();
        this.ofTotal = IntStream.range(0, totals)
                .mapToObj(total -> IntStream.range(0, all.size())
                        .filter(i -> all.get(i).totals().contains(total))
                        .toArray())
                .toArray(int[][]::new);
        IntStream.range(0, all.size()).filter(i -> all.get(i).everyUnit()).forEach(always::set);
    }

    /**
     * A row.
     *
     * @param day days since exposure, 0 where they are not told apart
     * @param dimension the source column that it is about; null on the top line
     * @param value its value
     * @param sums the totals
     */
    Row row(Row exposure, int day, @Nullable String dimension, @Nullable String value, @Nullable UnitSum[] sums) {
        collect(exposure, dimension, sums);
        PartSums part = new PartSums(reading, readings.funnels(), exposure, sums);
        packed.clear();
        List<Row> sorted = new ArrayList<>();
        for (int i = measures.nextSetBit(0); i >= 0; i = measures.nextSetBit(i + 1)) {
            MeasureReading measure = readings.measures().get(i);
            if (counts(exposure, measure, day) && measure.isUnder(dimension)) {
                add(i, measure, part, sorted);
            }
        }
        int head = reading.calendar() - 1;
        @Nullable Object[] columns = new Object[head + 6];
        for (int i = 0; i < head; i++) {
            columns[i] = exposure.get(i + 1);
        }
        columns[head] = reading.byDay() ? day : null;
        columns[head + 1] = dimension;
        columns[head + 2] = value;
        columns[head + 3] = packed.bytes();
        columns[head + 4] = waiting(exposure, day);
        columns[head + 5] = sorted.isEmpty() ? null : sorted.toArray(Row[]::new);
        return RowFactory.create(columns);
    }

    /** Finds the experiment's measures with data; on the top line also those that a unit may have without. */
    private void collect(Row exposure, @Nullable String dimension, @Nullable UnitSum[] sums) {
        measures.clear();
        for (int total = 0; total < sums.length; total++) {
            if (sums[total] != null) {
                for (int measure : ofTotal[total]) {
                    measures.set(measure);
                }
            }
        }
        if (dimension == null) {
            measures.or(always);
        }
        measures.and(ofExperiment.computeIfAbsent(reading.experiment(exposure), this::shownBy));
    }

    private BitSet shownBy(String experiment) {
        BitSet shown = new BitSet();
        IntStream.range(0, readings.measures().size())
                .filter(i -> readings.measures().get(i).experiments().contains(experiment))
                .forEach(shown::set);
        return shown;
    }

    private boolean counts(Row exposure, MeasureReading measure, int day) {
        return measure.eligibility() < 0 || reading.counts(exposure, measure.eligibility(), day);
    }

    private void add(int number, MeasureReading measure, PartSums part, List<Row> sorted) {
        double numerator = measure.numerator().of(part);
        if (measure.funnel() && Double.isNaN(numerator)) {
            return;
        }
        SideReading denominator = measure.denominator();
        packed.add(number, numerator, denominator == null ? 1 : denominator.of(part));
        if (measure.percentile()) {
            sorted.add(RowFactory.create(number, part.sorted(measure.totals().get(0))));
        }
    }

    private byte @Nullable [] waiting(Row exposure, int day) {
        BitSet waiting = new BitSet();
        for (int i = 0; i < reading.eligibilities(); i++) {
            if (!reading.counts(exposure, i, day)) {
                waiting.set(i);
            }
        }
        return waiting.isEmpty() ? null : waiting.toByteArray();
    }
}
