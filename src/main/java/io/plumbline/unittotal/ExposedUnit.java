package io.plumbline.unittotal;

import io.plumbline.unitday.StateReader;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What one exposure of a unit adds up to while the unit's days pass by. */
final class ExposedUnit {

    /** Days since exposure, 0 where they are not told apart, and the breakdown value, null on the top line. */
    private record Part(
            int day, @Nullable String dimension, @Nullable String value) {

        static final Comparator<Part> ORDER = Comparator.comparingInt(Part::day)
                .thenComparing(Part::dimension, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Part::value, Comparator.nullsFirst(Comparator.naturalOrder()));
    }

    private final Row exposure;
    private final ExposureReading reading;
    private final List<TotalReading> totals;
    private final String experiment;
    private final int exposed;
    private final @Nullable UnitSum[] whole;
    private final SortedMap<Part, @Nullable UnitSum[]> parts = new TreeMap<>(Part.ORDER);

    ExposedUnit(Row exposure, ExposureReading reading, List<TotalReading> totals) {
        this.exposure = exposure;
        this.reading = reading;
        this.totals = totals;
        this.experiment = reading.experiment(exposure);
        this.exposed = reading.exposed(exposure);
        this.whole = new UnitSum[totals.size()];
        IntStream.rangeClosed(0, reading.byDay() ? reading.days(exposure) : 0)
                .forEach(day -> parts.put(new Part(day, null, null), day == 0 ? whole : new UnitSum[totals.size()]));
    }

    String experiment() {
        return experiment;
    }

    /**
     * Adds a unit-day, if the exposure reads it.
     *
     * @param states those in the row
     * @param present numbers of the totals whose components have data in the row
     * @param count how many these are
     */
    void add(Row row, StateReader states, int[] present, int count) {
        int day = row.getInt(ValuesKernel.DAY);
        if (!reading.reads(exposure, day)) {
            return;
        }
        String dimension = row.getString(ValuesKernel.DIMENSION);
        String value = null;
        if (dimension != null) {
            value = reading.values().of(experiment, dimension, row.getString(ValuesKernel.VALUE));
            if (value == null) {
                return;
            }
        }
        long start = row.getLong(ValuesKernel.START);
        @Nullable UnitSum[] sums = null;
        for (int i = 0; i < count; i++) {
            TotalReading total = totals.get(present[i]);
            if (reading.isIn(exposure, total.span(), day, start)) {
                sums = sums == null ? sums(day, dimension, value) : sums;
                int first = total.beforeExposure() ? reading.before(exposure) : exposed;
                sum(sums, present[i], total).add(states.state(total.component()), day - first);
            }
        }
    }

    private @Nullable UnitSum[] sums(int day, @Nullable String dimension, @Nullable String value) {
        if (dimension == null && !reading.byDay()) {
            return whole;
        }
        return parts.computeIfAbsent(
                new Part(reading.byDay() ? day - exposed : 0, dimension, value), part -> new UnitSum[totals.size()]);
    }

    private static UnitSum sum(@Nullable UnitSum[] sums, int number, TotalReading total) {
        UnitSum sum = sums[number];
        if (sum == null) {
            sum = total.sum();
            sums[number] = sum;
        }
        return sum;
    }

    /** The rows of the exposure: one for the whole or every day, also without data, and one for every breakdown value with data. */
    Stream<Row> rows(ValueWriter values) {
        return parts.entrySet().stream()
                .map(entry -> values.row(
                        exposure,
                        entry.getKey().day(),
                        entry.getKey().dimension(),
                        entry.getKey().value(),
                        entry.getValue()));
    }
}
