package io.plumbline.inspect;

import org.jspecify.annotations.Nullable;

/**
 * One step of a walk.
 *
 * @param measure the name of the funnel's step; null for a metric's own number
 * @param part what is walked, such as {@code numerator rows} or {@code units}
 * @param step what is left at this step
 * @param group name of the group; null where groups do not apply yet
 * @param n how many rows or units; null where none are counted
 * @param value the sum of their values, or the number itself; null where none is defined
 */
public record WalkLine(
        @Nullable String measure,
        String part,
        String step,
        @Nullable String group,
        @Nullable Long n,
        @Nullable Double value) {}
