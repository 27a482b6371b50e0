package io.plumbline.summary;

import io.plumbline.unittotal.ValueReader;
import java.util.BitSet;
import java.util.List;

/**
 * What the units of one group add up to, in all cells of an experiment. Only units with data are added one at a time; of
 * those without, which are most, it is enough to know how many there are.
 */
final class GroupSums {

    private final List<Cell> cells;
    private final List<UnitSums> sums;
    private final long[] added;
    private final long[] waiting;
    private long units;

    /**
     * Nothing yet.
     *
     * @param eligibilities how many ways to count there are
     */
    GroupSums(List<Cell> cells, int eligibilities) {
        this.cells = cells;
        this.sums = cells.stream().map(Cell::none).toList();
        this.added = new long[cells.size()];
        this.waiting = new long[eligibilities];
    }

    /** Adds what a unit that counts has in a cell. */
    void add(int cell, Cell.Outcome outcome) {
        outcome.addTo(sums.get(cell));
        added[cell]++;
    }

    /** Counts a unit, of which {@link #add} knows the cells with data. */
    void count(ValueReader unit) {
        units++;
        BitSet waits = unit.waiting();
        for (int i = waits.nextSetBit(0); i >= 0; i = waits.nextSetBit(i + 1)) {
            waiting[i]++;
        }
    }

    /** The sums of a cell with the units that have no data; to be asked for once, at the end. */
    UnitSums complete(int cell) {
        Cell of = cells.get(cell);
        UnitSums complete = sums.get(cell);
        if (units > 0) {
            of.ofNoData().addTo(complete, units - waiting[of.eligibility()] - added[cell]);
        }
        return complete;
    }
}
