package io.plumbline.benchmark;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How much is measured.
 *
 * @param name as given to the program
 * @param eventsPerDay rows of a day
 * @param units how many there are; active ones follow Zipf's law with exponent 1.1
 * @param days of data; the last {@link #rounds()} are run and timed one by one
 * @param experiments how many run on all days
 * @param metrics of every experiment, all of one source
 * @param rounds how often each contender is timed; the median counts
 * @param sample how many metrics are timed where every single one would take hours; their time is scaled up
 */
record Size(String name, long eventsPerDay, int units, int days, int experiments, int metrics, int rounds, int sample) {

    /** Some minutes on two cores: shows that everything runs and agrees, not how fast it is. */
    static final Size SMALL = new Size("small", 20_000, 2_000, 4, 4, 20, 1, 4);

    /** Six million events. */
    static final Size S = new Size("S", 600_000, 50_000, 10, 20, 100, 3, 10);

    /** A hundred million events. */
    static final Size M = new Size("M", 3_333_333, 300_000, 30, 50, 100, 3, 10);

    /** Two events per unit and day. */
    static final Size SPARSE = new Size("sparse", 2_000_000, 500_000, 10, 20, 100, 3, 10);

    /** S over ninety days. */
    static final Size LONG = new Size("long", 600_000, 50_000, 90, 20, 100, 3, 10);

    /** Where {@link UnitGrowth} begins: two events per unit and day, in a heap that is to stay as it is. */
    static final Size UNITS = new Size("units", 100_000, 50_000, 3, 20, 50, 1, 1);

    /** What {@link Growth} changes one thing of. */
    static final Size GROWTH = new Size("growth", 150_000, 15_000, 28, 10, 50, 3, 1);

    static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 1);

    static Size named(String name) {
        return List.of(SMALL, S, M, SPARSE, LONG, UNITS, GROWTH).stream()
                .filter(size -> size.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no size '" + name + "'; there are small, S, M, sparse, long, units and growth"));
    }

    /** The same with more units, and as many more events. */
    Size times(int factor) {
        return new Size(
                name + factor, eventsPerDay * factor, units * factor, days, experiments, metrics, rounds, sample);
    }

    Size withEvents(int factor) {
        return new Size(name, eventsPerDay * factor, units, days, experiments, metrics, rounds, sample);
    }

    Size withExperiments(int other) {
        return new Size(name, eventsPerDay, units, days, other, metrics, rounds, sample);
    }

    Size withMetrics(int other) {
        return new Size(name, eventsPerDay, units, days, experiments, other, rounds, sample);
    }

    /** Whether times are large enough to be held against goals. */
    boolean isJudged() {
        return metrics >= 100;
    }

    LocalDate lastDay() {
        return FIRST_DAY.plusDays(days - 1L);
    }

    /** The days that are run one by one, in order. */
    List<LocalDate> timedDays() {
        return lastDay()
                .minusDays(rounds - 1L)
                .datesUntil(lastDay().plusDays(1))
                .toList();
    }

    List<String> experimentNames() {
        return IntStream.range(0, experiments).mapToObj(i -> "x" + i).toList();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d events on %d days, %,d units, %d experiments with %d metrics",
                name,
                eventsPerDay * days,
                days,
                units,
                experiments,
                metrics);
    }
}
