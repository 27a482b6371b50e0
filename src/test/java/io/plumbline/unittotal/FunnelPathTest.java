package io.plumbline.unittotal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.metric.FunnelRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The evaluation of funnels agrees with the specification's sentences, and depends on nothing but the set of rows. */
class FunnelPathTest {

    private static final int CASES = 20_000;
    private static final long MINUTE = 60_000_000L;

    @Test
    void agreesWithTheBruteForceReferenceOnRandomCases() {
        Random random = new Random(20260101);
        int completed = 0;
        for (int i = 0; i < CASES; i++) {
            FunnelRule rule = RandomFunnels.rule(random);
            List<FunnelMoment> rows = RandomFunnels.rows(random, rule);
            FunnelSpan span = span(random);
            Optional<double[]> expected = BruteForceFunnel.of(rule, rows, span);
            Optional<double[]> actual = FunnelPath.of(rule, rows, span);
            assertThat(text(actual))
                    .as("case %d: %s over %s, %s", i, rule, rows, span)
                    .isEqualTo(text(expected));
            completed +=
                    expected.filter(numbers -> numbers[rule.steps() - 1] > 0).isPresent() ? 1 : 0;
        }
        assertThat(completed).isGreaterThan(CASES / 20);
    }

    @Test
    void dependsNeitherOnTheOrderNorOnRepetitionsNorOnHowRowsOfOneTimeAreSplit() {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            FunnelRule rule = RandomFunnels.rule(random);
            List<FunnelMoment> rows = RandomFunnels.rows(random, rule);
            FunnelSpan span = span(random);
            List<FunnelMoment> others = new ArrayList<>();
            for (FunnelMoment row : rows) {
                IntStream.range(0, rule.steps())
                        .filter(bit -> row.has(bit + 1))
                        .forEach(bit -> others.add(new FunnelMoment(row.at(), 1 << bit, row.session())));
            }
            others.addAll(rows.subList(0, rows.size() / 2));
            Collections.shuffle(others, random);
            assertThat(text(FunnelPath.of(rule, others, span))).isEqualTo(text(FunnelPath.of(rule, rows, span)));
        }
    }

    private static FunnelSpan span(Random random) {
        return random.nextInt(4) == 0
                ? FunnelSpan.startingIn(random.nextInt(10) * MINUTE, (10 + random.nextInt(10)) * MINUTE)
                : FunnelSpan.sinceExposure(-random.nextInt(3) * MINUTE, (10 + random.nextInt(20)) * MINUTE);
    }

    private static String text(Optional<double[]> numbers) {
        return numbers.map(Arrays::toString).orElse("does not count");
    }
}
