package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project's definitions, complete and consistent: every reference resolves, every option is one that its type takes.
 *
 * @param name the project's name
 * @param root the folder of {@code plumbline.yml}, absolute
 * @param zone whose calendar days are the project's days
 * @param warehouse where tables are written
 * @param unitTypes unit types, case-sensitive
 * @param settings project-wide settings
 * @param metricSources by name, in the order of files and lines
 * @param metrics by name, likewise
 * @param unitSources where exposures and properties of units come from
 * @param experiments by name, likewise
 */
public record Project(
        String name,
        Path root,
        ZoneId zone,
        Warehouse warehouse,
        List<String> unitTypes,
        Settings settings,
        Map<String, MetricSource> metricSources,
        Map<String, Metric> metrics,
        UnitSources unitSources,
        Map<String, Experiment> experiments) {

    /** Where tables are written. */
    public sealed interface Warehouse {
        /**
         * A folder per table.
         *
         * @param path absolute path or URI
         */
        record Folder(String path) implements Warehouse {}

        /**
         * Tables of a Spark catalog.
         *
         * @param name {@code schema} or {@code catalog.schema}
         */
        record Schema(String name) implements Warehouse {}
    }

    public Project {
        unitTypes = List.copyOf(unitTypes);
        metricSources = ordered(metricSources);
        metrics = ordered(metrics);
        experiments = ordered(experiments);
    }

    /** Assignment sources by name, in the order of files and lines. */
    public Map<String, AssignmentSource> assignmentSources() {
        return unitSources.assignments();
    }

    /** Property sources by name, likewise. */
    public Map<String, PropertySource> propertySources() {
        return unitSources.properties();
    }

    /**
     * Whether the numbers of a metric of an experiment depend on resolved ids: some source of it lacks the experiment's
     * unit, or units whose ids are not 1:1 are left out.
     */
    public boolean dependsOnIds(Experiment experiment, Metric metric) {
        Optional<IdResolution> ids = experiment.idResolution();
        if (ids.isEmpty() || ids.get().mode() == IdResolution.Mode.STRICT) {
            return ids.isPresent();
        }
        return metric.sources().stream()
                .flatMap(name -> Optional.ofNullable(metricSources.get(name)).stream())
                .anyMatch(source -> !source.units().containsKey(experiment.unit()));
    }

    /** The same project with another definition of one of its experiments. */
    public Project with(Experiment experiment) {
        Map<String, Experiment> changed = new LinkedHashMap<>(experiments);
        changed.put(experiment.name(), experiment);
        return new Project(
                name, root, zone, warehouse, unitTypes, settings, metricSources, metrics, unitSources, changed);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
