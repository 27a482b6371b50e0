package io.plumbline.cli;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** Local days as the command line takes them. */
final class Day {

    private Day() {}

    /**
     * A day that has begun.
     *
     * @param text an ISO date, {@code today} or {@code yesterday}
     * @param zone whose calendar is meant
     * @throws IllegalArgumentException with a message of one line for anything else, text that a scheduler should have
     *     replaced and future days included
     */
    static LocalDate of(String text, ZoneId zone, Clock clock) {
        LocalDate today = LocalDate.now(clock.withZone(zone));
        LocalDate day = parsed(text.strip(), today);
        if (day.isAfter(today)) {
            throw new IllegalArgumentException("day " + day + " is in the future: today is " + today + " in " + zone
                    + "; give a day that has ended");
        }
        return day;
    }

    private static LocalDate parsed(String text, LocalDate today) {
        if (text.contains("{{") || text.contains("${")) {
            throw new IllegalArgumentException("'" + text
                    + "' is a template that the scheduler has not filled in; pass it through a templated field, or give a"
                    + " date such as 2026-11-19");
        }
        if (text.equals("today")) {
            return today;
        }
        if (text.equals("yesterday")) {
            return today.minusDays(1);
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a day; give a date such as 2026-11-19, today or yesterday", e);
        }
    }
}
