package io.plumbline.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One visitor's day in the shop.
 *
 * <p>Effects are factors on the chance to buy a filled cart, on order values and on search times, and on nothing else, so
 * that they are known exactly for totals per visitor. A visitor is exposed before an effect can touch any row.
 *
 * @param events what was tracked
 * @param exposures each trial at its first trigger of the day
 * @param appMinutes time in the app; empty for visitors who did not open it
 */
record ShopDay(List<ShopEvent> events, List<Exposure> exposures, Optional<Double> appMinutes) {

    static final String VISIT = "visit";
    static final String ADD_TO_CART = "add_to_cart";

    private static final Duration LONGEST_SESSION = Duration.ofHours(1);

    /**
     * A row of the exposure log.
     *
     * @param experiment the trial
     * @param group the arm that was shown
     * @param at when
     */
    record Exposure(String experiment, String group, Instant at) {}

    static ShopDay of(ShopSettings settings, Visitor visitor, int day) {
        Draws draws = Draws.of(settings, visitor.number(), "day", day);
        List<Trial.Assignment> assignments = Trial.ALL.stream()
                .flatMap(trial -> trial.assignment(settings, visitor.number(), day).stream())
                .toList();
        Optional<Double> appMinutes = visitor.hasApp() && draws.chance(0.3 * visitor.visitsPerDay())
                ? Optional.of(draws.lognormal(6, 0.8))
                : Optional.empty();
        List<ShopEvent> events = new ArrayList<>();
        int number = 0;
        for (Instant start : sessionStarts(settings, day, visits(visitor, draws), draws)) {
            String id = visitor.id() + "-" + day + "-" + number++;
            events.addAll(new Session(id, visitor, assignments, draws).events(start));
        }
        return new ShopDay(events, exposures(events, assignments), appMinutes);
    }

    private static int visits(Visitor visitor, Draws draws) {
        return draws.chance(1 - Math.exp(-visitor.visitsPerDay())) ? 1 + draws.repeats(0.2, 3) : 0;
    }

    /** Most sessions are around midday; none reaches the next local day, however long this one is. */
    private static List<Instant> sessionStarts(ShopSettings settings, int day, int sessions, Draws draws) {
        LocalDate date = settings.firstDay().plusDays(day);
        Instant midnight = date.atStartOfDay(settings.zone()).toInstant();
        Instant next = date.plusDays(1).atStartOfDay(settings.zone()).toInstant();
        long millis = Duration.between(midnight, next).minus(LONGEST_SESSION).toMillis();
        return IntStream.range(0, sessions)
                .mapToObj(i -> midnight.plusMillis((long) (millis * (draws.uniform() + draws.uniform()) / 2)))
                .sorted()
                .toList();
    }

    private static List<Exposure> exposures(List<ShopEvent> events, List<Trial.Assignment> assignments) {
        return assignments.stream()
                .filter(Trial.Assignment::logged)
                .flatMap(assignment -> first(events, assignment.trial().trigger())
                        .map(at -> new Exposure(
                                assignment.trial().name(), assignment.arm().name(), at))
                        .stream())
                .toList();
    }

    private static Optional<Instant> first(List<ShopEvent> events, String trigger) {
        return events.stream()
                .filter(event -> event.tracking() != ShopEvent.Tracking.ANONYMOUS)
                .filter(event -> event.name().equals(trigger))
                .map(ShopEvent::at)
                .min(Comparator.naturalOrder());
    }
}
