package io.plumbline.differential;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a random project: exposures, events, payments and visits, as DuckDB takes them. */
final class RandomRows {

    private static final List<Integer> TIERS = Collections.unmodifiableList(Arrays.asList(1, 2, 3, null));

    final List<@Nullable Object[]> exposures = new ArrayList<>();
    final List<@Nullable Object[]> events = new ArrayList<>();
    final List<@Nullable Object[]> payments = new ArrayList<>();
    final List<@Nullable Object[]> visits = new ArrayList<>();

    private final World world;
    private final Dice dice;
    private final List<Trial> trials;

    private RandomRows(World world, List<Trial> trials) {
        this.world = world;
        this.dice = new Dice(world.seed() + 2000);
        this.trials = trials;
    }

    static RandomRows of(World world, List<Trial> trials) {
        RandomRows rows = new RandomRows(world, trials);
        for (int i = 0; i < world.units(); i++) {
            String user = i < Traps.IDS.size() ? Traps.IDS.get(i) : "u" + i;
            Long device = rows.dice.chance(0.1) ? null : (long) (i % (world.units() * 3 / 4));
            rows.unit(user, device);
        }
        rows.strays();
        return rows;
    }

    private void unit(String user, @Nullable Long device) {
        List<Long> exposedAt = new ArrayList<>();
        for (Trial trial : trials) {
            if (!dice.chance(0.15)) {
                exposedAt.addAll(expose(trial, user, device));
            }
        }
        int count = dice.chance(0.1) ? 0 : dice.between(1, 30);
        for (int i = 0; i < count; i++) {
            event(user, device, moment(exposedAt));
        }
        for (int i = dice.below(6); i > 0; i--) {
            payment(user, device, dice.chance(0.05) ? null : moment(exposedAt));
        }
        for (int i = dice.below(5); i > 0; i--) {
            visit(user, world.localDate(moment(exposedAt)));
        }
    }

    private List<Long> expose(Trial trial, String user, @Nullable Long device) {
        String arm = dice.of(trial.groups());
        List<Long> at = new ArrayList<>();
        at.add(world.instant(dice, world.day(-1), world.day(dice.of(List.of(0, 1, 2, World.DAYS)))));
        for (int i = dice.below(3); i > 0; i--) {
            at.add(world.instant(dice, world.day(0), world.day(World.DAYS)));
        }
        at.forEach(instant -> exposure(trial.name(), arm, user, device, instant));
        if (dice.chance(0.2)) {
            long again = dice.chance(0.4) ? dice.of(at) : world.instant(dice, world.day(-1), world.day(World.DAYS));
            exposure(trial.name(), dice.of(trial.groups()), user, device, again);
        }
        if (dice.chance(0.08)) {
            exposure(trial.name(), "ghost", user, device, world.instant(dice, world.day(0), world.day(2)));
        }
        return at;
    }

    private void exposure(String trial, String arm, @Nullable String user, @Nullable Long device, long at) {
        String platform = dice.of(Arrays.asList("web", "app \"x\"", "it's \\", "", null));
        @Nullable Object[] row = {trial, arm, user, device, at, platform, dice.of(Traps.COUNTRIES)};
        exposures.add(row);
        if (dice.chance(0.1)) {
            exposures.add(row);
        }
    }

    /** An instant that often is an exposure or the end of one of its windows, or a microsecond beside. */
    private long moment(List<Long> exposedAt) {
        if (exposedAt.isEmpty() || dice.chance(0.5)) {
            return world.instant(dice, world.day(-1), world.day(World.DAYS));
        }
        Span span = dice.of(MetricCases.WINDOWS);
        String to = span.to();
        long offset = to == null || dice.chance(0.4) ? Span.micros(span.from()) : Span.micros(to);
        return dice.of(exposedAt) + offset + dice.of(List.of(-1L, 0L, 0L, 0L, 1L));
    }

    private void event(@Nullable String user, @Nullable Long device, long at) {
        String name = dice.chance(0.03) ? null : dice.of(Traps.EVENTS);
        @Nullable
        Object[] row = {
            user,
            device,
            at,
            world.date(at),
            name,
            dice.of(Traps.COUNTRIES),
            dice.of(TIERS),
            dice.of(Traps.AMOUNTS),
            dice.of(Traps.PRICES),
            dice.chance(0.1) ? null : (long) dice.below(1000),
            dice.chance(0.2) ? null : dice.chance(0.5),
            dice.of(Traps.NOTES),
            dice.chance(0.1) ? null : LocalDate.of(2020, 3, dice.between(1, 31))
        };
        events.add(row);
        if (dice.chance(0.06)) {
            events.add(row);
        }
        if (dice.chance(0.06)) {
            event(user, device, at);
        }
    }

    private void payment(@Nullable String user, @Nullable Long device, @Nullable Long at) {
        payments.add(new @Nullable Object[] {
            user,
            device,
            at,
            dice.of(Traps.COUNTRIES),
            dice.of(Traps.AMOUNTS),
            dice.chance(0.2) ? null : dice.chance(0.5)
        });
    }

    private void visit(@Nullable String user, LocalDate day) {
        visits.add(
                new @Nullable Object[] {user, day, dice.of(Traps.AMOUNTS), dice.of(List.of("DE", "O'land \\ \"q\""))});
    }

    /** Rows without a unit, units that no experiment knows, experiments that no definition knows. */
    private void strays() {
        for (int i = 0; i < 20; i++) {
            long at = world.instant(dice, world.day(-1), world.day(World.DAYS));
            event(dice.of(Arrays.asList(null, "stranger")), dice.chance(0.5) ? null : 1L, at);
            payment(null, null, at);
            visit(null, world.localDate(at));
            exposure("whole", "control", null, null, at);
            exposure("unheard_of", "control", "u20", 3L, at);
        }
    }
}
