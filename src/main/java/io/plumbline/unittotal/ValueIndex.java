package io.plumbline.unittotal;

import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Numbers the measures of experiments, each once however many experiments show it, and what decides which units count for
 * them. Rows of {@link UnitValues} name measures by these numbers.
 */
public final class ValueIndex {

    private record Key(String metric, int step, boolean beforeExposure) {
        static Key of(PlannedMetric metric, PlannedMeasure measure) {
            return new Key(metric.name(), measure.measure().stepIndex(), measure.isBeforeExposure());
        }
    }

    private final List<UnitMeasure> measures = new ArrayList<>();
    private final Map<Key, Integer> numbers = new LinkedHashMap<>();
    private final List<Eligibility> eligibilities;

    private ValueIndex(List<PlannedExperiment> experiments) {
        Map<String, PlannedMetric> metrics = new LinkedHashMap<>();
        experiments.forEach(e -> e.metrics().forEach(metric -> metrics.putIfAbsent(metric.name(), metric)));
        Set<String> covariates = new LinkedHashSet<>();
        experiments.forEach(e ->
                e.metrics().forEach(metric -> e.covariates(metric).forEach(c -> covariates.add(c.name()))));
        for (PlannedMetric metric : metrics.values()) {
            Set<String> users = experiments.stream()
                    .filter(e -> e.metrics().contains(metric))
                    .map(PlannedExperiment::name)
                    .collect(Collectors.toUnmodifiableSet());
            metric.measures().forEach(measure -> add(new UnitMeasure(metric, measure, users)));
            if (covariates.contains(metric.name())) {
                add(new UnitMeasure(metric, metric.beforeExposure().orElseThrow(), users));
            }
        }
        this.eligibilities = measures.stream()
                .flatMap(measure -> measure.eligibility().stream())
                .distinct()
                .toList();
    }

    private void add(UnitMeasure measure) {
        numbers.put(Key.of(measure.metric(), measure.measure()), measures.size());
        measures.add(measure);
    }

    /** The measures of the experiments' metrics, and of those that are covariates the one before exposure. */
    public static ValueIndex of(List<PlannedExperiment> experiments) {
        return new ValueIndex(experiments);
    }

    /** The number of a measure. */
    public int of(PlannedMetric metric, PlannedMeasure measure) {
        return Objects.requireNonNull(numbers.get(Key.of(metric, measure)));
    }

    /** The number of what decides which units count for a measure since exposure; −1 for one before. */
    public int eligibility(PlannedMetric metric, PlannedMeasure measure) {
        return eligibility(measures.get(of(metric, measure)));
    }

    int eligibility(UnitMeasure measure) {
        Optional<Eligibility> eligibility = measure.eligibility();
        return eligibility.map(eligibilities::indexOf).orElse(-1);
    }

    /** The metrics, each once. */
    public List<PlannedMetric> metrics() {
        return measures.stream().map(UnitMeasure::metric).distinct().toList();
    }

    /** How many measures there are. */
    public int size() {
        return measures.size();
    }

    List<UnitMeasure> measures() {
        return List.copyOf(measures);
    }

    /** How many ways to count there are. */
    public int eligibilities() {
        return eligibilities.size();
    }

    List<Eligibility> allEligibilities() {
        return eligibilities;
    }
}
