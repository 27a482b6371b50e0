package io.plumbline.differential;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A cohort window as definitions write it. */
record Span(String from, @Nullable String to, boolean onlyMatured) {

    static final Span ALL = new Span("0d", null, false);

    static Span of(String from, @Nullable String to) {
        return new Span(from, to, false);
    }

    Span matured() {
        return new Span(from, to, true);
    }

    String yaml() {
        return "{from: " + from + (to == null ? "" : ", to: " + to) + (onlyMatured ? ", only_matured: true" : "") + "}";
    }

    long fromMicros() {
        return micros(from);
    }

    /** The condition on a joined row. */
    String sql(boolean dateOnly) {
        if (dateOnly) {
            return "j.day >= j.d0 + " + days(from) + (to == null ? "" : " AND j.day < j.d0 + " + days(to));
        }
        return "epoch_us(j.instant) >= epoch_us(j.t0) + " + micros(from)
                + (to == null ? "" : " AND epoch_us(j.instant) < epoch_us(j.t0) + " + micros(to));
    }

    static long days(String duration) {
        return TimeUnit.MICROSECONDS.toDays(micros(duration));
    }

    static long micros(String duration) {
        long count = Long.parseLong(duration.substring(0, duration.length() - 1));
        TimeUnit unit = switch (duration.charAt(duration.length() - 1)) {
            case 'd' -> TimeUnit.DAYS;
            case 'h' -> TimeUnit.HOURS;
            default -> TimeUnit.MINUTES;
        };
        return unit.toMicros(count);
    }
}
