package io.plumbline.experiment;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The local days on which units may be exposed.
 *
 * @param start first day
 * @param end last day, inclusive; empty while the experiment is open-ended
 * @param afterEnd whether windows that are open at the end are read to their own end
 */
public record Period(LocalDate start, Optional<LocalDate> end, AfterEnd afterEnd) {

    /** What happens to windows that are open when the last day has passed. */
    public enum AfterEnd {
        /** They are cut: no later row counts. */
        CUT,
        /** Metrics whose window has an end go on until every unit's window has passed. */
        MATURE
    }

    public Period {
        if (end.isPresent() && end.get().isBefore(start)) {
            throw new IllegalArgumentException("end " + end.get() + " is before start " + start);
        }
    }

    /** Days after which no row counts. */
    public Period(LocalDate start, Optional<LocalDate> end) {
        this(start, end, AfterEnd.CUT);
    }

    /** The last day whose data counts when results are as of a day: {@code min(asOf, end)}. */
    public LocalDate lastDay(LocalDate asOf) {
        return end.filter(last -> last.isBefore(asOf)).orElse(asOf);
    }

    /** The last day whose data counts for metrics whose window has an end, which ends each unit's days by itself. */
    public LocalDate lastWindowDay(LocalDate asOf) {
        return afterEnd == AfterEnd.MATURE ? asOf : lastDay(asOf);
    }

    /** Whether units may be exposed on a day. */
    public boolean covers(LocalDate day) {
        return !day.isBefore(start) && !lastDay(day).isBefore(day);
    }
}
