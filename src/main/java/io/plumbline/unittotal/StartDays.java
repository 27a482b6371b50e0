package io.plumbline.unittotal;

import java.util.BitSet;

/** Retention from {@link ActiveDays}: on which days a unit started, and whether it came back. Days count from exposure. */
final class StartDays {

    private StartDays() {}

    /**
     * Number of start days whose window has ended.
     *
     * @param last the last day that counts
     */
    static int complete(BitSet starts, int last, int end) {
        return starts.get(0, Math.max(0, last - end + 1)).cardinality();
    }

    /**
     * Start days with a completion from {@code end − length + 1} to {@code end} days later.
     *
     * @param last the last day that counts; windows that end after it are left out
     */
    static int retained(BitSet starts, BitSet completions, int last, int end, int length) {
        int retained = 0;
        for (int day = starts.nextSetBit(0); day >= 0 && day + end <= last; day = starts.nextSetBit(day + 1)) {
            int completion = completions.nextSetBit(day + end - length + 1);
            if (completion >= 0 && completion <= day + end) {
                retained++;
            }
        }
        return retained;
    }
}
