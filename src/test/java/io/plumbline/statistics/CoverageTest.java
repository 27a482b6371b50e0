package io.plumbline.statistics;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulated experiments with a known effect: intervals at 95 % cover it, and without an effect 5 % are significant, within the bounds that
 * the binomial distribution leaves with probability 1e-4 (a fixed seed, so that a failure repeats).
 */
class CoverageTest {

    private static final double ALPHA = 0.05;

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario("normal, small sample", 5, 6, (random, mean) -> normal(random, 12, mean)),
                new Scenario("half zeros, the rest exponential", 0.4, 0.5, CoverageTest::halfZeros),
                new Scenario("noisy control", 1, 1.5, (random, mean) -> normal(random, 120, mean)),
                new Scenario("noisy negative control", -1, -1.5, (random, mean) -> normal(random, 120, mean)),
                new Scenario("ratio over rows of clustered units", 0.3, 0.35, CoverageTest::clustered));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void intervalsCoverAndTestsKeepAlpha(Scenario scenario) {
        simulate(scenario, 2_000, 20_250_101);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("scenarios")
    void intervalsCoverAndTestsKeepAlphaInManyExperiments(Scenario scenario) {
        simulate(scenario, 20_000, 20_250_102);
    }

    private static void simulate(Scenario scenario, int experiments, long seed) {
        Random random = new Random(seed);
        double effect = scenario.treatmentMean() - scenario.controlMean();
        double relativeEffect = effect / Math.abs(scenario.controlMean());
        Trials falsePositives = new Trials("false positives");
        Trials absoluteMisses = new Trials("absolute intervals that miss");
        Trials relativeMisses = new Trials("relative intervals that miss");
        for (int experiment = 0; experiment < experiments; experiment++) {
            Estimate control = scenario.draw(random, scenario.controlMean());
            Estimate unchanged = scenario.draw(random, scenario.controlMean());
            Estimate treatment = scenario.draw(random, scenario.treatmentMean());
            Comparison none = Comparison.of(control, unchanged, Inference.STANDARD);
            Comparison some = Comparison.of(control, treatment, Inference.STANDARD);
            falsePositives.count(none.significant());
            absoluteMisses.count(!some.absolute().interval().contains(effect));
            relativeMisses.count(!covers(some.relative(), relativeEffect));
        }
        falsePositives.assertRate(ALPHA);
        absoluteMisses.assertRate(ALPHA);
        relativeMisses.assertRate(ALPHA);
    }

    /** An unbounded set of plausible effects is no miss. */
    private static boolean covers(Effect effect, double truth) {
        return effect.reason().isPresent() || effect.interval().contains(truth);
    }

    private static Moments normal(Random random, int units, double mean) {
        MomentsAccumulator accumulator = new MomentsAccumulator();
        for (int unit = 0; unit < units; unit++) {
            accumulator.add(mean + 2.5 * random.nextGaussian());
        }
        return accumulator.moments();
    }

    private static Moments halfZeros(Random random, double mean) {
        MomentsAccumulator accumulator = new MomentsAccumulator();
        for (int unit = 0; unit < 800; unit++) {
            accumulator.add(random.nextBoolean() ? 0 : -2 * mean * Math.log(1 - random.nextDouble()));
        }
        return accumulator.moments();
    }

    /** Units with 1 to 10 rows, whose rows share the level of their unit: taking rows for units would miss far more often. */
    private static Moments clustered(Random random, double mean) {
        MomentsAccumulator accumulator = new MomentsAccumulator();
        for (int unit = 0; unit < 400; unit++) {
            int rows = 1 + random.nextInt(10);
            double level = mean + 0.2 * random.nextGaussian();
            accumulator.add(rows * level + Math.sqrt(rows) * 0.3 * random.nextGaussian(), rows);
        }
        return accumulator.moments();
    }

    /** A kind of metric, and the true means of its groups. */
    record Scenario(String name, double controlMean, double treatmentMean, Units units) {

        Estimate draw(Random random, double mean) {
            return Estimate.ofRatio(units.draw(random, mean));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Draws the units of one group. */
    @FunctionalInterface
    interface Units {
        Moments draw(Random random, double mean);
    }
}
