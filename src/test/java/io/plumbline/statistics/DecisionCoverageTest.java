package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.statistics.Posterior.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated decisions: planned power is reached, beliefs are calibrated, and families of tests keep their rates. */
class DecisionCoverageTest {

    private static final double ALPHA = 0.05;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.2})
    void asManyUnitsAsPlannedShowTheEffectAsOftenAsPlanned(double treatmentShare) {
        power(treatmentShare, 2_000, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.2})
    void plannedPowerIsReachedInManyExperiments(double treatmentShare) {
        power(treatmentShare, 50_000, 2);
    }

    private static void power(double treatmentShare, int experiments, long seed) {
        Random random = new Random(seed);
        SampleSize size = PowerTarget.STANDARD.sampleSize(new Baseline(5, 100), 0.1, treatmentShare);
        Trials found = new Trials("effects found");
        for (int experiment = 0; experiment < experiments; experiment++) {
            found.count(Comparison.of(
                            group(random, size.control(), 5), group(random, size.treatment(), 5.5), Inference.STANDARD)
                    .significant());
        }
        found.assertRate(0.8);
    }

    /** The mean of so many units with variance 100, which many units have to the letter. */
    private static Estimate group(Random random, double units, double mean) {
        return Estimate.of((long) units, mean + 10 / Math.sqrt(units) * random.nextGaussian(), 100);
    }

    @Test
    void beliefsAreCalibratedWhenThePriorIsTrue() {
        Random random = new Random(3);
        Prior prior = new Prior(0.01, 0.03);
        Trials misses = new Trials("credible intervals that miss");
        Trials better = new Trials("treatments that are better");
        double believed = 0;
        double loss = 0;
        double believedLoss = 0;
        int experiments = 20_000;
        for (int experiment = 0; experiment < experiments; experiment++) {
            double effect = prior.mean() + prior.standardDeviation() * random.nextGaussian();
            Posterior posterior = Posterior.of(
                    Comparison.of(
                            group(random, 90_000, 5), group(random, 90_000, 5 * (1 + effect)), Inference.STANDARD),
                    prior,
                    Better.HIGHER);
            misses.count(!posterior.credible().contains(effect));
            better.count(effect > 0);
            believed += posterior.chanceToBeat();
            believedLoss += posterior.expectedLoss();
            loss += Math.max(-effect, 0);
        }
        misses.assertRate(ALPHA);
        better.assertRate(believed / experiments);
        assertThat(believedLoss / loss).isBetween(0.95, 1.05);
    }

    @ParameterizedTest
    @EnumSource(Correction.class)
    void familiesKeepTheirRate(Correction correction) {
        Random random = new Random(4);
        ReferenceDistribution normal = ReferenceDistribution.normal();
        Trials wrong = new Trials("families with a false positive");
        double falseShare = 0;
        int families = 4_000;
        for (int family = 0; family < families; family++) {
            double[] p = new double[10];
            for (int i = 0; i < p.length; i++) {
                p[i] = normal.pValue(random.nextGaussian() + (i < 5 ? 0 : 3), Alternative.TWO_SIDED);
            }
            double[] adjusted = correction.adjustedPValues(p);
            int rejected = 0;
            int falselyRejected = 0;
            for (int i = 0; i < p.length; i++) {
                rejected += adjusted[i] < ALPHA ? 1 : 0;
                falselyRejected += adjusted[i] < ALPHA && i < 5 ? 1 : 0;
            }
            wrong.count(falselyRejected > 0);
            falseShare += (double) falselyRejected / Math.max(rejected, 1);
        }
        if (correction == Correction.BENJAMINI_HOCHBERG) {
            assertThat(falseShare / families).isBetween(0.015, 0.03);
        } else {
            wrong.assertRateAtMost(ALPHA);
        }
    }

    @Test
    void segmentsThatAreAlikeRarelyDiffer() {
        Random random = new Random(5);
        Trials wrong = new Trials("experiments with a segment that differs");
        for (int experiment = 0; experiment < 1_500; experiment++) {
            List<Segment> segments = new ArrayList<>();
            Stream.of("a", "b", "c", "d")
                    .forEach(name -> segments.add(new Segment(name, units(random, 80, 5), units(random, 60, 6))));
            wrong.count(SegmentEffect.of(segments, Inference.STANDARD).stream().anyMatch(SegmentEffect::significant));
        }
        wrong.assertRateAtMost(ALPHA);
        assertThat(wrong.share()).isGreaterThan(0.02);
    }

    private static Moments units(Random random, int units, double mean) {
        MomentsAccumulator accumulator = new MomentsAccumulator();
        for (int unit = 0; unit < units; unit++) {
            accumulator.add(mean + 2 * random.nextGaussian());
        }
        return accumulator.moments();
    }
}
