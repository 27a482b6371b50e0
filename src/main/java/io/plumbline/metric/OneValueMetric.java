package io.plumbline.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the values that a unit has in its window: the least, the greatest, the first or the latest. Null values are
 * skipped, NaN and infinities too, so that the latest value is the latest that is known. One record for four types,
 * because they differ in the {@link Pick} alone.
 *
 * <p>Where only units with a value count, those under a breakdown value are the ones with a value under it. In the catalog,
 * the value of a day is the least or greatest of all units, or the average of the units' first or latest values of the
 * day; it is unknown on a day without any.
 *
 * @param about name, direction, breakdowns
 * @param rows source and filters
 * @param value SQL expression over one row, a number
 * @param pick which of the values
 * @param population whether units without a value count as 0, or not at all
 * @param window which rows and units count
 * @param threshold turns the value into 1 or 0
 * @param winsorization limits extreme values
 */
public record OneValueMetric(
        MetricInfo about,
        Selection rows,
        String value,
        Pick pick,
        Population population,
        CohortWindow window,
        Optional<Threshold> threshold,
        Optional<Winsorization> winsorization)
        implements Metric {

    /** Which of a unit's values; the name is the type as written in definitions. */
    public enum Pick {
        /** The least. A 0 for units without a value would bias it, so they leave by default. */
        MIN(Aggregate.MIN, Population.PARTICIPATING),
        /** The greatest; units without a value leave by default. */
        MAX(Aggregate.MAX, Population.PARTICIPATING),
        /**
         * The earliest. Of several at the earliest instant, or on the earliest day of a source without a time of day,
         * the least.
         */
        FIRST_VALUE(Aggregate.FIRST, Population.ALL_UNITS),
        /**
         * The latest. Of several at the latest instant, or on the latest day of a source without a time of day, the
         * greatest.
         */
        LATEST_VALUE(Aggregate.LATEST, Population.ALL_UNITS);

        private final Aggregate aggregate;
        private final Population population;

        Pick(Aggregate aggregate, Population population) {
            this.aggregate = aggregate;
            this.population = population;
        }

        /** What is kept of the rows. */
        public Aggregate aggregate() {
            return aggregate;
        }

        /** Which units count where the definition does not say. */
        public Population population() {
            return population;
        }

        /** The type as written in definitions. */
        public String type() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The pick of a type. */
        public static Pick of(String type) {
            return valueOf(type.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public List<Measure> measures() {
        Component component = Component.of(rows, pick.aggregate(), value);
        UnitValue side = new UnitValue(List.of(component), Rollup.Plain.TOTAL, window, threshold, winsorization);
        return List.of(new Measure(Optional.empty(), side, Optional.empty(), population));
    }

    @Override
    public String type() {
        return pick.type();
    }
}
