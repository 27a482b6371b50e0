package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The effect in a segment against that in the rest agrees with Welch's test over four samples. */
class SegmentEffectTest {

    private static final Inference STUDENT = Inference.STANDARD.withNormalFrom(Double.POSITIVE_INFINITY);
    private static final Segment PLAIN = segment("plain", 5, 6);

    static Stream<FixtureRow> segments() {
        return FixtureRow.read("segments.csv");
    }

    @ParameterizedTest
    @MethodSource("segments")
    void agreesWithScipy(FixtureRow row) {
        List<Segment> segments = IntStream.range(0, 3)
                .mapToObj(i -> new Segment(
                        "s" + i, Samples.moments(row.numbers("c_" + i)), Samples.moments(row.numbers("t_" + i))))
                .toList();
        SegmentEffect effect = SegmentEffect.of(segments, STUDENT).get((int) row.number("segment"));

        assertClose(effect.difference().value(), row.number("difference"), 1e-9);
        assertClose(effect.difference().standardError(), row.number("standard_error"), 1e-9);
        assertClose(effect.degreesOfFreedom(), row.number("nu"), 1e-9);
        assertClose(effect.pValue(), row.number("p"), 1e-9);
        assertClose(effect.difference().interval().lower(), row.number("lower"), 1e-9);
        assertClose(effect.difference().interval().upper(), row.number("upper"), 1e-9);
        assertThat(effect.significant()).isEqualTo(row.number("p") < 0.05 / 3);
    }

    @Test
    void twoSegmentsAreOneComparison() {
        List<SegmentEffect> effects = SegmentEffect.of(List.of(PLAIN, segment("other", 5, 9)), Inference.STANDARD);

        assertThat(effects.get(0).inference().alpha()).isEqualTo(0.05);
        assertThat(effects.get(0).pValue()).isEqualTo(effects.get(1).pValue());
        assertThat(effects.get(0).difference().value())
                .isEqualTo(-effects.get(1).difference().value());
        assertThat(effects).extracting(SegmentEffect::segment).containsExactly("plain", "other");
    }

    @Test
    void segmentsThatCannotBeComparedAreNotCounted() {
        Segment onlyTreated = new Segment("treated", Moments.EMPTY, Samples.moments(1, 2));
        Segment single = new Segment("single", Samples.moments(1), Samples.moments(1, 2));
        List<SegmentEffect> effects =
                SegmentEffect.of(List.of(PLAIN, onlyTreated, segment("other", 5, 9), single), Inference.STANDARD);

        assertThat(effects.get(1).difference().reason()).contains(Reason.NO_UNITS);
        assertThat(effects.get(1).pValue()).isNaN();
        assertThat(effects.get(1).significant()).isFalse();
        assertThat(effects.get(3).difference().reason()).contains(Reason.TOO_FEW_UNITS);
        assertThat(effects.get(0).inference().alpha()).isEqualTo(0.025);
    }

    @Test
    void aSingleSegmentHasNoRest() {
        SegmentEffect effect =
                SegmentEffect.of(List.of(PLAIN), Inference.STANDARD).get(0);

        assertThat(effect.difference().reason()).contains(Reason.NO_UNITS);
        assertThat(effect.difference().value()).isNaN();
        assertThat(SegmentEffect.of(List.of(), Inference.STANDARD)).isEmpty();
    }

    @Test
    void aOneSidedAlternativeOpensTheInterval() {
        SegmentEffect effect = SegmentEffect.of(
                        List.of(PLAIN, segment("other", 5, 9)), Inference.STANDARD.withAlternative(Alternative.LESS))
                .get(0);

        assertThat(effect.difference().interval().lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(effect.significant()).isTrue();
    }

    @Test
    void withoutVarianceNothingIsTested() {
        Segment constant = new Segment("a", Moments.ofConstant(5, 1, 1), Moments.ofConstant(5, 2, 1));

        SegmentEffect effect = SegmentEffect.of(List.of(constant, constant), Inference.STANDARD)
                .get(0);
        assertThat(effect.difference().reason()).contains(Reason.ZERO_VARIANCE);
        assertThat(effect.difference().value()).isZero();
        assertThat(effect.difference().standardError()).isNaN();
    }

    private static Segment segment(String name, double control, double treatment) {
        return new Segment(
                name,
                Samples.moments(control - 1, control, control + 1, control),
                Samples.moments(treatment - 1, treatment, treatment + 1, treatment));
    }
}
