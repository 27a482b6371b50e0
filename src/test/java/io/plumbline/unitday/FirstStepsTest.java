package io.plumbline.unitday;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.metric.FunnelRule;
import io.plumbline.unittotal.FunnelMoment;
import io.plumbline.unittotal.FunnelPath;
import io.plumbline.unittotal.FunnelSpan;
import io.plumbline.unittotal.RandomFunnels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a unit-day leaves out of a funnel never matters, wherever days are cut and whatever source or leaf a step is of. */
class FirstStepsTest {

    private static final long MINUTE = 60_000_000L;

    @Test
    void partsReducedAndConcatenatedGiveWhatTheWholeGives() {
        Random random = new Random(11);
        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            FunnelRule rule = RandomFunnels.rule(random);
            List<FunnelMoment> rows = RandomFunnels.rows(random, rule);
            int ofOneLeaf = random.nextInt(1 << rule.steps());
            int ofOtherLeaf = ((1 << rule.steps()) - 1) & ~ofOneLeaf;
            FunnelSpan span = FunnelSpan.sinceExposure(-MINUTE, 30 * MINUTE);
            if (rule.needsFirstStartOnly()) {
                List<FunnelMoment> reduced = Stream.of(ofOneLeaf, ofOtherLeaf)
                        .flatMap(own -> parts(random, rows).stream().flatMap(part -> reduced(part, own)))
                        .toList();
                assertThat(text(FunnelPath.of(rule, reduced, span)))
                        .as("case %d: %s over %s", i, rule, rows)
                        .isEqualTo(text(FunnelPath.of(rule, rows, span)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5_000);
    }

    @Test
    void anyNumberOfStartsIsReducedToTheFirst() {
        TreeMap<Long, Integer> rows = new TreeMap<>();
        IntStream.range(0, 10_000).forEach(at -> rows.put((long) at, at % 100 == 7 ? 3 : 1));
        assertThat(FirstSteps.of(rows)).hasSize(101).containsEntry(0L, 1).containsEntry(7L, 2);
    }

    /** The rows of some stretches of time. */
    private static List<List<FunnelMoment>> parts(Random random, List<FunnelMoment> rows) {
        long first = random.nextInt(24) * MINUTE;
        long second = first + random.nextInt(12) * MINUTE;
        return List.of(
                rows.stream().filter(row -> row.at() < first).toList(),
                rows.stream()
                        .filter(row -> row.at() >= first && row.at() < second)
                        .toList(),
                rows.stream().filter(row -> row.at() >= second).toList());
    }

    private static Stream<FunnelMoment> reduced(List<FunnelMoment> part, int own) {
        List<FunnelMoment> reduced = new ArrayList<>();
        part.stream().map(FunnelMoment::session).distinct().forEach(session -> {
            TreeMap<Long, Integer> times = new TreeMap<>();
            part.stream()
                    .filter(row -> same(row.session(), session) && (row.steps() & own) != 0)
                    .forEach(row -> times.merge(row.at(), row.steps() & own, (a, b) -> a | b));
            FirstSteps.of(times).forEach((at, steps) -> reduced.add(new FunnelMoment(at, steps, session)));
        });
        return reduced.stream();
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return String.valueOf(one).equals(String.valueOf(other));
    }

    private static String text(Optional<double[]> numbers) {
        return numbers.map(Arrays::toString).orElse("does not count");
    }
}
