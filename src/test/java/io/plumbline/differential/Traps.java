package io.plumbline.differential;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Values that have broken programs before. */
final class Traps {

    /** A zone with a first day, so that the days after it hold what is special about the zone. */
    record Calendar(ZoneId zone, LocalDate pivot) {
        static Calendar of(String zone, String pivot) {
            return new Calendar(ZoneId.of(zone), LocalDate.parse(pivot));
        }
    }

    static final List<Calendar> CALENDARS = List.of(
            Calendar.of("America/New_York", "2026-03-08"),
            Calendar.of("America/New_York", "2026-11-01"),
            Calendar.of("Europe/Berlin", "2026-03-29"),
            Calendar.of("Australia/Lord_Howe", "2026-04-05"),
            Calendar.of("America/Sao_Paulo", "2018-11-04"),
            Calendar.of("-08:00", "2026-03-08"),
            Calendar.of("UTC", "2026-03-01"),
            Calendar.of("America/Havana", "2026-11-01"),
            Calendar.of("Europe/Berlin", "2026-10-25"),
            Calendar.of("America/Sao_Paulo", "2018-02-18"),
            Calendar.of("Africa/Cairo", "2026-04-24"),
            Calendar.of("Australia/Lord_Howe", "2026-10-04"),
            Calendar.of("Asia/Kathmandu", "2026-01-01"));

    static final List<String> IDS = List.of(
            "O'Brien",
            "say \"hi\"",
            "back\\slash\\",
            "  spaced out  ",
            "naïve-ü-漢字-🎉",
            "a,b;c|d",
            "NULL",
            "0",
            "00",
            "1e3",
            "(unknown)",
            "long-" + "x".repeat(2000));

    static final List<String> EVENTS = List.of("purchase", "visit", "it's \"quoted\" \\ ü", " cart ", "Purchase");

    static final List<String> COUNTRIES =
            Collections.unmodifiableList(Arrays.asList("DE", "US", "O'land \\ \"q\"", "(unknown)", "", "漢", null));

    static final List<String> GROUPS = List.of("control", "it's \\ \"B\"", "ü c");

    static final List<String> NOTES = Collections.unmodifiableList(
            Arrays.asList("50%_off", "50 off", "back\\slash", "O'Brien", "漢字 🎉", "", "_", "%", null));

    /** Multiples of 1/64: every sum of them is exact, so that zero is zero and equal is equal. */
    static final List<Double> AMOUNTS = amounts();

    /** Positive numbers of all sizes; sums of them are not exact. */
    static final List<Double> PRICES =
            Collections.unmodifiableList(Arrays.asList(0.1, 19.99, 1e-12, 3e12, 0.3, 7.77, 0.0, null, Double.NaN));

    private Traps() {}

    private static List<Double> amounts() {
        List<Double> amounts = new ArrayList<>();
        for (int i = -20; i < 100; i++) {
            amounts.add(i * 13 / 64.0);
        }
        amounts.addAll(Arrays.asList(0.0, -0.0, null, null, null, 4096.5));
        amounts.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        return Collections.unmodifiableList(amounts);
    }
}
