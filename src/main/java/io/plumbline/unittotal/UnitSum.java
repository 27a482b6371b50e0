package io.plumbline.unittotal;

import io.plumbline.metric.Aggregate;
import io.plumbline.unitday.StateFold;
import java.util.Arrays;

/** What the rows of one unit add up to in one total; there is one only where there is a row. */
sealed interface UnitSum permits UnitSum.Merged, ActiveDays, CappedDays {

    /**
     * Adds what a row has of the component.
     *
     * @param state its parts
     * @param day of the row, counted from 0
     */
    void add(Object[] state, int day);

    /** The number that the rows came to. */
    double number();

    /** States, merged. */
    final class Merged implements UnitSum {

        private final StateFold[] parts;

        Merged(Aggregate aggregate, int inputs) {
            this.parts = new StateFold[inputs];
            Arrays.setAll(parts, part -> StateFold.of(aggregate));
        }

        @Override
        public void add(Object[] state, int day) {
            for (int i = 0; i < parts.length; i++) {
                parts[i].add(state[i]);
            }
        }

        @Override
        public double number() {
            double number = 0;
            for (StateFold part : parts) {
                number += part.number();
            }
            return number;
        }

        /** The first part. */
        StateFold first() {
            return parts[0];
        }
    }
}
