package io.plumbline.plan;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.PreExposure;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment with its metrics' totals.
 *
 * @param experiment the definition
 * @param source where its exposures come from
 * @param exposureHash of all that decides who is exposed when
 * @param ids where events that carry another id find their units; empty when none do
 * @param metrics in the order of roles
 * @param lastDay the last day whose data counts: {@code min(as-of day, end)}
 * @param lastWindowDay the last day whose data counts for metrics whose window has an end
 * @param preExposure the covariates of its metrics; empty where they have none
 */
public record PlannedExperiment(
        Experiment experiment,
        AssignmentSource source,
        String exposureHash,
        Optional<IdScan> ids,
        List<PlannedMetric> metrics,
        LocalDate lastDay,
        LocalDate lastWindowDay,
        Optional<PreExposure> preExposure) {
    public PlannedExperiment {
        metrics = List.copyOf(metrics);
    }

    /** The experiment's name. */
    public String name() {
        return experiment.name();
    }

    /** The experiment as far as it decides who is exposed when; recorded with every load of its assignment source. */
    public String exposureKey() {
        return exposureKey(name(), exposureHash);
    }

    static String exposureKey(String name, String exposureHash) {
        return name + "@" + exposureHash;
    }

    /** Whether some metric of the experiment is made of a source. */
    public boolean uses(String source) {
        return metrics.stream().anyMatch(metric -> metric.metric().sources().contains(source));
    }

    /** The same experiment with some of its metrics. */
    public PlannedExperiment with(List<PlannedMetric> someMetrics) {
        return new PlannedExperiment(
                experiment, source, exposureHash, ids, someMetrics, lastDay, lastWindowDay, preExposure);
    }

    /** The same experiment without covariates, as every view but the cumulative one shows it. */
    public PlannedExperiment unadjusted() {
        return new PlannedExperiment(
                experiment, source, exposureHash, ids, metrics, lastDay, lastWindowDay, Optional.empty());
    }

    /** Number of days before exposure that covariates are made of; 0 where no metric is one. */
    public int daysBefore() {
        return preExposure.map(PreExposure::days).orElse(0);
    }

    /** Whether results of a metric are adjusted by covariates, be it by properties alone. */
    public boolean isAdjusted(PlannedMetric metric) {
        return preExposure.isPresent() && metric.beforeExposure().isPresent();
    }

    /** The unit properties that are covariates on the top line. */
    public List<String> covariateProperties() {
        return preExposure.map(PreExposure::properties).orElse(List.of());
    }

    /**
     * The metrics whose values before exposure are covariates of a metric: the metric itself, then those that the experiment
     * names. None where the experiment has no days before exposure or does not show the metric, or the metric is of a type without
     * covariate.
     */
    public List<PlannedMetric> covariates(PlannedMetric metric) {
        boolean isMine = metrics.stream().anyMatch(mine -> mine.name().equals(metric.name()));
        if (daysBefore() == 0 || metric.beforeExposure().isEmpty() || !isMine) {
            return List.of();
        }
        List<String> named = preExposure.map(PreExposure::metrics).orElse(List.of());
        Stream<PlannedMetric> others = metrics.stream()
                .filter(other -> named.contains(other.name()))
                .filter(other -> other.beforeExposure().isPresent());
        return Stream.concat(Stream.of(metric), others).distinct().toList();
    }

    /** The totals of a metric: since exposure and, of its covariates, before. */
    public List<UnitTotal> totals(PlannedMetric metric) {
        Stream<UnitTotal> before = covariates(metric).stream()
                .flatMap(covariate -> covariate.beforeExposure().orElseThrow().totals().stream());
        return Stream.concat(metric.totals().stream(), before).distinct().toList();
    }

    /** The first day of a source that is read, whichever of its days have results. */
    LocalDate firstDay(String sourceName) {
        LocalDate start = experiment.period().start();
        boolean before = metrics.stream()
                .filter(metric -> metric.metric().sources().contains(sourceName))
                .anyMatch(metric -> !covariates(metric).isEmpty());
        return before ? start.minusDays(daysBefore()) : start;
    }

    /**
     * The source columns by which a metric is shown in this experiment: those that it is broken down by, but for names
     * that the experiment uses for a unit property. There the property is shown, under which each unit has one value.
     */
    public List<String> columnDimensions(PlannedMetric metric) {
        return metric.dimensions().stream()
                .filter(dimension -> !experiment.breakdowns().contains(dimension))
                .toList();
    }
}
