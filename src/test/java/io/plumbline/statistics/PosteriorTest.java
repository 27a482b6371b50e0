package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.statistics.Posterior.Better;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The posterior agrees with numerical integration of prior times likelihood. */
class PosteriorTest {

    static Stream<FixtureRow> posteriors() {
        return FixtureRow.read("posteriors.csv");
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void agreesWithNumericalIntegration(FixtureRow row) {
        Comparison comparison = compare(row, Inference.STANDARD);
        Prior prior = new Prior(row.number("prior_mean"), row.number("prior_sd"));
        Posterior higher = Posterior.of(comparison, prior, Better.HIGHER);
        Posterior lower = Posterior.of(comparison, prior, Better.LOWER);

        assertClose(higher.mean(), row.number("mean"), 1e-9);
        assertClose(higher.standardDeviation(), row.number("sd"), 1e-9);
        assertClose(higher.credible().lower(), row.number("lower"), 1e-9);
        assertClose(higher.credible().upper(), row.number("upper"), 1e-9);
        assertClose(higher.chanceToBeat(), row.number("chance_higher"), 1e-9);
        assertClose(lower.chanceToBeat(), row.number("chance_lower"), 1e-9);
        assertClose(higher.expectedLoss(), row.number("loss_higher"), 1e-9);
        assertClose(lower.expectedLoss(), row.number("loss_lower"), 1e-9);
        assertThat(lower.credible()).isEqualTo(higher.credible());
    }

    @Test
    void theFlatPriorIsTheDefaultAndGivesTheEffectItself() {
        Comparison comparison = Comparison.of(Estimate.of(900, 4, 9), Estimate.of(800, 4.2, 8), Inference.STANDARD);
        Posterior posterior = Posterior.of(comparison, Prior.FLAT, Better.HIGHER);

        assertThat(posterior.mean()).isEqualTo(comparison.relative().value());
        assertThat(posterior.standardDeviation())
                .isEqualTo(comparison.relative().standardError());
        assertThat(posterior.reason()).isEmpty();
    }

    @Test
    void aNarrowPriorWins() {
        Comparison comparison = Comparison.of(Estimate.of(900, 4, 9), Estimate.of(800, 6, 8), Inference.STANDARD);
        Posterior posterior = Posterior.of(comparison, new Prior(0.01, 1e-9), Better.HIGHER);

        assertThat(posterior.mean()).isCloseTo(0.01, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Alternative.class)
    void theAlternativeOpensTheCredibleInterval(Alternative alternative) {
        Comparison comparison = Comparison.of(
                Estimate.of(900, 4, 9), Estimate.of(800, 4.2, 8), Inference.STANDARD.withAlternative(alternative));
        Interval credible = Posterior.of(comparison, Prior.FLAT, Better.HIGHER).credible();

        assertThat(Double.isInfinite(credible.lower())).isEqualTo(alternative == Alternative.LESS);
        assertThat(Double.isInfinite(credible.upper())).isEqualTo(alternative == Alternative.GREATER);
        assertThat(credible.contains(0.05)).isTrue();
    }

    @Test
    void withoutARelativeEffectNothingIsBelieved() {
        Comparison comparison = Comparison.of(Estimate.of(400, 0.1, 4), Estimate.of(400, 0.4, 4), Inference.STANDARD);
        Posterior posterior = Posterior.of(comparison, Prior.FLAT, Better.HIGHER);

        assertThat(posterior.reason()).contains(Reason.UNBOUNDED_RELATIVE_INTERVAL);
        assertThat(posterior.mean()).isNaN();
        assertThat(posterior.standardDeviation()).isNaN();
        assertThat(posterior.chanceToBeat()).isNaN();
        assertThat(posterior.expectedLoss()).isNaN();
        assertThat(posterior.credible()).isEqualTo(Interval.UNDEFINED);
    }

    @Test
    void certaintyHasNoLoss() {
        Comparison comparison = Comparison.of(Estimate.of(900, 1, 1e-8), Estimate.of(900, 2, 1e-8), Inference.STANDARD);
        Posterior posterior = Posterior.of(comparison, Prior.FLAT, Better.HIGHER);

        assertThat(posterior.chanceToBeat()).isEqualTo(1);
        assertThat(posterior.expectedLoss()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void aPriorHasAWidth(double standardDeviation) {
        assertThatThrownBy(() -> new Prior(0, standardDeviation))
                .hasMessage("standard deviation of the prior is " + standardDeviation + ": give a number above 0");
    }

    @Test
    void aPriorHasAPlace() {
        assertThatThrownBy(() -> new Prior(Double.NaN, 1)).hasMessage("mean of the prior is NaN: give a finite number");
    }

    private static Comparison compare(FixtureRow row, Inference inference) {
        return Comparison.of(
                Estimate.of(10_000, row.number("mean_c"), row.number("var_c")),
                Estimate.of(10_000, row.number("mean_t"), row.number("var_t")),
                inference);
    }
}
