package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tails and quantiles agree with scipy, far out too. */
class ReferenceDistributionTest {

    private static final Inference STUDENT = Inference.STANDARD.withNormalFrom(Double.POSITIVE_INFINITY);

    static Stream<FixtureRow> distributions() {
        return FixtureRow.read("distributions.csv");
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void agreesWithScipy(FixtureRow row) {
        ReferenceDistribution reference = row.text("nu").equals("normal")
                ? ReferenceDistribution.of(1, Inference.STANDARD.withNormalFrom(0))
                : ReferenceDistribution.of(row.number("nu"), STUDENT);
        double x = row.number("x");
        double survival = row.number("survival");

        assertClose(reference.pValue(x, Alternative.GREATER), survival, 1e-9);
        assertClose(reference.pValue(-x, Alternative.LESS), survival, 1e-9);
        assertClose(reference.pValue(x, Alternative.LESS), 1 - survival, 1e-9);
        assertClose(reference.pValue(-x, Alternative.TWO_SIDED), 2 * survival, 1e-9);
        assertClose(reference.criticalValue(STUDENT), row.number("q975"), 1e-9);
        assertClose(reference.criticalValue(STUDENT.withAlpha(1e-6)), row.number("q_5e_7"), 1e-9);
    }

    @Test
    void oneSidedCriticalValuesPutAlphaIntoOneTail() {
        ReferenceDistribution normal = ReferenceDistribution.of(1000, Inference.STANDARD);

        // scipy 1.17.1: scipy.stats.norm.isf(0.05)
        assertClose(
                normal.criticalValue(Inference.STANDARD.withAlternative(Alternative.GREATER)),
                1.6448536269514729,
                1e-12);
        assertClose(
                normal.criticalValue(Inference.STANDARD.withAlternative(Alternative.LESS)), 1.6448536269514729, 1e-12);
    }

    @Test
    void studentNeverLosesDigitsToLargeDegreesOfFreedom() {
        ReferenceDistribution reference = ReferenceDistribution.of(1e12, STUDENT);

        // scipy 1.17.1: scipy.stats.t.isf(0.025, 1e12)
        assertClose(reference.criticalValue(STUDENT), 1.9599639845424264, 1e-9);
    }

    @Test
    void noDifferenceHasAPValueOfOne() {
        assertThat(ReferenceDistribution.of(5, STUDENT).pValue(0, Alternative.TWO_SIDED))
                .isEqualTo(1);
    }
}
