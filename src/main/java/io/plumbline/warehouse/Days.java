package io.plumbline.warehouse;

import java.time.LocalDate;
import java.util.Collection;
import java.util.stream.Collectors;

/** Predicates that select days of a table. */
public final class Days {

    private Days() {}

    /** True for rows of these days; at least one. */
    public static String predicate(Collection<LocalDate> days) {
        return days.stream()
                .distinct()
                .sorted()
                .map(day -> "DATE'" + day + "'")
                .collect(Collectors.joining(", ", "ds IN (", ")"));
    }
}
