package io.plumbline.analysis;

import io.plumbline.experiment.Group;
import io.plumbline.experiment.Role;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.Effect;
import io.plumbline.statistics.PreExposureBias;
import io.plumbline.statistics.SampleRatio;
import io.plumbline.summary.CovariateColumns;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.Summaries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the groups were alike before any treatment: for each primary metric with a covariate, the same comparison over the
 * days before exposure, of all units that count.
 */
final class BiasChecks {

    private final PlannedExperiment planned;
    private final Summaries summaries;

    private BiasChecks(PlannedExperiment planned, Summaries summaries) {
        this.planned = planned;
        this.summaries = summaries;
    }

    /** One check for every primary metric and treatment; none for metrics without values before exposure. */
    static List<HealthCheck> of(PlannedExperiment planned, Summaries summaries) {
        BiasChecks checks = new BiasChecks(planned, summaries);
        return planned.metrics().stream()
                .filter(metric -> planned.experiment().metrics().get(metric.name()) == Role.PRIMARY)
                .filter(metric -> !planned.covariates(metric).isEmpty())
                .flatMap(checks::of)
                .toList();
    }

    private Stream<HealthCheck> of(PlannedMetric metric) {
        Optional<GroupSummary.Covered> control =
                covered(metric, planned.experiment().control());
        return planned.experiment().groups().stream()
                .filter(group -> group.role() == Group.Role.TREATMENT)
                .flatMap(group -> control
                        .flatMap(known -> covered(metric, group).map(treated -> check(metric, group, known, treated)))
                        .stream());
    }

    private Optional<GroupSummary.Covered> covered(PlannedMetric metric, Group group) {
        return summaries.groups().stream()
                .filter(s -> s.experiment().equals(planned.name())
                        && s.metric().equals(metric.name())
                        && s.slice().isTopLine()
                        && s.group().equals(group.name()))
                .findFirst()
                .flatMap(GroupSummary::covered);
    }

    private HealthCheck check(
            PlannedMetric metric, Group group, GroupSummary.Covered control, GroupSummary.Covered treated) {
        PreExposureBias bias = PreExposureBias.of(
                CovariateColumns.before(metric, control.moments()),
                CovariateColumns.before(metric, treated.moments()),
                planned.experiment().analysis().inference());
        Effect difference = bias.comparison().absolute();
        String span = "over the " + planned.daysBefore() + " days before exposure";
        String detail = switch (bias.verdict()) {
            case OK -> metric.name() + " was alike " + span;
            case WARN, ALERT ->
                String.format(
                        Locale.ROOT,
                        "%s differed from the control by %.4g already %s",
                        metric.name(),
                        difference.value(),
                        span);
            case UNKNOWN ->
                metric.name() + " cannot be compared " + span + ": "
                        + difference.reason().map(reason -> reason.code()).orElse("no p-value");
        };
        boolean biased = bias.verdict() == SampleRatio.Verdict.WARN;
        return new HealthCheck(
                planned.name(),
                "pre_exposure_bias " + metric.name(),
                group.name(),
                difference.value(),
                bias.comparison().pValue(),
                biased ? HealthCheck.Status.WARN : HealthCheck.Status.OK,
                detail);
    }
}
