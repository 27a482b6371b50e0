package io.plumbline.unitday;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leaves out the moments of a funnel that can never be a canonical time, whatever is in other rows of unit-days. Holds for
 * funnels of which an attempt begins with the first row of step 1: of step 1 only the first time of a part of a day matters,
 * so that a visit that begins the funnel is kept once however often it is repeated.
 *
 * <p>Of later steps every time may follow a canonical time of the step before, and rows of that step may be in another leaf
 * or source: they are kept.
 */
final class FirstSteps {

    private static final int STEP_1 = 1;

    private FirstSteps() {}

    /**
     * The times that matter, with the steps for which they do.
     *
     * @param stepsByTime steps qualified for at a time, bit k − 1 for step k
     */
    static Map<Long, Integer> of(SortedMap<Long, Integer> stepsByTime) {
        Map<Long, Integer> kept = new TreeMap<>();
        int left = ~0;
        for (Map.Entry<Long, Integer> moment : stepsByTime.entrySet()) {
            int steps = moment.getValue() & left;
            if (steps != 0) {
                kept.put(moment.getKey(), steps);
            }
            left &= ~(steps & STEP_1);
        }
        return kept;
    }
}
