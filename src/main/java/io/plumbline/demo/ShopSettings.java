package io.plumbline.demo;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a shop follows from: equal settings give equal rows.
 *
 * @param seed any number
 * @param visitors number of people who may come, one or more
 * @param firstDay the first local day
 * @param days number of days, one or more; the experiments take up to nine
 * @param zone whose calendar days are the shop's days
 */
public record ShopSettings(long seed, int visitors, LocalDate firstDay, int days, ZoneId zone) implements Serializable {

    /** Nine days in New York around the change to daylight saving time on 8 March 2026, which is 23 hours long. */
    public static final ShopSettings DEFAULT =
            new ShopSettings(20260308, 6_000, LocalDate.of(2026, 3, 4), 9, ZoneId.of("America/New_York"));

    /** Number of days before the first of which the log has events too: what visitors did before the shop's experiments. */
    public static final int HISTORY_DAYS = 7;

    public ShopSettings {
        if (visitors < 1 || days < 1) {
            throw new IllegalArgumentException(
                    "a shop needs a visitor and a day, was " + visitors + " visitors and " + days + " days");
        }
    }

    /** The same shop with another number of visitors; those that both have behave alike. */
    public ShopSettings withVisitors(int number) {
        return new ShopSettings(seed, number, firstDay, days, zone);
    }

    /** The last local day. */
    public LocalDate lastDay() {
        return firstDay.plusDays(days - 1L);
    }
}
