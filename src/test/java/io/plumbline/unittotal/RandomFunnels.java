package io.plumbline.unittotal;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.FunnelRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random funnels and rows, on so few minutes that times are often equal and limits often met exactly. */
public final class RandomFunnels {

    private static final long MINUTE = 60_000_000L;

    private RandomFunnels() {}

    /** A rule of one to five steps. */
    public static FunnelRule rule(Random random) {
        FunnelRule.Start start = one(random, FunnelRule.Start.values());
        int steps = 1 + random.nextInt(4) + (start == FunnelRule.Start.FIRST_STEP ? 1 : 0);
        List<Optional<Duration>> withins = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            boolean none = random.nextInt(3) > 0 || (step == 0 && start == FunnelRule.Start.FIRST_STEP);
            withins.add(none ? Optional.empty() : Optional.of(Duration.ofMinutes(random.nextInt(6))));
        }
        Optional<Duration> window =
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(random.nextInt(14)));
        Optional<String> session = random.nextBoolean() ? Optional.of("session") : Optional.empty();
        boolean sessions = session.isPresent() && start == FunnelRule.Start.FIRST_STEP && random.nextBoolean();
        return new FunnelRule(
                withins,
                one(random, FunnelRule.Order.values()),
                window,
                start,
                one(random, FunnelRule.Attempts.values()),
                session,
                sessions ? FunnelRule.Counted.SESSIONS : FunnelRule.Counted.UNITS,
                window.isPresent() && random.nextInt(4) == 0
                        ? CohortWindow.Maturity.ONLY_MATURED
                        : CohortWindow.Maturity.ANY);
    }

    /** Up to 13 rows within 24 minutes. */
    public static List<FunnelMoment> rows(Random random, FunnelRule rule) {
        int count = random.nextInt(14);
        List<FunnelMoment> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int steps = 1 + random.nextInt((1 << rule.steps()) - 1);
            int single = 1 << random.nextInt(rule.steps());
            rows.add(new FunnelMoment(
                    random.nextInt(24) * MINUTE,
                    random.nextInt(4) == 0 ? steps : single,
                    rule.session().isPresent() ? "s" + random.nextInt(3) : null));
        }
        return rows;
    }

    private static <T> T one(Random random, T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
