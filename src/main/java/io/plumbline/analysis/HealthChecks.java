package io.plumbline.analysis;

import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.statistics.GroupCount;
import io.plumbline.statistics.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Checks of an experiment's exposures: whether the groups have the planned shares, and how many units were seen in more
 * than one.
 */
public final class HealthChecks {

    private static final double CROSSOVER_WARN = 0.01;
    private static final double CROSSOVER_ALERT = 0.1;

    private final Experiment experiment;
    private final List<ExposureCount> counts;

    private HealthChecks(Experiment experiment, List<ExposureCount> counts) {
        this.experiment = experiment;
        this.counts = counts;
    }

    /** The checks of one experiment, from the counts of its exposures. */
    public static List<HealthCheck> of(Experiment experiment, List<ExposureCount> counts) {
        HealthChecks checks = new HealthChecks(
                experiment,
                counts.stream()
                        .filter(count -> count.experiment().equals(experiment.name()))
                        .toList());
        List<HealthCheck> found = new ArrayList<>();
        found.add(checks.sampleRatio());
        found.add(checks.crossover());
        return found;
    }

    /** The number of units of a group that are analysed. */
    private long analysed(Group group) {
        return counts.stream()
                .filter(count -> count.group().equals(group.name()))
                .mapToLong(count -> experiment.crossover() == Crossover.EXCLUDE
                        ? count.units() - count.crossovers()
                        : count.units())
                .sum();
    }

    private HealthCheck sampleRatio() {
        List<GroupCount> groups = experiment.groups().stream()
                .map(group -> new GroupCount(group.name(), group.weight(), analysed(group)))
                .toList();
        SampleRatio ratio = SampleRatio.of(groups);
        HealthCheck.Status status = switch (ratio.verdict()) {
            case OK -> HealthCheck.Status.OK;
            case WARN, UNKNOWN -> HealthCheck.Status.WARN;
            case ALERT -> HealthCheck.Status.ALERT;
        };
        String split = groups.stream()
                .map(g -> String.format(Locale.ROOT, "%s %d (weight %s)", g.group(), g.units(), weight(g.weight())))
                .collect(Collectors.joining(", "));
        String detail = ratio.reason()
                .map(reason -> "cannot be checked: " + reason.code())
                .orElseGet(() -> "units per group against planned weights: " + split
                        + String.format(
                                Locale.ROOT, "; largest deviation %.2f percentage points", ratio.largestDeviation()));
        return new HealthCheck(
                experiment.name(), "sample_ratio", null, ratio.largestDeviation(), ratio.pValue(), status, detail);
    }

    private static String weight(double weight) {
        return weight == Math.rint(weight) ? String.valueOf((long) weight) : String.valueOf(weight);
    }

    private HealthCheck crossover() {
        long units = counts.stream().mapToLong(ExposureCount::units).sum();
        long crossovers = counts.stream().mapToLong(ExposureCount::crossovers).sum();
        double share = units == 0 ? 0 : (double) crossovers / units;
        HealthCheck.Status status = share >= CROSSOVER_ALERT
                ? HealthCheck.Status.ALERT
                : share >= CROSSOVER_WARN ? HealthCheck.Status.WARN : HealthCheck.Status.OK;
        String action = experiment.crossover() == Crossover.EXCLUDE ? "left out" : "kept in their first group";
        String detail = String.format(
                Locale.ROOT, "%d of %d units were seen in more than one group and are %s", crossovers, units, action);
        return new HealthCheck(experiment.name(), "crossover", null, share, Double.NaN, status, detail);
    }
}
