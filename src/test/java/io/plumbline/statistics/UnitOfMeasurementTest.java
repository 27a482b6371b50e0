package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.statistics.Posterior.Better;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether values are in cents or in billions changes nothing but the unit of the answers. Means, ratios and covariates are tested
 * beside their formulas.
 */
class UnitOfMeasurementTest {

    private static final double[] CONTROL = {11, 12, 14, 18};
    private static final double[] TREATMENT = {13, 15, 16, 21};

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15})
    void ofAlwaysValidIntervalsAndImpacts(double scale) {
        AlwaysValidComparison plain = AlwaysValidComparison.of(compared(1), 10_000);
        AlwaysValidComparison scaled = AlwaysValidComparison.of(compared(scale), 10_000);
        assertClose(scaled.pValue(), plain.pValue(), 1e-9);
        assertClose(
                scaled.absolute().interval().lower(),
                scale * plain.absolute().interval().lower(),
                1e-9);
        assertClose(
                TopLineImpact.perDay(compared(scale), 1000, 10).interval().upper(),
                scale * TopLineImpact.perDay(compared(1), 1000, 10).interval().upper(),
                1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15})
    void ofBeliefs(double scale) {
        Posterior plain = Posterior.of(compared(1), new Prior(0.01, 0.5), Better.HIGHER);
        Posterior scaled = Posterior.of(compared(scale), new Prior(0.01, 0.5), Better.HIGHER);
        assertClose(scaled.mean(), plain.mean(), 1e-9);
        assertClose(scaled.chanceToBeat(), plain.chanceToBeat(), 1e-9);
        assertClose(scaled.expectedLoss(), plain.expectedLoss(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15})
    void ofSegments(double scale) {
        SegmentEffect plain = SegmentEffect.of(segments(1), Inference.STANDARD).get(0);
        SegmentEffect scaled =
                SegmentEffect.of(segments(scale), Inference.STANDARD).get(0);
        assertClose(scaled.pValue(), plain.pValue(), 1e-9);
        assertClose(scaled.difference().value(), scale * plain.difference().value(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15})
    void ofPercentiles(double scale) {
        MomentsAccumulator rows = new MomentsAccumulator();
        rows.addRepeated(1, 1, 500).addRepeated(0, 1, 500);
        PercentileInterval ranks = PercentileInterval.of(rows.moments(), 0.5, 0.05);
        Comparison plain = Comparison.of(ranks.estimate(10, 9, 12), ranks.estimate(15, 13, 16), Inference.STANDARD);
        Comparison scaled = Comparison.of(
                ranks.estimate(10 * scale, 9 * scale, 12 * scale),
                ranks.estimate(15 * scale, 13 * scale, 16 * scale),
                Inference.STANDARD);
        assertThat(scaled.absolute().reason()).isEmpty();
        assertClose(scaled.pValue(), plain.pValue(), 1e-9);
        assertClose(
                scaled.relative().interval().upper(),
                plain.relative().interval().upper(),
                1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15})
    void ofPlans(double scale) {
        Baseline plain = new Baseline(5, 100);
        Baseline scaled = new Baseline(5 * scale, 100 * scale * scale);
        assertClose(
                PowerTarget.STANDARD.minimumDetectableEffect(scaled, 900, 1100),
                PowerTarget.STANDARD.minimumDetectableEffect(plain, 900, 1100),
                1e-9);
    }

    private static Comparison compared(double scale) {
        return Comparison.of(
                Samples.mean(scaled(CONTROL, scale)), Samples.mean(scaled(TREATMENT, scale)), Inference.STANDARD);
    }

    private static List<Segment> segments(double scale) {
        return List.of(
                new Segment("some", moments(CONTROL, scale), moments(TREATMENT, scale)),
                new Segment("others", moments(TREATMENT, scale), moments(CONTROL, scale)));
    }

    private static Moments moments(double[] values, double scale) {
        return Samples.moments(scaled(values, scale));
    }

    private static double[] scaled(double[] values, double scale) {
        return Arrays.stream(values).map(value -> value * scale).toArray();
    }
}
