package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of few events, or of few units without, carry a caution. */
class ProportionsTest {

    private static final Estimate FINE = share(100, 50);

    @ParameterizedTest
    @CsvSource({"100, 4, true", "100, 5, false", "100, 95, false", "100, 96, true", "8, 4, true", "49, 5, false"})
    void fewerThanFiveEventsOrFailuresAreFew(long units, long events, boolean few) {
        assertThat(Proportions.caution(share(units, events), FINE).isPresent()).isEqualTo(few);
        assertThat(Proportions.caution(FINE, share(units, events)).isPresent()).isEqualTo(few);
    }

    @Test
    void saysWhat() {
        assertThat(Proportions.caution(share(100, 2), FINE)).contains(Reason.SMALL_CELL);
    }

    @Test
    void aGroupWithoutMeanHasAReasonAlready() {
        assertThat(Proportions.caution(Estimate.undefined(0, Reason.NO_UNITS), FINE))
                .isEmpty();
    }

    private static Estimate share(long units, long events) {
        double mean = (double) events / units;
        return Estimate.of(units, mean, mean * (1 - mean) * units / (units - 1));
    }
}
