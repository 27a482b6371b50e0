package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.statistics.SampleRatio.Verdict;
import org.junit.jupiter.api.Test;

/** Groups that differed before the treatment are warned of, from p below 0.01 on. */
class PreExposureBiasTest {

    @Test
    void groupsThatWereAlikeAreFine() {
        PreExposureBias bias = PreExposureBias.of(normal(400, 5), normal(400, 5.1), Inference.STANDARD);

        assertThat(bias.verdict()).isEqualTo(Verdict.OK);
        assertThat(bias.comparison().inference().alpha()).isEqualTo(0.01);
    }

    @Test
    void aDifferenceBeforeTheTreatmentIsAWarning() {
        assertThat(PreExposureBias.of(normal(400, 5), normal(400, 5.5), Inference.STANDARD)
                        .verdict())
                .isEqualTo(Verdict.WARN);
    }

    @Test
    void fivePercentAreNotEnough() {
        PreExposureBias bias = PreExposureBias.of(normal(400, 5), normal(400, 5.32), Inference.STANDARD);

        assertThat(bias.comparison().pValue()).isBetween(0.01, 0.05);
        assertThat(bias.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aOneSidedExperimentIsCheckedOnBothSides() {
        Inference oneSided = Inference.STANDARD.withAlternative(Alternative.GREATER);

        assertThat(PreExposureBias.of(normal(400, 5), normal(400, 4.5), oneSided)
                        .verdict())
                .isEqualTo(Verdict.WARN);
    }

    @Test
    void withoutCovariateNothingIsKnown() {
        PreExposureBias bias = PreExposureBias.of(Moments.EMPTY, normal(9, 5), Inference.STANDARD);

        assertThat(bias.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(bias.comparison().absolute().reason()).contains(Reason.NO_UNITS);
        assertThat(PreExposureBias.of(Moments.ofConstant(9, 0, 1), Moments.ofConstant(9, 0, 1), Inference.STANDARD)
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    private static Moments normal(long n, double mean) {
        return new Moments(n, mean, 1, 4 * (n - 1.0), 0, 0);
    }
}
