package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units from the smallest effect and back agree with statsmodels. */
class PowerTargetTest {

    private static final Baseline BASELINE = new Baseline(5, 100);

    static Stream<FixtureRow> sampleSizes() {
        return FixtureRow.read("sample_sizes.csv");
    }

    @ParameterizedTest
    @MethodSource("sampleSizes")
    void sampleSizeAgreesWithStatsmodels(FixtureRow row) {
        Inference inference = Inference.STANDARD.withAlpha(row.number("alpha"));
        PowerTarget target = new PowerTarget(row.number("power"), inference);
        Baseline baseline = new Baseline(row.number("mean"), row.number("variance"));
        SampleSize size = target.sampleSize(baseline, row.number("effect"), row.number("share"));

        assertThat(size.control()).isEqualTo(Math.ceil(row.number("control")));
        assertThat(size.treatment()).isEqualTo(Math.ceil(row.number("treatment")));
        SampleSize oneSided = new PowerTarget(row.number("power"), inference.withAlternative(Alternative.LESS))
                .sampleSize(baseline, row.number("effect"), row.number("share"));
        assertThat(oneSided.total()).isBetween(row.number("total_one_sided"), row.number("total_one_sided") + 2);
    }

    @ParameterizedTest
    @MethodSource("sampleSizes")
    void theSmallestEffectOfThatManyUnitsIsTheOneAskedFor(FixtureRow row) {
        PowerTarget target = new PowerTarget(row.number("power"), Inference.STANDARD.withAlpha(row.number("alpha")));
        Baseline baseline = new Baseline(row.number("mean"), row.number("variance"));
        // A billion times the variance makes a billion times the units, so that rounding to whole units is small.
        long control = Math.round(1e9 * row.number("control"));
        long treatment = Math.round(1e9 * row.number("treatment"));

        assertClose(
                target.minimumDetectableEffect(
                        new Baseline(baseline.mean(), 1e9 * baseline.variance()), control, treatment),
                Math.abs(row.number("effect")),
                1e-9);
    }

    /** By Student's t it would be 25,117.31 units a group, 50,235 in all (statsmodels 0.15.0, TTestIndPower().solve_power(0.025, power=0.8)). */
    @Test
    void fivePercentOfAMeanOfFiveWithAVarianceOfHundred() {
        SampleSize size = PowerTarget.STANDARD.sampleSize(BASELINE, 0.05, 0.5);

        assertThat(size).isEqualTo(new SampleSize(25_117, 25_117, Optional.empty()));
        assertThat(size.total()).isEqualTo(50_234);
        assertClose(PowerTarget.STANDARD.minimumDetectableEffect(BASELINE, 25_117, 25_117), 0.05, 2e-5);
    }

    @Test
    void theComparisonsOwnErrorGivesTheSmallestEffectItCouldShow() {
        Comparison comparison =
                Comparison.of(Estimate.of(25_117, 5, 100), Estimate.of(25_117, 5.1, 100), Inference.STANDARD);

        assertClose(
                PowerTarget.STANDARD.minimumDetectableEffect(comparison),
                PowerTarget.STANDARD.minimumDetectableEffect(BASELINE, 25_117, 25_117),
                1e-12);
    }

    @Test
    void theBaselineOfAGroupHasItsUnadjustedMeanAndItsAdjustedVariance() {
        AdjustedEstimate group = new AdjustedEstimate(Estimate.of(9, 2, 3), Estimate.of(9, 4, 5), 3);

        assertThat(Baseline.of(group)).isEqualTo(new Baseline(4, 3));
    }

    @Test
    void aComparisonWithoutErrorOrControlMeanHasNoSmallestEffect() {
        PowerTarget target = PowerTarget.STANDARD;

        assertThat(target.minimumDetectableEffect(
                        Comparison.of(Samples.mean(1), Samples.mean(1, 2), Inference.STANDARD)))
                .isNaN();
        assertThat(target.minimumDetectableEffect(
                        Comparison.of(Samples.mean(-1, 1), Samples.mean(1, 2), Inference.STANDARD)))
                .isNaN();
    }

    @Test
    void anUnusableBaselineSaysWhy() {
        assertThat(PowerTarget.STANDARD.sampleSize(new Baseline(0, 1), 0.1, 0.5).reason())
                .contains(Reason.ZERO_CONTROL_MEAN);
        assertThat(PowerTarget.STANDARD.sampleSize(new Baseline(1, 0), 0.1, 0.5).reason())
                .contains(Reason.ZERO_VARIANCE);
        assertThat(PowerTarget.STANDARD
                        .sampleSize(new Baseline(Double.NaN, 1), 0.1, 0.5)
                        .reason())
                .contains(Reason.NOT_FINITE);
        for (double variance : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThat(PowerTarget.STANDARD
                            .sampleSize(new Baseline(1, variance), 0.1, 0.5)
                            .reason())
                    .contains(Reason.NOT_FINITE);
        }
        assertThat(PowerTarget.STANDARD
                        .sampleSize(new Baseline(1e-300, 1), 0.1, 0.5)
                        .reason())
                .contains(Reason.NOT_FINITE);
        assertThat(PowerTarget.STANDARD.minimumDetectableEffect(new Baseline(0, 1), 9, 9))
                .isNaN();
    }

    @Test
    void withoutUnitsNoEffectIsSmallEnough() {
        assertThat(PowerTarget.STANDARD.minimumDetectableEffect(BASELINE, 0, 9)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void daysToReachFollowTheExposureRate() {
        SampleSize size = PowerTarget.STANDARD.sampleSize(BASELINE, 0.05, 0.5);

        assertThat(size.daysToReach(0, 1000)).isEqualTo(51);
        assertThat(size.daysToReach(50_000, 1000)).isEqualTo(1);
        assertThat(size.daysToReach(50_234, 1000)).isZero();
        assertThat(size.daysToReach(90_000, 0)).isZero();
        assertThat(size.daysToReach(0, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SampleSize.undefined(Reason.ZERO_VARIANCE).daysToReach(0, 10))
                .isNaN();
        assertThat(SampleSize.undefined(Reason.ZERO_VARIANCE).total()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.01, 1, Double.NaN})
    void powerIsAboveAlpha(double power) {
        assertThatThrownBy(() -> new PowerTarget(power, Inference.STANDARD))
                .hasMessage("power is " + power + ": give a number between alpha, 0.05, and 1");
    }

    @Test
    void refusesImpossibleInput() {
        SampleSize size = PowerTarget.STANDARD.sampleSize(BASELINE, 0.05, 0.5);

        assertThatThrownBy(() -> PowerTarget.STANDARD.sampleSize(BASELINE, 0, 0.5))
                .hasMessage("relative effect is 0.0: give a number such as 0.05");
        assertThatThrownBy(() -> PowerTarget.STANDARD.sampleSize(BASELINE, Double.NaN, 0.5))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> PowerTarget.STANDARD.sampleSize(BASELINE, 0.1, 1))
                .hasMessage("share of the treatment is 1.0: give a number between 0 and 1, such as 0.5");
        assertThatThrownBy(() -> PowerTarget.STANDARD.sampleSize(BASELINE, 0.1, 0))
                .hasMessageContaining("0.0");
        assertThatThrownBy(() -> PowerTarget.STANDARD.minimumDetectableEffect(BASELINE, -1, 5))
                .hasMessage("numbers of units are -1 and 5: give 0 or more");
        assertThatThrownBy(() -> PowerTarget.STANDARD.minimumDetectableEffect(BASELINE, 1, -5))
                .hasMessageContaining("-5");
        assertThatThrownBy(() -> size.daysToReach(-1, 5))
                .hasMessage("units so far and per day are -1.0 and 5.0: give 0 or more");
        assertThatThrownBy(() -> size.daysToReach(1, Double.NaN)).hasMessageContaining("NaN");
    }
}
