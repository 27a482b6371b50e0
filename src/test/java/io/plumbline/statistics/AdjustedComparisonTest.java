package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparisons of means that covariates adjusted: absolute effects by the adjusted means, relative ones over the unadjusted control mean. */
class AdjustedComparisonTest {

    private static final AdjustedEstimate CONTROL = adjusted(500, 4.1, 3, 4, 9, 3.5);
    private static final AdjustedEstimate TREATMENT = adjusted(500, 4.9, 3, 5, 9, 3.5);

    @Test
    void theAbsoluteEffectIsThatOfTheAdjustedMeans() {
        Comparison comparison = Comparison.of(CONTROL, TREATMENT, Inference.STANDARD);

        assertThat(comparison.absolute())
                .isEqualTo(Comparison.of(CONTROL.adjusted(), TREATMENT.adjusted(), Inference.STANDARD)
                        .absolute());
        assertThat(comparison.control().unadjusted().mean()).isEqualTo(4);
    }

    @Test
    void theRelativeEffectIsAFractionOfTheUnadjustedControlMean() {
        Comparison comparison = Comparison.of(CONTROL, TREATMENT, Inference.STANDARD);

        assertClose(comparison.relative().value(), (4.9 - 4.1) / 4, 1e-14);
    }

    @Test
    void anAdjustmentThatChangesNothingChangesNothing() {
        Estimate control = Estimate.of(500, 4, 9);
        Estimate treatment = Estimate.of(500, 5, 9);

        assertThat(Comparison.of(adjusted(500, 4, 9, 4, 9, 9), adjusted(500, 5, 9, 5, 9, 9), Inference.STANDARD))
                .isEqualTo(Comparison.of(control, treatment, Inference.STANDARD));
    }

    @Test
    void anUnadjustedControlMeanOfZeroHasNoRelativeEffect() {
        Comparison comparison = Comparison.of(adjusted(500, 0.1, 3, 0, 9, 3), TREATMENT, Inference.STANDARD);

        assertThat(comparison.relative().reason()).contains(Reason.ZERO_CONTROL_MEAN);
        assertThat(comparison.absolute().reason()).isEmpty();
    }

    @Test
    void anAdjustedControlMeanOfZeroDoesNotMatter() {
        Comparison comparison = Comparison.of(adjusted(500, 0, 3, 4, 9, 3), TREATMENT, Inference.STANDARD);

        assertClose(comparison.relative().value(), 4.9 / 4, 1e-14);
        assertThat(comparison.relative().reason()).isEmpty();
    }

    @Test
    void aNoisyUnadjustedControlMeanHasNoFiellerInterval() {
        AdjustedEstimate control = adjusted(50, 0.5, 0.1, 0.5, 9, 0.1);

        assertThat(Comparison.of(control, TREATMENT, Inference.STANDARD)
                        .relative()
                        .reason())
                .contains(Reason.UNBOUNDED_RELATIVE_INTERVAL);
    }

    @ParameterizedTest
    @EnumSource(RelativeInterval.class)
    void negatingAllValuesMirrorsTheInterval(RelativeInterval method) {
        Inference inference = Inference.STANDARD.withRelativeInterval(method);
        Effect plain = Comparison.of(CONTROL, TREATMENT, inference).relative();
        Effect negated = Comparison.of(
                        adjusted(500, -4.1, 3, -4, 9, 3.5), adjusted(500, -4.9, 3, -5, 9, 3.5), inference)
                .relative();

        assertClose(negated.value(), -plain.value(), 1e-14);
        assertClose(negated.interval().lower(), -plain.interval().upper(), 1e-14);
        assertClose(negated.interval().upper(), -plain.interval().lower(), 1e-14);
    }

    @Test
    void aControlThatDidNotVaryBeforeStillHasAnInterval() {
        Comparison comparison = Comparison.of(adjusted(500, 4, 1, 4, 0, 0), TREATMENT, Inference.STANDARD);

        assertClose(comparison.relative().standardError(), comparison.absolute().standardError() / 4, 1e-14);
    }

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void theAlternativeOpensBothIntervals(Alternative alternative) {
        Comparison comparison = Comparison.of(CONTROL, TREATMENT, Inference.STANDARD.withAlternative(alternative));

        for (Effect effect : new Effect[] {comparison.absolute(), comparison.relative()}) {
            assertThat(Double.isInfinite(effect.interval().lower())).isEqualTo(alternative == Alternative.LESS);
            assertThat(Double.isInfinite(effect.interval().upper())).isEqualTo(alternative == Alternative.GREATER);
        }
    }

    private static AdjustedEstimate adjusted(
            long n, double mean, double variance, double rawMean, double rawVariance, double covariance) {
        return new AdjustedEstimate(Estimate.of(n, mean, variance), Estimate.of(n, rawMean, rawVariance), covariance);
    }
}
