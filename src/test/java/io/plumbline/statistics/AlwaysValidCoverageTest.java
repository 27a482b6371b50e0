package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Simulated experiments that are looked at every day: without an effect at most 5 % are ever significant, and at most 5 % of the true
 * effects are ever outside the interval. Fixed intervals looked at as often are wrong several times as often.
 */
class AlwaysValidCoverageTest {

    private static final double ALPHA = 0.05;
    private static final int DAYS = 28;
    private static final int UNITS_PER_DAY = 100;
    private static final int PLANNED = 2 * DAYS * UNITS_PER_DAY;

    /** Bound of a rule that widens every interval by the same factor. */
    private static final double CONSTANT_BOUND = 3.585;

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void dailyLooksKeepAlpha(Alternative alternative) {
        simulate(alternative, 1_000, 20_260_301);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Alternative.class)
    void dailyLooksKeepAlphaInManyExperiments(Alternative alternative) {
        simulate(alternative, 10_000, 20_260_302);
    }

    @Test
    void theBoundIsBelowAConstantOneFromASeventhOfThePlanOn() {
        for (int day : new int[] {1, 2, 4, 7, 14, 28, 56}) {
            double bound = ConfidenceSequence.at(day, DAYS, ALPHA).bound(ALPHA, Alternative.TWO_SIDED);
            System.out.printf(
                    "day %d of %d: %.3f standard errors, %.3f of a constant %s%n",
                    day, DAYS, bound, bound / CONSTANT_BOUND, CONSTANT_BOUND);
            assertThat(bound < CONSTANT_BOUND).isEqualTo(day >= DAYS / 7);
        }
    }

    private static void simulate(Alternative alternative, int experiments, long seed) {
        Random random = new Random(seed);
        Inference inference = Inference.STANDARD.withAlternative(alternative);
        Trials alarms = new Trials("ever significant without an effect");
        Trials misses = new Trials("ever outside the interval");
        Trials relativeMisses = new Trials("ever outside the relative interval");
        Trials fixedAlarms = new Trials("ever significant by the fixed test");
        for (int experiment = 0; experiment < experiments; experiment++) {
            Look none = new Look();
            Look some = new Look();
            for (int day = 0; day < DAYS; day++) {
                none.next(random, 0, inference);
                some.next(random, 0.5, inference);
            }
            alarms.count(none.alarmed);
            fixedAlarms.count(none.fixedAlarmed);
            misses.count(some.missed);
            relativeMisses.count(some.relativeMissed);
        }
        System.out.println(alternative + " " + alarms + "; " + misses + "; " + fixedAlarms);
        alarms.assertRateAtMost(ALPHA);
        misses.assertRateAtMost(ALPHA);
        relativeMisses.assertRateAtMost(ALPHA);
        assertThat(fixedAlarms.share()).isGreaterThan(3 * ALPHA);
    }

    /** One experiment as it grows, with exponential values of mean 2. */
    private static final class Look {

        private final MomentsAccumulator control = new MomentsAccumulator();
        private final MomentsAccumulator treatment = new MomentsAccumulator();
        private boolean alarmed;
        private boolean fixedAlarmed;
        private boolean missed;
        private boolean relativeMissed;

        void next(Random random, double effect, Inference inference) {
            for (int unit = 0; unit < UNITS_PER_DAY; unit++) {
                control.add(-2 * Math.log(1 - random.nextDouble()));
                treatment.add(effect - 2 * Math.log(1 - random.nextDouble()));
            }
            Comparison fixed =
                    Comparison.of(Estimate.ofMean(control.moments()), Estimate.ofMean(treatment.moments()), inference);
            AlwaysValidComparison sequential = AlwaysValidComparison.of(fixed, PLANNED);
            alarmed |= sequential.significant();
            fixedAlarmed |= fixed.significant();
            missed |= !sequential.absolute().interval().contains(effect);
            relativeMissed |= !sequential.relative().interval().contains(effect / 2);
        }
    }
}
