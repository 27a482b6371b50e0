package io.plumbline.analysis;

import io.plumbline.experiment.Group;
import io.plumbline.experiment.Role;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.Moments;
import io.plumbline.statistics.Segment;
import io.plumbline.statistics.SegmentEffect;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.Slice;
import io.plumbline.summary.Summaries;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether a treatment works differently on some units: for each primary metric, the effect under each value of a unit
 * property against the effect on all other units. Values of source columns are left out, because a unit may be under
 * several of them.
 */
final class SegmentChecks {

    private final PlannedExperiment planned;
    private final Summaries summaries;

    private SegmentChecks(PlannedExperiment planned, Summaries summaries) {
        this.planned = planned;
        this.summaries = summaries;
    }

    /** A warning for every value under which the effect differs; alpha is shared by the values of one property. */
    static List<HealthCheck> of(PlannedExperiment planned, Summaries summaries) {
        SegmentChecks checks = new SegmentChecks(planned, summaries);
        return planned.metrics().stream()
                .filter(metric -> planned.experiment().metrics().get(metric.name()) == Role.PRIMARY)
                .flatMap(metric -> planned.experiment().breakdowns().stream()
                        .flatMap(property -> checks.treatments().flatMap(group -> checks.of(metric, property, group))))
                .toList();
    }

    private Stream<Group> treatments() {
        return planned.experiment().groups().stream().filter(group -> group.role() == Group.Role.TREATMENT);
    }

    private Stream<HealthCheck> of(PlannedMetric metric, String property, Group group) {
        List<GroupSummary> ofMetric = summaries.groups().stream()
                .filter(s -> s.experiment().equals(planned.name())
                        && s.metric().equals(metric.name())
                        && s.step() == 0
                        && property.equals(s.slice().dimension()))
                .toList();
        List<Segment> segments = ofMetric.stream()
                .map(GroupSummary::slice)
                .distinct()
                .map(slice -> new Segment(
                        String.valueOf(slice.value()),
                        moments(ofMetric, slice, planned.experiment().control().name()),
                        moments(ofMetric, slice, group.name())))
                .toList();
        if (segments.size() < 2) {
            return Stream.empty();
        }
        return SegmentEffect.of(segments, planned.experiment().analysis().inference()).stream()
                .filter(SegmentEffect::significant)
                .map(effect -> check(metric, property, group, effect));
    }

    private static Moments moments(List<GroupSummary> ofMetric, Slice slice, String group) {
        return ofMetric.stream()
                .filter(s -> s.slice().equals(slice) && s.group().equals(group))
                .map(GroupSummary::moments)
                .findFirst()
                .orElse(Moments.EMPTY);
    }

    private HealthCheck check(PlannedMetric metric, String property, Group group, SegmentEffect effect) {
        String detail = String.format(
                Locale.ROOT,
                "the effect on %s where %s is %s differs from the effect on all other units by %.4g",
                metric.name(),
                property,
                Objects.requireNonNull(effect.segment()),
                effect.difference().value());
        return new HealthCheck(
                planned.name(),
                "segment " + metric.name() + " " + property + "=" + effect.segment(),
                group.name(),
                effect.difference().value(),
                effect.pValue(),
                HealthCheck.Status.WARN,
                detail);
    }
}
