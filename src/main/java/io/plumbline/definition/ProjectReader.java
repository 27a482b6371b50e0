package io.plumbline.definition;

import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a project whose files have been checked, first what others refer to. */
final class ProjectReader {

    private final Path root;
    private final Checker checker;
    private final List<YamlNode> files;
    private final ProjectPaths paths;

    ProjectReader(Path root, Checker checker, List<YamlNode> files) {
        this.root = root;
        this.checker = checker;
        this.files = files;
        this.paths = new ProjectPaths(root);
    }

    /** The project; only to be used when no problem has been reported. */
    Project read(Fields project) {
        SourceReader sources = new SourceReader(checker, paths);
        Map<String, MetricSource> metricSources = definitions(Category.METRIC_SOURCE, sources::metricSource);
        UnitSources unitSources = new UnitSources(
                definitions(Category.ASSIGNMENT_SOURCE, sources::assignmentSource),
                definitions(Category.PROPERTY_SOURCE, sources::propertySource));
        Map<String, Metric> metrics =
                new LinkedHashMap<>(definitions(Category.METRIC, new MetricReader(checker, metricSources)::read));
        definitions(Category.METRIC_SOURCE, EventMetrics::of).values().stream()
                .flatMap(List::stream)
                .forEach(metric -> metrics.put(metric.name(), metric));
        Settings settings = SettingsReader.settings(project);
        ExperimentReader experiments = new ExperimentReader(
                checker, settings.alpha(), unitSources, new ExperimentMetrics(checker, metricSources, metrics));
        Map<String, Experiment> read = definitions(Category.EXPERIMENT, experiments::read);
        return new Project(
                project.optional("project").orElse(""),
                root,
                ZoneId.of(project.optional("time_zone").orElse("UTC")),
                new SettingsReader(paths).warehouse(project, checker),
                project.texts("unit_types"),
                settings,
                metricSources,
                metrics,
                unitSources,
                read);
    }

    private <T> Map<String, T> definitions(Category category, Function<Fields, Optional<? extends T>> reader) {
        Map<String, T> read = new LinkedHashMap<>();
        for (YamlNode file : files) {
            Optional<YamlNode> list =
                    file instanceof YamlNode.Entries root ? root.get(category.key()) : Optional.empty();
            List<YamlNode> nodes = list.orElse(null) instanceof YamlNode.Items items ? items.nodes() : List.of();
            for (YamlNode node : nodes) {
                if (node instanceof YamlNode.Entries entries && checker.usable(node)) {
                    Fields fields = new Fields(checker, entries);
                    reader.apply(fields).ifPresent(definition -> read.put(fields.text("name"), definition));
                }
            }
        }
        return read;
    }
}
