package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Moments gathered unit by unit, from repeated units, and from the aggregates of an SQL engine. */
class MomentsTest {

    @Test
    void momentsAreCentred() {
        Moments moments = Samples.moments(new double[] {1, 2, 6}, new double[] {10, 30, 20});

        assertThat(moments).isEqualTo(new Moments(3, 3, 20, 14, 200, 10));
    }

    @Test
    void aMetricWithASingleValueHasTheDenominatorOne() {
        assertThat(new MomentsAccumulator().add(1).add(2).add(6).moments()).isEqualTo(new Moments(3, 3, 1, 14, 0, 0));
    }

    @Test
    void repeatedUnitsCountLikeSingleOnes() {
        Moments repeated = new MomentsAccumulator()
                .add(5)
                .addRepeated(0, 1, 3)
                .addRepeated(9, 1, 0)
                .add(2)
                .moments();
        Moments single = Samples.moments(5, 0, 0, 0, 2);

        assertThat(repeated.n()).isEqualTo(5);
        Samples.assertClose(repeated.meanX(), single.meanX(), 1e-15);
        Samples.assertClose(repeated.m2X(), single.m2X(), 1e-15);
        assertThat(repeated.meanY()).isEqualTo(1);
        assertThat(repeated.m2Y()).isZero();
        assertThat(repeated.cXY()).isZero();
    }

    @Test
    void aMillionImputedUnitsAreOneStep() {
        Moments moments =
                new MomentsAccumulator().add(10).addRepeated(0, 1, 999_999).moments();

        assertThat(moments.n()).isEqualTo(1_000_000);
        Samples.assertClose(moments.meanX(), 1e-5, 1e-15);
        Samples.assertClose(moments.m2X(), 100 - 1e-4, 1e-15);
    }

    @Test
    void valuesThatAreNoNumbersAreExcludedAndCounted() {
        MomentsAccumulator accumulator = new MomentsAccumulator()
                .add(1)
                .add(Double.NaN)
                .add(Double.POSITIVE_INFINITY)
                .add(2, Double.NEGATIVE_INFINITY)
                .addRepeated(Double.NaN, 1, 3)
                .addRepeated(1, Double.NaN, 2)
                .add(3);

        assertThat(accumulator.excluded()).isEqualTo(8);
        assertThat(accumulator.moments()).isEqualTo(Samples.moments(1, 3));
    }

    @Test
    void laterUnitsDoNotChangeMomentsAlreadyTaken() {
        MomentsAccumulator accumulator = new MomentsAccumulator().add(1);
        Moments before = accumulator.moments();
        accumulator.add(5);

        assertThat(before).isEqualTo(Samples.moments(1));
    }

    @Test
    void withoutUnitsTheMomentsAreEmpty() {
        assertThat(new MomentsAccumulator().moments()).isEqualTo(Moments.EMPTY);
        assertThat(new MomentsAccumulator().excluded()).isZero();
        assertThat(new Moments(0, Double.NaN, Double.NaN, Double.NaN, 1, 2)).isEqualTo(Moments.EMPTY);
    }

    @Test
    void populationVariancesAreMultipliedByTheNumberOfUnits() {
        assertThat(Moments.ofPopulation(4, 3, 2, 5, 7, -1)).isEqualTo(new Moments(4, 3, 2, 20, 28, -4));
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> new Moments(-1, 0, 0, 0, 0, 0)).hasMessage("number of units is -1: give 0 or more");
        assertThatThrownBy(() -> new Moments(2, 0, 0, -1, 0, 0))
                .hasMessage("sums of squared deviations are -1.0 and 0.0: give 0 or more");
        assertThatThrownBy(() -> new Moments(2, 0, 0, 0, -1, 0))
                .hasMessage("sums of squared deviations are 0.0 and -1.0: give 0 or more");
        assertThatThrownBy(() -> new MomentsAccumulator().addRepeated(0, 1, -3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of repeated units is -3: give 0 or more");
    }
}
