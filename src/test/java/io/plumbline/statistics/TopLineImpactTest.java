package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The impact on the total of a metric, as it runs and projected to everybody. */
class TopLineImpactTest {

    private static final Comparison FINE =
            Comparison.of(Estimate.of(500, 5, 9), Estimate.of(500, 6, 9), Inference.STANDARD);

    static Stream<FixtureRow> topLines() {
        return FixtureRow.read("top_lines.csv");
    }

    @ParameterizedTest
    @MethodSource("topLines")
    void agreesWithNumericalDifferentiation(FixtureRow row) {
        long units = (long) row.number("units");
        double share = row.number("share");
        Comparison comparison = Comparison.of(
                Estimate.of(units, row.number("mean_c"), row.number("variance")),
                Estimate.of(units, row.number("mean_t"), row.number("variance")),
                Inference.STANDARD);
        TopLineImpact impact =
                TopLineImpact.of(comparison, new TopLine(row.number("total"), units, row.number("days"), share));

        assertClose(impact.daily().value(), row.number("impact"), 1e-9);
        assertClose(impact.daily().standardError(), row.number("standard_error"), 1e-9);
        assertClose(impact.relative().value(), row.number("relative"), 1e-9);
        assertClose(impact.relative().standardError(), row.number("relative_error"), 1e-9);
        assertClose(impact.relative().interval().lower(), row.number("relative_lower"), 1e-9);
        assertClose(impact.relative().interval().upper(), row.number("relative_upper"), 1e-9);
        assertClose(impact.projectedDaily().value(), row.number("projected"), 1e-9);
        assertClose(impact.projectedRelative().standardError(), row.number("projected_relative_error"), 1e-9);
        assertClose(
                impact.projectedRelative().interval().upper(),
                impact.relative().interval().upper() / share,
                1e-12);
    }

    @Test
    void oneExtraADayForEachOfAThousandUnits() {
        TopLineImpact impact = TopLineImpact.of(FINE, new TopLine(10_100, 1000, 10, 0.1));

        assertThat(impact.daily().value()).isEqualTo(100);
        assertThat(impact.relative().value()).isEqualTo(0.01);
        assertThat(impact.projectedDaily().value()).isEqualTo(1000);
        assertThat(impact.projectedRelative().value()).isEqualTo(0.1);
        assertClose(
                impact.daily().interval().lower(),
                100 * FINE.absolute().interval().lower(),
                1e-12);
    }

    @Test
    void aOneSidedAlternativeOpensAllIntervals() {
        Comparison comparison = Comparison.of(
                Estimate.of(500, 5, 9),
                Estimate.of(500, 6, 9),
                Inference.STANDARD.withAlternative(Alternative.GREATER));
        TopLineImpact impact = TopLineImpact.of(comparison, new TopLine(10_100, 1000, 10, 0.1));

        assertThat(Stream.of(impact.daily(), impact.relative(), impact.projectedDaily(), impact.projectedRelative()))
                .allMatch(effect -> effect.interval().upper() == Double.POSITIVE_INFINITY
                        && effect.interval().lower() > 0);
    }

    @Test
    void aLosingTotalKeepsTheSign() {
        TopLineImpact impact = TopLineImpact.of(FINE, new TopLine(-9_900, 1000, 10, 1));

        assertThat(impact.relative().value()).isEqualTo(0.01);
        assertThat(impact.relative().interval().lower()).isPositive();
    }

    @Test
    void anEffectWithoutIntervalKeepsItsValue() {
        Comparison comparison = Comparison.of(Samples.mean(4, 4), Samples.mean(5, 5), Inference.STANDARD);
        TopLineImpact impact = TopLineImpact.of(comparison, new TopLine(210, 20, 2, 0.5));

        assertThat(impact.daily().value()).isEqualTo(10);
        assertThat(impact.daily().reason()).contains(Reason.ZERO_VARIANCE);
        assertThat(impact.relative().value()).isEqualTo(0.05);
        assertThat(impact.relative().reason()).contains(Reason.ZERO_VARIANCE);
        assertThat(impact.projectedRelative().interval()).isEqualTo(Interval.UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 100})
    void aTotalOfZeroOrOfTheImpactAloneHasNoRelativeImpact(double total) {
        TopLineImpact impact = TopLineImpact.of(FINE, new TopLine(total, 1000, 10, 0.1));

        assertThat(impact.daily().reason()).isEmpty();
        assertThat(impact.relative().reason()).contains(Reason.ZERO_DENOMINATOR);
        assertThat(impact.projectedRelative().value()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aTotalThatIsNoNumberIsReported(double total) {
        TopLineImpact impact = TopLineImpact.of(FINE, new TopLine(total, 1000, 10, 0.1));

        assertThat(impact.relative().reason()).contains(Reason.NOT_FINITE);
        assertThat(impact.daily().reason()).isEmpty();
    }

    @Test
    void withoutTreatedUnitsThereIsNoImpact() {
        assertThat(TopLineImpact.of(FINE, new TopLine(10, 0, 10, 0.1)).daily().reason())
                .contains(Reason.NO_UNITS);
        assertThat(TopLineImpact.of(FINE, new TopLine(10, -3, 10, 0.1)).daily().reason())
                .contains(Reason.NOT_FINITE);
        assertThat(TopLineImpact.of(FINE, new TopLine(10, Double.POSITIVE_INFINITY, 10, 0.1))
                        .projectedDaily()
                        .value())
                .isNaN();
    }

    @Test
    void refusesImpossibleInput() {
        assertThatThrownBy(() -> new TopLine(1, 1, 0, 0.5)).hasMessage("number of days is 0.0: give a number above 0");
        assertThatThrownBy(() -> new TopLine(1, 1, 1, 0))
                .hasMessage("share of treated units is 0.0: give a number above 0 and at most 1");
        assertThatThrownBy(() -> new TopLine(1, 1, 1, 1.1)).hasMessageContaining("1.1");
    }
}
