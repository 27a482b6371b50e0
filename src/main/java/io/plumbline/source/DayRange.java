package io.plumbline.source;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Consecutive local days.
 *
 * @param first first day
 * @param last last day, inclusive
 */
public record DayRange(LocalDate first, LocalDate last) {

    public DayRange {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("the last day " + last + " is before the first, " + first);
        }
    }

    /** The shortest range that holds all of the days; at least one. */
    public static DayRange covering(Collection<LocalDate> days) {
        return new DayRange(Collections.min(days), Collections.max(days));
    }

    /** Every day, in order. */
    public List<LocalDate> days() {
        return first.datesUntil(last.plusDays(1)).toList();
    }
}
