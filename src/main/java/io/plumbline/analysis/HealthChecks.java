package io.plumbline.analysis;

import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.statistics.DailySampleRatios;
import io.plumbline.statistics.GroupCount;
import io.plumbline.statistics.SampleRatio;
import io.plumbline.summary.Summaries;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks of an experiment's exposures: whether the groups have the planned shares, how many units were seen in more
 * than one, and whether the groups were alike before; then of its guardrails and segments.
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

    /**
     * The checks of one experiment.
     *
     * @param counts daily exposures
     * @param results of all views
     * @param summaries what the cumulative results were made of
     */
    public static List<HealthCheck> of(
            PlannedExperiment planned, List<ExposureCount> counts, List<Result> results, Summaries summaries) {
        Experiment experiment = planned.experiment();
        HealthChecks checks = new HealthChecks(
                experiment,
                counts.stream()
                        .filter(count -> count.experiment().equals(experiment.name()))
                        .toList());
        List<HealthCheck> found = new ArrayList<>();
        found.add(checks.sampleRatio());
        found.add(checks.dailySampleRatio());
        found.add(checks.crossover());
        found.addAll(BiasChecks.of(planned, summaries));
        found.addAll(GuardrailChecks.of(planned, results));
        found.addAll(SegmentChecks.of(planned, summaries));
        return found;
    }

    /** The number of units of a group that are analysed. */
    private long analysed(Group group) {
        return analysed(group, counts.stream());
    }

    private long analysed(Group group, Stream<ExposureCount> ofDays) {
        return ofDays.filter(count -> count.group().equals(group.name()))
                .mapToLong(count -> count.analysed(experiment.crossover()))
                .sum();
    }

    /** Units by the day of their first exposure: a group that lost a day may still look right in total. */
    private HealthCheck dailySampleRatio() {
        SortedMap<LocalDate, List<GroupCount>> byDay = new TreeMap<>();
        for (LocalDate day : counts.stream().map(ExposureCount::day).distinct().toList()) {
            byDay.put(
                    day,
                    experiment.groups().stream()
                            .map(group -> new GroupCount(
                                    group.name(),
                                    group.weight(),
                                    analysed(
                                            group,
                                            counts.stream().filter(c -> c.day().equals(day)))))
                            .toList());
        }
        List<DailySampleRatios.Day> wrong = DailySampleRatios.of(byDay).days().stream()
                .filter(day -> status(day) != HealthCheck.Status.OK)
                .toList();
        HealthCheck.Status worst = wrong.stream()
                .map(HealthChecks::status)
                .max(Comparator.naturalOrder())
                .orElse(HealthCheck.Status.OK);
        String days = wrong.stream().map(day -> String.valueOf(day.day())).collect(Collectors.joining(", "));
        return new HealthCheck(
                experiment.name(),
                "sample_ratio_daily",
                null,
                wrong.size(),
                wrong.stream()
                        .mapToDouble(DailySampleRatios.Day::adjustedPValue)
                        .min()
                        .orElse(Double.NaN),
                worst,
                wrong.isEmpty()
                        ? "no day of first exposures is far from the planned weights"
                        : "first exposures are far from the planned weights on " + days);
    }

    private static HealthCheck.Status status(DailySampleRatios.Day day) {
        return switch (day.check().verdict()) {
            case OK, UNKNOWN -> HealthCheck.Status.OK;
            case WARN -> HealthCheck.Status.WARN;
            case ALERT -> HealthCheck.Status.ALERT;
        };
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
