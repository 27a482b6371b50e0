package io.plumbline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.statistics.Baseline;
import io.plumbline.statistics.PowerTarget;
import org.junit.jupiter.api.Test;

/** A metric of mean 5 and variance 100; groups that gain 1,000 units a day together. */
class PowerPlanTest {

    /** Standard normal quantiles at 0.975 and 0.8. */
    private static final double Z = 1.959963984540054 + 0.8416212335729143;

    private static final Baseline BASELINE = new Baseline(5, 100);
    private static final PowerPlan HALVES = new PowerPlan(new History(BASELINE, 1000), 0.5, PowerTarget.STANDARD);

    /** Each group needs 2·z²·100/0.25² = 25,116.4 units. */
    @Test
    void an_effect_needs_units_and_days() {
        PowerPlan.Answer answer = HALVES.toFind(0.05);
        assertThat(answer.minimumDetectableEffect()).isEqualTo(0.05);
        assertThat(answer.controlUnits())
                .isEqualTo(Math.ceil(2 * Z * Z * 100 / 0.0625))
                .isEqualTo(25_117);
        assertThat(answer.treatmentUnits()).isEqualTo(25_117);
        assertThat(answer.days()).isEqualTo(51);
    }

    @Test
    void a_loss_needs_as_many_units_as_a_gain() {
        assertThat(HALVES.toFind(-0.05)).isEqualTo(HALVES.toFind(0.05));
    }

    @Test
    void units_find_an_effect() {
        PowerPlan.Answer answer =
                new PowerPlan(new History(BASELINE, 1000), 0.25, PowerTarget.STANDARD).withUnits(40_000);
        assertThat(answer.controlUnits()).isEqualTo(30_000);
        assertThat(answer.treatmentUnits()).isEqualTo(10_000);
        assertThat(answer.minimumDetectableEffect())
                .isCloseTo(Z * Math.sqrt(100 / 30_000.0 + 100 / 10_000.0) / 5, within(1e-12));
        assertThat(answer.days()).isEqualTo(40);
    }

    @Test
    void days_are_those_units() {
        PowerPlan.Answer answer = HALVES.withDays(40);
        assertThat(answer).isEqualTo(HALVES.withUnits(40_000));
    }

    @Test
    void without_a_rate_days_are_unknown_and_units_are_not() {
        PowerPlan plan = new PowerPlan(new History(BASELINE, Double.NaN), 0.5, PowerTarget.STANDARD);
        assertThat(plan.toFind(0.05).controlUnits()).isEqualTo(25_117);
        assertThat(plan.toFind(0.05).days()).isNaN();
        assertThat(plan.withUnits(1000).days()).isNaN();
        assertThat(plan.withDays(7).minimumDetectableEffect()).isNaN();
        assertThat(plan.withDays(7).days()).isEqualTo(7);
    }

    @Test
    void a_mean_of_zero_has_no_relative_effect() {
        PowerPlan plan = new PowerPlan(new History(new Baseline(0, 100), 1000), 0.5, PowerTarget.STANDARD);
        assertThat(plan.toFind(0.05).controlUnits()).isNaN();
        assertThat(plan.toFind(0.05).days()).isNaN();
    }
}
