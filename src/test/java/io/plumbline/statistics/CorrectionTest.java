package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adjusted p-values agree with statsmodels, and adjusted intervals with the decisions. */
class CorrectionTest {

    static Stream<FixtureRow> corrections() {
        return FixtureRow.read("corrections.csv");
    }

    @ParameterizedTest
    @MethodSource("corrections")
    void agreesWithStatsmodels(FixtureRow row) {
        double[] p = row.numbers("p");

        assertThat(Correction.BONFERRONI.adjustedPValues(p)).containsExactly(row.numbers("bonferroni"), within(1e-15));
        assertThat(Correction.HOLM.adjustedPValues(p)).containsExactly(row.numbers("holm"), within(1e-15));
        assertThat(Correction.BENJAMINI_HOCHBERG.adjustedPValues(p))
                .containsExactly(row.numbers("fdr_bh"), within(1e-15));
        Samples.assertClose(Correction.BONFERRONI.adjustedAlpha(p, 0.05), row.number("alpha_bonferroni"), 1e-14);
        Samples.assertClose(Correction.HOLM.adjustedAlpha(p, 0.05), row.number("alpha_holm"), 1e-14);
        Samples.assertClose(Correction.BENJAMINI_HOCHBERG.adjustedAlpha(p, 0.05), row.number("alpha_fdr_bh"), 1e-14);
    }

    @Test
    void publishedFamily() {
        double[] p = {.005, .06, .007, .04, .01, .03};

        assertThat(Correction.BENJAMINI_HOCHBERG.adjustedPValues(p))
                .containsExactly(new double[] {.02, .06, .02, .048, .02, .045}, within(1e-15));
        assertThat(Correction.HOLM.adjustedPValues(p))
                .containsExactly(new double[] {.03, .09, .035, .09, .04, .09}, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Correction.class)
    void missingPValuesAreNotCounted(Correction correction) {
        double[] with = correction.adjustedPValues(new double[] {Double.NaN, .01, .04, Double.NaN, .03});
        double[] without = correction.adjustedPValues(new double[] {.01, .04, .03});

        assertThat(with).containsExactly(Double.NaN, without[0], without[1], Double.NaN, without[2]);
        assertThat(correction.adjustedAlpha(new double[] {Double.NaN, .01, .04, .03}, 0.05))
                .isEqualTo(correction.adjustedAlpha(new double[] {.01, .04, .03}, 0.05));
    }

    @ParameterizedTest
    @EnumSource(Correction.class)
    void anEmptyFamilyNeedsNoCorrection(Correction correction) {
        assertThat(correction.adjustedPValues(new double[0])).isEmpty();
        assertThat(correction.adjustedAlpha(new double[] {Double.NaN}, 0.05)).isEqualTo(0.05);
        assertThat(correction.adjustedPValues(new double[] {0.03})).containsExactly(0.03);
        assertThat(correction.adjustedAlpha(new double[] {0.03}, 0.05)).isEqualTo(0.05);
    }

    @ParameterizedTest
    @EnumSource(Correction.class)
    void intervalsAtTheAdjustedAlphaAgreeWithTheAdjustedPValues(Correction correction) {
        Random random = new Random(12);
        for (int family = 0; family < 500; family++) {
            double[] p = random.doubles(1 + random.nextInt(12))
                    .map(value -> value * value * value)
                    .toArray();
            double[] adjusted = correction.adjustedPValues(p);
            double alpha = correction.adjustedAlpha(p, 0.05);
            for (int i = 0; i < p.length; i++) {
                assertThat(p[i] < alpha).isEqualTo(adjusted[i] < 0.05);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfTheFamilyDoesNotMatterAndEachRejectsMoreThanTheOneBefore(long seed) {
        double[] p = new Random(seed).doubles(30).toArray();
        double[] reversed = new double[p.length];
        Arrays.setAll(reversed, i -> p[p.length - 1 - i]);
        double[] previous = new double[p.length];
        Arrays.fill(previous, 1);
        for (Correction correction : Correction.values()) {
            double[] adjusted = correction.adjustedPValues(p);
            double[] mirrored = correction.adjustedPValues(reversed);
            for (int i = 0; i < p.length; i++) {
                assertThat(mirrored[p.length - 1 - i]).isEqualTo(adjusted[i]);
                assertThat(adjusted[i]).isBetween(p[i], previous[i]);
            }
            previous = adjusted;
        }
    }

    @Test
    void refusesImpossibleInput() {
        assertThatThrownBy(() -> Correction.HOLM.adjustedPValues(new double[] {1.5}))
                .hasMessage("p-value is 1.5: give a number from 0 to 1, or NaN for none");
        assertThatThrownBy(() -> Correction.HOLM.adjustedPValues(new double[] {-0.1}))
                .hasMessageContaining("-0.1");
        assertThatThrownBy(() -> Correction.HOLM.adjustedAlpha(new double[] {0.1}, 0))
                .hasMessageContaining("alpha is 0.0");
    }
}
