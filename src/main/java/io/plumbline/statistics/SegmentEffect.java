package io.plumbline.statistics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the effect in a segment is from the effect in the rest: whether the treatment works differently there.
 *
 * <pre>
 * Δ = (meanT − meanC of the segment) − (meanT − meanC of the rest)      var = sum of the four variances of means
 * Welch's t with Satterthwaite's ν over the four groups, at alpha / number of comparisons
 * </pre>
 *
 * <p>The rest is all other segments together. Two segments are one comparison seen from both sides, and count as one.
 *
 * <p>Assumptions: each unit is in one segment, known before exposure. Ratios are linearised as in {@link Estimate#ofRatio}.
 *
 * <p>Edge cases: a segment or a rest without units, with a single unit or without variance: NaN with the reason, and not counted among the
 * comparisons; a single segment has no rest, {@link Reason#NO_UNITS}.
 *
 * @param segment its name
 * @param difference the segment's absolute effect less the rest's, interval at 1 − alpha of its inference
 * @param statistic the difference in standard errors
 * @param degreesOfFreedom Satterthwaite's ν, also when the normal distribution is used
 * @param pValue p-value of the difference, not adjusted
 * @param inference how the segment is compared; alpha is divided by the number of comparisons
 * @see <a href="https://doi.org/10.1093/biomet/34.1-2.28">Welch 1947, doi:10.1093/biomet/34.1-2.28</a>
 */
public record SegmentEffect(
        String segment,
        Effect difference,
        double statistic,
        double degreesOfFreedom,
        double pValue,
        Inference inference) {

    /**
     * Compares each segment with the rest.
     *
     * @param segments all segments, disjoint
     * @param inference how they are compared, alpha being that of all segments together
     * @return one for each segment, in the same order
     */
    public static List<SegmentEffect> of(List<Segment> segments, Inference inference) {
        List<Contrast> contrasts = IntStream.range(0, segments.size())
                .mapToObj(index -> contrast(segments.get(index), rest(segments, index)))
                .toList();
        long tests = contrasts.stream()
                .filter(contrast -> contrast.obstacle().isEmpty())
                .count();
        long comparisons = segments.size() == 2 ? 1 : Math.max(tests, 1);
        Inference shared = inference.withAlpha(inference.alpha() / comparisons);
        return IntStream.range(0, segments.size())
                .mapToObj(index -> of(segments.get(index).name(), contrasts.get(index), shared))
                .toList();
    }

    /**
     * Whether the effect in the segment differs from the effect in the rest.
     *
     * @return false if the p-value is undefined
     */
    public boolean significant() {
        return pValue < inference.alpha();
    }

    private static SegmentEffect of(String segment, Contrast contrast, Inference inference) {
        if (contrast.obstacle().isPresent()) {
            Effect undefined = contrast.effect(Double.NaN, inference.alternative());
            return new SegmentEffect(segment, undefined, Double.NaN, Double.NaN, Double.NaN, inference);
        }
        ReferenceDistribution reference = ReferenceDistribution.of(contrast.degreesOfFreedom(), inference);
        return new SegmentEffect(
                segment,
                contrast.effect(reference.criticalValue(inference), inference.alternative()),
                contrast.statistic(),
                contrast.degreesOfFreedom(),
                reference.pValue(contrast.statistic(), inference.alternative()),
                inference);
    }

    private static Segment rest(List<Segment> segments, int left) {
        return IntStream.range(0, segments.size())
                .filter(index -> index != left)
                .mapToObj(segments::get)
                .reduce(new Segment("rest", Moments.EMPTY, Moments.EMPTY), Segment::merge);
    }

    private static Contrast contrast(Segment segment, Segment rest) {
        return Contrast.of(
                List.of(Estimate.ofRatio(segment.control()), Estimate.ofRatio(rest.treatment())),
                List.of(Estimate.ofRatio(segment.treatment()), Estimate.ofRatio(rest.control())));
    }
}
