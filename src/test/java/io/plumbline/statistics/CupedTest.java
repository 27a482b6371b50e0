package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.statistics.Cuped.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adjustment by pre-exposure covariates agrees with least squares, and the relative effect divides by the unadjusted control. */
class CupedTest {

    static Stream<FixtureRow> cuped() {
        return FixtureRow.read("cuped.csv");
    }

    @ParameterizedTest
    @MethodSource("cuped")
    void agreesWithLeastSquares(FixtureRow row) {
        Cuped cuped = adjusted(row);

        assertThat(cuped.decision()).isEqualTo(Decision.APPLIED);
        double[] theta = row.numbers("theta");
        for (int i = 0; i < theta.length; i++) {
            assertClose(cuped.coefficients().get(i), theta[i], 1e-9);
        }
        AdjustedEstimate control = cuped.groups().get(0);
        AdjustedEstimate treatment = cuped.groups().get(1);
        assertClose(control.adjusted().mean(), row.number("mean_c"), 1e-9);
        assertClose(treatment.adjusted().mean(), row.number("mean_t"), 1e-9);
        assertClose(control.adjusted().variance(), row.number("variance_c"), 1e-9);
        assertClose(treatment.adjusted().variance(), row.number("variance_t"), 1e-9);
        assertClose(control.covariance(), row.number("covariance_c"), 1e-9);
        assertClose(cuped.varianceReduction(), row.number("reduction"), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("cuped")
    void theRelativeEffectDividesByTheUnadjustedControlMean(FixtureRow row) {
        Cuped cuped = adjusted(row);
        AdjustedEstimate control = cuped.groups().get(0);
        Comparison comparison = Comparison.of(control, cuped.groups().get(1), Inference.STANDARD.withNormalFrom(0));

        Effect relative = comparison.relative();
        assertClose(
                relative.value() * control.unadjusted().mean(),
                comparison.absolute().value(),
                1e-14);
        assertClose(relative.value(), row.number("relative"), 1e-9);
        assertClose(relative.standardError(), row.number("standard_error"), 1e-9);
        assertClose(relative.interval().lower(), row.number("lower"), 1e-9);
        assertClose(relative.interval().upper(), row.number("upper"), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("cuped")
    void fiellerStillExcludesZeroExactlyWhenTheAbsoluteIntervalDoes(FixtureRow row) {
        Cuped cuped = adjusted(row);
        for (double alpha = 0.01; alpha < 1; alpha += 0.01) {
            Comparison comparison =
                    Comparison.of(cuped.groups().get(0), cuped.groups().get(1), Inference.STANDARD.withAlpha(alpha));
            assertThat(comparison.relative().interval().contains(0))
                    .isEqualTo(comparison.absolute().interval().contains(0));
        }
    }

    @Test
    void aRatioAgreesWithThePublishedFormToFirstOrder() {
        Random random = new Random(17);
        GroupCovariates control = ratios(random, 4000, 0);
        GroupCovariates treatment = ratios(random, 4000, 0.1);
        Cuped cuped = Cuped.of(List.of(control, treatment), List.of(Covariate.ofRatio(2, 3)));

        CoMoments all = control.moments().merge(treatment.moments());
        double pooled = Estimate.ofRatio(all.pair(2, 3)).mean();
        double own = Estimate.ofRatio(treatment.moments().pair(2, 3)).mean();
        double published = treatment.outcome().mean() - cuped.coefficients().get(0) * (own - pooled);
        AdjustedEstimate adjusted = cuped.groups().get(1);
        assertThat(adjusted.adjusted().mean())
                .isCloseTo(published, within(0.02 * adjusted.adjusted().standardError()));
    }

    @Test
    void withoutAdjustmentTheEstimateStandsTwice() {
        AdjustedEstimate group = AdjustedEstimate.unadjusted(Samples.mean(1, 2, 4));

        assertThat(group.varianceReduction()).isZero();
        assertThat(group.slope()).isEqualTo(1);
        assertThat(group.residualStandardError()).isZero();
        assertThat(AdjustedEstimate.unadjusted(Samples.mean(3, 3)).slope()).isEqualTo(1);
        assertThat(AdjustedEstimate.unadjusted(Samples.mean(3, 3)).varianceReduction())
                .isNaN();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100})
    void aHundredUnitsWithDataAreTooFew(long unitsWithData) {
        GroupCovariates group = new GroupCovariates(means(new Random(1), 500, 0.9), unitsWithData);

        Cuped cuped = Cuped.of(List.of(group), List.of(Covariate.ofMean(2)));

        assertThat(cuped.decision()).isEqualTo(Decision.TOO_LITTLE_DATA);
        assertThat(cuped.applied()).isFalse();
        assertThat(cuped.varianceReduction()).isPositive();
        assertThat(cuped.groups()).containsExactly(AdjustedEstimate.unadjusted(group.outcome()));
    }

    @Test
    void moreThanAHundredUnitsOfAllGroupsTogetherAreEnough() {
        Random random = new Random(2);
        GroupCovariates control = new GroupCovariates(means(random, 500, 0.9), 51);
        GroupCovariates treatment = new GroupCovariates(means(random, 500, 0.9), 50);

        assertThat(Cuped.of(List.of(control, treatment), List.of(Covariate.ofMean(2)))
                        .applied())
                .isTrue();
    }

    @Test
    void oneUnitInTwentyIsTooSmallAShare() {
        CoMoments units = means(new Random(3), 4000, 0.9);

        assertThat(Cuped.of(List.of(new GroupCovariates(units, 200)), List.of(Covariate.ofMean(2)))
                        .decision())
                .isEqualTo(Decision.TOO_LITTLE_DATA);
        assertThat(Cuped.of(List.of(new GroupCovariates(units, 201)), List.of(Covariate.ofMean(2)))
                        .decision())
                .isEqualTo(Decision.APPLIED);
    }

    @Test
    void aCovariateThatHurtsIsNotApplied() {
        // The large group decides on θ; the small group, whose noise decides on the difference, has the opposite slope.
        Random random = new Random(4);
        GroupCovariates large = new GroupCovariates(means(random, 20_000, 1.5), 20_000);
        GroupCovariates small = new GroupCovariates(means(random, 50, -1.5), 50);

        Cuped cuped = Cuped.of(List.of(large, small), List.of(Covariate.ofMean(2)));

        assertThat(cuped.varianceReduction()).isNegative();
        assertThat(cuped.decision()).isEqualTo(Decision.NO_REDUCTION);
        assertThat(cuped.groups().get(0).adjusted()).isEqualTo(large.outcome());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e-15})
    void theUnitOfMeasurementDoesNotMatter(double scale) {
        CoMoments plain = means(new Random(5), 300, 0.9);
        CoMomentsAccumulator scaled = new CoMomentsAccumulator(3);
        Random random = new Random(5);
        IntStream.range(0, 300).forEach(unit -> {
            double[] vector = mean(random, 0.9);
            scaled.add(vector[0] * scale, vector[1], vector[2] / scale);
        });

        Cuped expected = Cuped.of(List.of(new GroupCovariates(plain, 300)), List.of(Covariate.ofMean(2)));
        Cuped actual = Cuped.of(List.of(new GroupCovariates(scaled.moments(), 300)), List.of(Covariate.ofMean(2)));
        assertClose(actual.varianceReduction(), expected.varianceReduction(), 1e-9);
        assertClose(actual.coefficients().get(0), expected.coefficients().get(0) * scale * scale, 1e-9);
    }

    /** Near 1e9 a double has a seventh decimal at most, which is where the values of the two runs part. */
    @Test
    void valuesNearOneBillionKeepTheirDigits() {
        CoMomentsAccumulator near = new CoMomentsAccumulator(3);
        CoMomentsAccumulator far = new CoMomentsAccumulator(3);
        Random random = new Random(7);
        for (int unit = 0; unit < 2_000; unit++) {
            double before = Math.rint(1024 * random.nextGaussian()) / 1024;
            double outcome = before + Math.rint(1024 * random.nextGaussian()) / 1024;
            near.add(outcome, 1, before);
            far.add(1e9 + outcome, 1, before - 1e9);
        }

        Cuped expected = Cuped.of(List.of(new GroupCovariates(near.moments(), 2000)), List.of(Covariate.ofMean(2)));
        Cuped actual = Cuped.of(List.of(new GroupCovariates(far.moments(), 2000)), List.of(Covariate.ofMean(2)));
        assertClose(actual.coefficients().get(0), expected.coefficients().get(0), 1e-9);
        assertClose(actual.varianceReduction(), expected.varianceReduction(), 1e-9);
        assertClose(
                actual.groups().get(0).adjusted().variance(),
                expected.groups().get(0).adjusted().variance(),
                1e-9);
    }

    @Test
    void refusesImpossibleInput() {
        CoMoments units = means(new Random(6), 10, 1);

        assertThatThrownBy(() -> new GroupCovariates(CoMoments.empty(2), 0))
                .hasMessage(
                        "there are 2 columns: give outcome numerator, outcome denominator and at least one covariate");
        assertThatThrownBy(() -> new GroupCovariates(units, 11))
                .hasMessage("number of units with pre-exposure data is 11 of 10: give 0 to all of them");
        assertThatThrownBy(() -> new GroupCovariates(units, -1)).hasMessageContaining("-1 of 10");
        assertThatThrownBy(() -> Covariate.ofMean(1))
                .hasMessage(
                        "columns of a covariate are 1 and OptionalInt.empty: give 2 or more, because 0 and 1 hold the outcome");
        assertThatThrownBy(() -> Covariate.ofRatio(2, 0)).hasMessageContaining("columns of a covariate are 2");
        assertThatThrownBy(() -> Cuped.of(List.of(new GroupCovariates(units, 1)), List.of(Covariate.ofRatio(2, 3))))
                .hasMessage("column of a covariate is 3: give less than 3");
    }

    private static Cuped adjusted(FixtureRow row) {
        int columns = (int) row.number("columns");
        List<Covariate> covariates = row.text("kind").equals("ratio")
                ? List.of(Covariate.ofRatio(2, 3))
                : IntStream.range(2, columns).mapToObj(Covariate::ofMean).toList();
        return Cuped.of(
                List.of(group(row.numbers("control"), columns), group(row.numbers("treatment"), columns)), covariates);
    }

    private static GroupCovariates group(double[] values, int columns) {
        CoMomentsAccumulator accumulator = new CoMomentsAccumulator(columns);
        for (int first = 0; first < values.length; first += columns) {
            accumulator.add(Arrays.copyOfRange(values, first, first + columns));
        }
        return new GroupCovariates(accumulator.moments(), values.length / columns);
    }

    private static CoMoments means(Random random, int units, double slope) {
        CoMomentsAccumulator accumulator = new CoMomentsAccumulator(3);
        IntStream.range(0, units).forEach(unit -> accumulator.add(mean(random, slope)));
        return accumulator.moments();
    }

    private static double[] mean(Random random, double slope) {
        double before = random.nextGaussian();
        return new double[] {3 + slope * before + random.nextGaussian(), 1, before};
    }

    private static GroupCovariates ratios(Random random, int units, double effect) {
        CoMomentsAccumulator accumulator = new CoMomentsAccumulator(4);
        for (int unit = 0; unit < units; unit++) {
            double level = 2 + random.nextGaussian();
            double before = random.nextInt(8);
            double after = 1 + random.nextInt(8);
            accumulator.add(
                    (level + effect) * after + random.nextGaussian(),
                    after,
                    level * before + random.nextGaussian(),
                    before);
        }
        return new GroupCovariates(accumulator.moments(), units);
    }
}
