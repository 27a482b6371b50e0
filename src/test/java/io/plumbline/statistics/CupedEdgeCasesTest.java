package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.statistics.Cuped.Decision;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Covariates that cannot be used are dropped, and groups that cannot be adjusted stay as they are; nothing throws. */
class CupedEdgeCasesTest {

    private static final int UNITS = 400;

    @Test
    void aCovariateThatRepeatsAnotherIsDropped() {
        Cuped both = adjust(units -> new double[] {units.outcome(), 1, units.before(), 3 - 2 * units.before()}, 2);
        Cuped one = adjust(units -> new double[] {units.outcome(), 1, units.before()}, 1);

        assertThat(both.coefficients().get(0)).isEqualTo(one.coefficients().get(0));
        assertThat(both.coefficients().get(1)).isNaN();
        assertThat(both.groups()).isEqualTo(one.groups());
    }

    @Test
    void aSumOfOthersIsDropped() {
        Cuped cuped = adjust(
                units -> new double[] {
                    units.outcome(), 1, units.before(), units.other(), 0.3 * units.before() - 7 * units.other()
                },
                3);

        assertThat(cuped.coefficients().get(0)).isFinite();
        assertThat(cuped.coefficients().get(1)).isFinite();
        assertThat(cuped.coefficients().get(2)).isNaN();
        assertThat(cuped.applied()).isTrue();
    }

    @Test
    void aConstantIsDroppedAndTheOthersStay() {
        Cuped cuped = adjust(units -> new double[] {units.outcome(), 1, 0.1, units.before()}, 2);

        assertThat(cuped.coefficients().get(0)).isNaN();
        assertThat(cuped.coefficients().get(1)).isFinite();
        assertThat(cuped.applied()).isTrue();
    }

    @Test
    void aCovariateThatOverflowsIsDroppedAndDoesNotSpoilTheOthers() {
        Cuped cuped = adjust(units -> new double[] {units.outcome(), 1, 1e200 * units.other(), units.before()}, 2);

        assertThat(cuped.coefficients().get(0)).isNaN();
        assertThat(cuped.applied()).isTrue();
        assertThat(cuped.groups().get(0).adjusted().reason()).isEmpty();
    }

    @Test
    void withoutUsableCovariateNothingIsApplied() {
        Cuped cuped = adjust(units -> new double[] {units.outcome(), 1, 5}, 1);

        assertThat(cuped.decision()).isEqualTo(Decision.NO_REDUCTION);
        assertThat(cuped.varianceReduction()).isNaN();
        assertThat(cuped.groups().get(0).adjusted())
                .isEqualTo(cuped.groups().get(0).unadjusted());
    }

    @Test
    void aRatioOfDenominatorsThatAddUpToZeroIsDropped() {
        GroupCovariates group = group(units -> new double[] {units.outcome(), 1, units.before(), 0});

        Cuped cuped = Cuped.of(List.of(group), List.of(Covariate.ofRatio(2, 3)));

        assertThat(cuped.coefficients().get(0)).isNaN();
        assertThat(cuped.decision()).isEqualTo(Decision.NO_REDUCTION);
    }

    @Test
    void aCovariateThatExplainsEverythingLeavesNoVariance() {
        Cuped cuped = adjust(units -> new double[] {4 + 3 * units.before(), 1, units.before()}, 1);

        assertThat(cuped.applied()).isTrue();
        assertThat(cuped.varianceReduction()).isEqualTo(1);
        assertThat(cuped.groups().get(0).adjusted().variance()).isZero();
        assertThat(Comparison.of(cuped.groups().get(0), cuped.groups().get(0), Inference.STANDARD)
                        .absolute()
                        .reason())
                .contains(Reason.ZERO_VARIANCE);
    }

    @Test
    void groupsWithoutAVarianceStayAsTheyAre() {
        GroupCovariates full = group(units -> new double[] {units.outcome(), 1, units.before()});
        GroupCovariates empty = new GroupCovariates(CoMoments.empty(3), 0);
        GroupCovariates single = new GroupCovariates(CoMoments.ofConstant(1, 9, 1, 9), 1);

        Cuped cuped = Cuped.of(List.of(empty, full, single), List.of(Covariate.ofMean(2)));
        Cuped alone = Cuped.of(List.of(full), List.of(Covariate.ofMean(2)));

        assertThat(cuped.groups().get(0))
                .isEqualTo(AdjustedEstimate.unadjusted(Estimate.undefined(0, Reason.NO_UNITS)));
        assertThat(cuped.groups().get(1)).isEqualTo(alone.groups().get(0));
        assertThat(cuped.groups().get(2).adjusted().mean()).isEqualTo(9);
        assertThat(cuped.groups().get(2).adjusted().reason()).contains(Reason.TOO_FEW_UNITS);
    }

    @Test
    void twoUnitsInEachGroupAreAdjustedButTooFewToUseIt() {
        CoMoments two = new CoMomentsAccumulator(3).add(1, 1, 2).add(2, 1, 5).moments();
        GroupCovariates group = new GroupCovariates(two, 2);

        Cuped cuped = Cuped.of(List.of(group, group), List.of(Covariate.ofMean(2)));

        assertThat(cuped.decision()).isEqualTo(Decision.TOO_LITTLE_DATA);
        assertThat(cuped.varianceReduction()).isEqualTo(1);
    }

    @Test
    void withoutAnyGroupOrWithEmptyGroupsOnlyNothingIsKnown() {
        GroupCovariates empty = new GroupCovariates(CoMoments.empty(3), 0);

        for (List<GroupCovariates> groups : List.of(List.<GroupCovariates>of(), List.of(empty, empty))) {
            Cuped cuped = Cuped.of(groups, List.of(Covariate.ofMean(2)));
            assertThat(cuped.decision()).isEqualTo(Decision.TOO_LITTLE_DATA);
            assertThat(cuped.varianceReduction()).isNaN();
            assertThat(cuped.coefficients().get(0)).isNaN();
            assertThat(cuped.groups()).hasSameSizeAs(groups);
        }
    }

    @Test
    void anOutcomeThatDoesNotVaryCannotImprove() {
        Cuped cuped = adjust(units -> new double[] {2, 1, units.before()}, 1);

        assertThat(cuped.decision()).isEqualTo(Decision.NO_REDUCTION);
        assertThat(cuped.groups().get(0).adjusted().variance()).isZero();
    }

    @Test
    void anInfiniteProductIsNoZero() {
        double[] products = {1, 0, 0, 0, 0, Double.POSITIVE_INFINITY, 0.5, 0, 0, 1};
        GroupCovariates group = new GroupCovariates(CoMoments.of(500, new double[] {2, 1, 0, 0}, products), 500);

        Cuped cuped = Cuped.of(List.of(group), List.of(Covariate.ofMean(2), Covariate.ofMean(3)));

        assertThat(cuped.coefficients()).containsExactly(Double.NaN, 0.5);
        assertThat(cuped.varianceReduction()).isEqualTo(0.25);
    }

    @Test
    void productsThatNoUnitsCanHaveAreNotApplied() {
        double[] products = {1, 0, 0, 5, 0, 1};
        GroupCovariates group = new GroupCovariates(CoMoments.of(500, new double[] {2, 1, 0}, products), 500);

        Cuped cuped = Cuped.of(List.of(group), List.of(Covariate.ofMean(2)));

        assertThat(cuped.decision()).isEqualTo(Decision.NO_REDUCTION);
        assertThat(cuped.varianceReduction()).isNaN();
        assertThat(cuped.groups().get(0).adjusted()).isEqualTo(group.outcome());
    }

    private static Cuped adjust(Columns columns, int covariates) {
        return Cuped.of(
                List.of(group(columns)),
                IntStream.range(2, 2 + covariates).mapToObj(Covariate::ofMean).toList());
    }

    private static GroupCovariates group(Columns columns) {
        Random random = new Random(99);
        CoMomentsAccumulator accumulator = null;
        for (int unit = 0; unit < UNITS; unit++) {
            double before = random.nextGaussian();
            double other = random.nextGaussian();
            double[] vector = columns.of(new Unit(2 + before + 0.5 * other + random.nextGaussian(), before, other));
            accumulator = accumulator == null ? new CoMomentsAccumulator(vector.length) : accumulator;
            accumulator.add(vector);
        }
        return new GroupCovariates(accumulator.moments(), UNITS);
    }

    /** A unit with an outcome that depends on two values from before. */
    record Unit(double outcome, double before, double other) {}

    /** The vector of a unit. */
    @FunctionalInterface
    interface Columns {
        double[] of(Unit unit);
    }
}
