package io.plumbline.unitday;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the moments of a funnel that can never be a canonical time, whatever happened before and after the stretch of
 * time that they are from. Holds for funnels of which an attempt begins with the first row of step 1.
 *
 * <p>The canonical time of step 1, if it lies in the stretch, is the stretch's first row of step 1. That of step k is the
 * first row of step k in the stretch (if the canonical time of step k − 1 was earlier) or the first one at or after, or
 * strictly after, a moment of step k − 1 that was kept. So n · (n + 1) moments at most are kept of n steps of one source,
 * however often a unit comes back. Steps whose predecessor belongs to another source are kept whole.
 */
final class FirstSteps {

    private final TreeMap<Long, Integer> steps;
    private final TreeMap<Long, Integer> kept = new TreeMap<>();
    private final int own;

    private FirstSteps(TreeMap<Long, Integer> stepsByTime, int own) {
        this.steps = stepsByTime;
        this.own = own;
    }

    /**
     * The times that matter, with the steps for which they do.
     *
     * @param stepsByTime steps qualified for at a time, bit k − 1 for step k
     * @param own bits of the steps that rows of this source can qualify for
     */
    static SortedMap<Long, Integer> of(TreeMap<Long, Integer> stepsByTime, int own) {
        FirstSteps first = new FirstSteps(stepsByTime, own);
        first.follow(TreeSet::ceiling);
        first.follow(TreeSet::higher);
        return first.kept;
    }

    /** Keeps what one order of steps needs. */
    private void follow(BiFunction<TreeSet<Long>, Long, @Nullable Long> next) {
        Collection<Long> previous = List.of();
        for (int bit = 1; bit > 0 && bit <= own; bit <<= 1) {
            TreeSet<Long> times = times(bit);
            boolean predecessorElsewhere = bit > 1 && (own & (bit >> 1)) == 0;
            previous = predecessorElsewhere ? times : firsts(times, previous, next);
            int step = bit;
            previous.forEach(at -> kept.merge(at, step, (a, b) -> a | b));
        }
    }

    private TreeSet<Long> times(int bit) {
        TreeSet<Long> times = new TreeSet<>();
        steps.forEach((at, mask) -> {
            if ((mask & bit) != 0) {
                times.add(at);
            }
        });
        return times;
    }

    private static Collection<Long> firsts(
            TreeSet<Long> times, Collection<Long> previous, BiFunction<TreeSet<Long>, Long, @Nullable Long> next) {
        TreeSet<Long> firsts = new TreeSet<>();
        if (!times.isEmpty()) {
            firsts.add(times.first());
        }
        for (Long at : previous) {
            Long following = next.apply(times, at);
            if (following != null) {
                firsts.add(following);
            }
        }
        return firsts;
    }
}
