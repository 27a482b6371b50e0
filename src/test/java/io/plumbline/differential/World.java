package io.plumbline.differential;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is special about a random project: its zone, its days and how its files are laid out.
 *
 * @param layout how the events' date partition is written
 * @param units number of users
 */
record World(long seed, ZoneId zone, LocalDate firstDay, Layout layout, int units) {

    static final int DAYS = 5;

    /** How the date of a row is written beside it. */
    enum Layout {
        NONE,
        FOLDERS,
        INT_FOLDERS,
        TEXT,
        PLAIN_TEXT,
        INT,
        UTC_FOLDERS,
        UTC_TEXT;

        boolean isFolders() {
            return this == FOLDERS || this == INT_FOLDERS || this == UTC_FOLDERS;
        }

        boolean isUtc() {
            return this == UTC_FOLDERS || this == UTC_TEXT;
        }

        /** The expression over the DATE {@code ds}. */
        String sql() {
            return switch (this) {
                case NONE, FOLDERS, UTC_FOLDERS -> "ds";
                case INT_FOLDERS, INT -> "strftime(ds, '%Y%m%d')::INT";
                case TEXT, UTC_TEXT -> "strftime(ds, '%Y-%m-%d')";
                case PLAIN_TEXT -> "strftime(ds, '%Y%m%d')";
            };
        }
    }

    static World of(long seed) {
        Dice dice = new Dice(seed);
        Traps.Calendar calendar = Traps.CALENDARS.get((int) (seed % Traps.CALENDARS.size()));
        List<Layout> layouts = List.of(Layout.values());
        Layout layout = layouts.get((int) (seed % layouts.size()));
        return new World(
                seed, calendar.zone(), calendar.pivot().minusDays(dice.between(1, 2)), layout, dice.between(40, 110));
    }

    LocalDate day(int index) {
        return firstDay.plusDays(index);
    }

    LocalDate lastDay() {
        return day(DAYS - 1);
    }

    /** The first instant of a day, in microseconds. */
    long start(LocalDate day) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(zone).toInstant());
    }

    LocalDate date(long micros) {
        ZoneId calendar = layout.isUtc() ? ZoneOffset.UTC : zone;
        return LocalDate.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), calendar);
    }

    LocalDate localDate(long micros) {
        return LocalDate.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone);
    }

    /** A random instant, often one that matters. */
    long instant(Dice dice, LocalDate from, LocalDate to) {
        long first = start(from);
        long last = start(to.plusDays(1));
        if (dice.chance(0.2)) {
            long midnight = start(from.plusDays(dice.below((int) ChronoUnit.DAYS.between(from, to) + 2)));
            return midnight + dice.of(List.of(-1L, 0L, 0L, 1L));
        }
        return first + dice.below(last - first);
    }
}
