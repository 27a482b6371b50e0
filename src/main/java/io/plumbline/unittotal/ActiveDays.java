package io.plumbline.unittotal;

import java.util.BitSet;

/**
 * The days on which a unit was active: bit i stands for day i after the date of exposure; of the days before exposure,
 * after the first of them. A day with several unit-day rows sets its bit once.
 */
final class ActiveDays implements UnitSum {

    private final BitSet days = new BitSet();

    @Override
    public void add(Object[] state, int day) {
        days.set(day);
    }

    @Override
    public double number() {
        return days.cardinality();
    }

    /** The days; not to be changed. */
    BitSet days() {
        return days;
    }
}
