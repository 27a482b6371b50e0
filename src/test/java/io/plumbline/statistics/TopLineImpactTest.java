package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The impact on the total of a metric; what it is relative to the total is tested with the view that shows it. */
class TopLineImpactTest {

    private static final Comparison FINE =
            Comparison.of(Estimate.of(500, 5, 9), Estimate.of(500, 6, 9), Inference.STANDARD);

    static Stream<FixtureRow> topLines() {
        return FixtureRow.read("top_lines.csv");
    }

    @ParameterizedTest
    @MethodSource("topLines")
    void agreesWithTheReference(FixtureRow row) {
        long units = (long) row.number("units");
        Comparison comparison = Comparison.of(
                Estimate.of(units, row.number("mean_c"), row.number("variance")),
                Estimate.of(units, row.number("mean_t"), row.number("variance")),
                Inference.STANDARD);
        Effect impact = TopLineImpact.perDay(comparison, (double) units, row.number("days"));

        assertClose(impact.value(), row.number("impact"), 1e-9);
        assertClose(impact.standardError(), row.number("standard_error"), 1e-9);
    }

    @Test
    void oneExtraForEachOfAThousandUnitsInTenDaysIsAHundredADay() {
        Effect impact = TopLineImpact.perDay(FINE, 1000, 10);

        assertThat(impact.value()).isEqualTo(100);
        assertClose(impact.interval().lower(), 100 * FINE.absolute().interval().lower(), 1e-12);
    }

    @Test
    void aOneSidedAlternativeOpensTheInterval() {
        Comparison comparison = Comparison.of(
                Estimate.of(500, 5, 9),
                Estimate.of(500, 6, 9),
                Inference.STANDARD.withAlternative(Alternative.GREATER));
        Interval interval = TopLineImpact.perDay(comparison, 1000, 10).interval();

        assertThat(interval.upper()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(interval.lower()).isPositive();
    }

    @Test
    void anEffectWithoutIntervalKeepsItsValue() {
        Comparison comparison = Comparison.of(Samples.mean(4, 4), Samples.mean(5, 5), Inference.STANDARD);
        Effect impact = TopLineImpact.perDay(comparison, 20, 2);

        assertThat(impact.value()).isEqualTo(10);
        assertThat(impact.reason()).contains(Reason.ZERO_VARIANCE);
        assertThat(impact.interval()).isEqualTo(Interval.UNDEFINED);
    }

    @ParameterizedTest
    @CsvSource({"0, NO_UNITS", "-3, NOT_FINITE", "NaN, NOT_FINITE", "Infinity, NOT_FINITE"})
    void withoutTreatedUnitsThereIsNoImpact(double treatedUnits, Reason reason) {
        Effect impact = TopLineImpact.perDay(FINE, treatedUnits, 10);

        assertThat(impact.value()).isNaN();
        assertThat(impact.reason()).contains(reason);
    }

    @Test
    void refusesNoDays() {
        assertThatThrownBy(() -> TopLineImpact.perDay(FINE, 1, 0))
                .hasMessage("number of days is 0.0: give a number above 0");
    }
}
