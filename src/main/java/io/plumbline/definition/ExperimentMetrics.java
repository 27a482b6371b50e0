package io.plumbline.definition;

import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.PreExposure;
import io.plumbline.experiment.Role;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the metrics of an experiment, and checks that each can be computed for its units. */
final class ExperimentMetrics {

    private final Checker checker;
    private final Map<String, MetricSource> sources;
    private final Map<String, Metric> metrics;

    ExperimentMetrics(Checker checker, Map<String, MetricSource> sources, Map<String, Metric> metrics) {
        this.checker = checker;
        this.sources = sources;
        this.metrics = metrics;
    }

    /** Metric sources by name. */
    Map<String, MetricSource> sources() {
        return sources;
    }

    /** Metric name → role; a metric that is given twice keeps its first role. */
    Map<String, Role> roles(Fields experiment, String unit, Optional<IdResolution> resolution) {
        Map<String, Role> roles = new LinkedHashMap<>();
        Optional<Fields> written = experiment.fields("metrics");
        // A resolution that cannot be used has its own problem; which units it would give is not known.
        boolean unknown = experiment.given("id_resolution") && resolution.isEmpty();
        for (Role role : Role.values()) {
            List<YamlNode.Scalar> references =
                    written.map(fields -> fields.scalars(role.label())).orElse(List.of());
            for (YamlNode.Scalar reference : references) {
                for (Metric metric : named(experiment.text(reference))) {
                    if (roles.putIfAbsent(metric.name(), role) == null && !unknown) {
                        checkUnit(reference, metric, unit, resolution);
                    }
                }
            }
        }
        resolution.ifPresent(mapping -> checkNeeded(experiment, roles, unit));
        return roles;
    }

    /** Reports a resolution when all sources of all metrics have the experiment's unit. */
    private void checkNeeded(Fields experiment, Map<String, Role> roles, String unit) {
        boolean needed = roles.keySet().stream()
                .flatMap(name -> Optional.ofNullable(metrics.get(name)).stream())
                .flatMap(metric -> metric.sources().stream())
                .flatMap(name -> Optional.ofNullable(sources.get(name)).stream())
                .anyMatch(source -> !source.units().containsKey(unit));
        if (!needed) {
            checker.problem(
                    experiment.place("id_resolution"),
                    "id_resolution",
                    "no metric of the experiment needs it: their sources have the unit "
                            + Wording.quoted(experiment.written("unit")) + "; remove it");
        }
    }

    /** What is known of units from before their exposure; empty for results without covariates. */
    Optional<PreExposure> preExposure(Fields experiment, Map<String, Role> roles) {
        return new CovariateRule(checker, metrics).read(experiment, roles);
    }

    private List<Metric> named(String reference) {
        if (!reference.startsWith(ReferenceKind.TAG)) {
            return Optional.ofNullable(metrics.get(reference)).stream().toList();
        }
        String tag = reference.substring(ReferenceKind.TAG.length());
        return metrics.values().stream()
                .filter(metric -> metric.about().info().tags().contains(tag))
                .toList();
    }

    private void checkUnit(YamlNode.Scalar reference, Metric metric, String unit, Optional<IdResolution> resolution) {
        String lacking = resolution
                .map(mapping -> "the experiment's and the event unit '" + mapping.eventUnit() + "'")
                .orElse("the experiment's");
        metric.sources().stream()
                .flatMap(name -> Optional.ofNullable(sources.get(name)).stream())
                .filter(source -> !source.units().containsKey(unit))
                .filter(source -> resolution
                        .filter(mapping -> source.units().containsKey(mapping.eventUnit()))
                        .isEmpty())
                .forEach(source -> checker.problem(
                        reference,
                        "metrics",
                        "metric '" + metric.name() + "' reads metric source '" + source.name()
                                + "', whose units lack " + lacking + "; they are "
                                + String.join(", ", source.units().keySet())));
    }
}
