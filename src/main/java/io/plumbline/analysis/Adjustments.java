package io.plumbline.analysis;

import io.plumbline.experiment.Group;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.AdjustedEstimate;
import io.plumbline.statistics.CoMoments;
import io.plumbline.statistics.Covariate;
import io.plumbline.statistics.Cuped;
import io.plumbline.statistics.Estimate;
import io.plumbline.statistics.GroupCovariates;
import io.plumbline.statistics.Indicators;
import io.plumbline.summary.CovariateColumns;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.Slice;
import io.plumbline.unitday.UnitDaySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Adjusts a metric's estimates by what was known of the units before their exposure.
 *
 * <p>θ and the means of covariates are taken over all groups of the experiment, and separately in every breakdown value. Unit
 * properties are covariates on the top line, as one column for each value but the first; their columns follow from the
 * summaries of the properties' slices. A unit with a known property has data, whether or not it has rows.
 *
 * <p>Where only some units take part in a metric, the covariates' means are over all units that count, so that a treatment
 * that moves units to take part does not move them. Variances are given for the units that do take part, so that the
 * standard error is the one with and without.
 */
final class Adjustments {

    private final PlannedExperiment planned;
    private final List<Group> groups;
    private final PlannedMetric metric;
    private final BiFunction<Slice, Group, Optional<GroupSummary>> summaries;
    private final List<Slice> slices;

    /**
     * Adjustments of one metric.
     *
     * @param groups control first
     * @param slices all breakdown values of the metric
     * @param summaries of the metric
     */
    Adjustments(
            PlannedExperiment planned,
            List<Group> groups,
            PlannedMetric metric,
            List<Slice> slices,
            BiFunction<Slice, Group, Optional<GroupSummary>> summaries) {
        this.planned = planned;
        this.groups = groups;
        this.metric = metric;
        this.slices = slices;
        this.summaries = summaries;
    }

    /** The adjustment of all groups, in their order; empty where the metric has no covariate. */
    Optional<Cuped> of(Slice slice) {
        List<Covariate> covariates = new ArrayList<>(CovariateColumns.of(planned, metric));
        Optional<CoMoments> some = groups.stream()
                .flatMap(group -> covered(slice, group).stream())
                .map(GroupSummary.Covered::moments)
                .findFirst();
        if (!planned.isAdjusted(metric) || some.isEmpty()) {
            return Optional.empty();
        }
        int known = some.get().dimensions();
        List<Slice> values = slice.isTopLine() ? values() : List.of();
        for (int i = 0; i < values.size(); i++) {
            covariates.add(Covariate.ofMean(known + i));
        }
        if (covariates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Cuped.of(
                groups.stream()
                        .map(group -> covariates(slice, group, known, values))
                        .toList(),
                covariates));
    }

    /** A group's estimate: the plain one, adjusted where there is an adjustment. */
    static AdjustedEstimate estimate(Optional<AdjustedEstimate> adjusted, Estimate plain) {
        if (adjusted.isEmpty() || plain.reason().isPresent()) {
            return AdjustedEstimate.unadjusted(plain);
        }
        Estimate found = adjusted.get().adjusted();
        double share = (double) plain.n() / found.n();
        return new AdjustedEstimate(
                Estimate.of(plain.n(), found.mean(), found.variance() * share),
                plain,
                adjusted.get().covariance() * share);
    }

    private Optional<GroupSummary.Covered> covered(Slice slice, Group group) {
        return summaries.apply(slice, group).flatMap(GroupSummary::covered);
    }

    private GroupCovariates covariates(Slice slice, Group group, int known, List<Slice> values) {
        CoMoments none = CoMoments.empty(known);
        CoMoments whole =
                covered(slice, group).map(GroupSummary.Covered::moments).orElse(none);
        List<CoMoments> parts = values.stream()
                .map(value ->
                        covered(value, group).map(GroupSummary.Covered::moments).orElse(none))
                .toList();
        long withRows =
                covered(slice, group).map(GroupSummary.Covered::withData).orElse(0L);
        long withProperty = slice.isTopLine() ? withProperty(group, whole.n()) : 0;
        return new GroupCovariates(Indicators.appended(whole, parts), Math.max(withRows, withProperty));
    }

    /** Values of the properties that have a column, which the first of each property has not. */
    private List<Slice> values() {
        return planned.covariateProperties().stream()
                .flatMap(property -> ofProperty(property).skip(1))
                .toList();
    }

    private Stream<Slice> ofProperty(String property) {
        return slices.stream().filter(slice -> property.equals(slice.dimension()));
    }

    /** The units of which the property is known that most are known of. */
    private long withProperty(Group group, long units) {
        return planned.covariateProperties().stream()
                .mapToLong(property -> units
                        - ofProperty(property)
                                .filter(slice -> UnitDaySchema.UNKNOWN.equals(Objects.requireNonNull(slice.value())))
                                .mapToLong(slice -> covered(slice, group)
                                        .map(unknown -> unknown.moments().n())
                                        .orElse(0L))
                                .sum())
                .max()
                .orElse(0);
    }
}
