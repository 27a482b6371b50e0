package io.plumbline.source;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

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

    /**
     * The fewest ranges that hold these days and no others, in order.
     *
     * @param longest the most days of one range
     */
    public static List<DayRange> of(Collection<LocalDate> days, int longest) {
        List<DayRange> ranges = new ArrayList<>();
        for (LocalDate day : new TreeSet<>(days)) {
            DayRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null
                    && last.last().plusDays(1).equals(day)
                    && last.days().size() < longest) {
                ranges.set(ranges.size() - 1, new DayRange(last.first(), day));
            } else {
                ranges.add(new DayRange(day, day));
            }
        }
        return List.copyOf(ranges);
    }

    /**
     * The days of another calendar that overlap these.
     *
     * @param calendar the zone of the other calendar
     * @param from the zone of these days
     */
    DayRange overlapping(ZoneId calendar, ZoneId from) {
        return new DayRange(
                first.atStartOfDay(from).withZoneSameInstant(calendar).toLocalDate(),
                last.plusDays(1)
                        .atStartOfDay(from)
                        .minusNanos(1)
                        .withZoneSameInstant(calendar)
                        .toLocalDate());
    }

    /** Whether a day is one of them. */
    public boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** Every day, in order. */
    public List<LocalDate> days() {
        return first.datesUntil(last.plusDays(1)).toList();
    }
}
