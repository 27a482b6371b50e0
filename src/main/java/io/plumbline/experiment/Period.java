package io.plumbline.experiment;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The local days on which units may be exposed.
 *
 * @param start first day
 * @param end last day, inclusive; empty while the experiment is open-ended
 */
public record Period(LocalDate start, Optional<LocalDate> end) {

    public Period {
        if (end.isPresent() && end.get().isBefore(start)) {
            throw new IllegalArgumentException("end " + end.get() + " is before start " + start);
        }
    }

    /** The last day whose data counts when results are as of a day: {@code min(asOf, end)}. */
    public LocalDate lastDay(LocalDate asOf) {
        return end.filter(last -> last.isBefore(asOf)).orElse(asOf);
    }

    /** Whether there is a day from the first to the last, both included, that it {@link #covers}. */
    public boolean overlaps(LocalDate first, LocalDate last) {
        return !last.isBefore(start) && !lastDay(last).isBefore(first);
    }

    /** Whether results as of a day can differ from those of the day before. */
    public boolean covers(LocalDate day) {
        return !day.isBefore(start) && !lastDay(day).isBefore(day);
    }
}
