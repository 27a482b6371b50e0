package io.plumbline.cli;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name an as-of day. */
final class DayOptions {

    @Option(
            names = {"--date", "--as-of"},
            paramLabel = "DAY",
            description = "The local day whose end results are as of: an ISO date, today or yesterday.")
    private Optional<String> day = Optional.empty();

    @Option(
            names = "--lag-days",
            paramLabel = "N",
            description = "Take the day that is this many days before DAY. Default: 0.")
    private int lagDays;

    /**
     * The day, if one was given.
     *
     * @throws IllegalArgumentException if it is not a day, or in the future
     */
    Optional<LocalDate> day(ZoneId zone, Clock clock) {
        if (lagDays < 0) {
            throw new IllegalArgumentException("--lag-days is " + lagDays + "; give 0 or more");
        }
        return day.map(text -> Day.of(text, zone, clock).minusDays(lagDays));
    }
}
