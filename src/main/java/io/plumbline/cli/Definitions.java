package io.plumbline.cli;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.Info;
import io.plumbline.metric.Location;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions as rows of a listing; what is empty is null. */
final class Definitions {

    private Definitions() {}

    /** The columns of a listing. */
    static List<String> columns(LsCommand.What what) {
        return switch (what) {
            case METRICS -> List.of("name", "type", "sources", "desired_change", "tags", "owner", "description");
            case SOURCES -> List.of("name", "kind", "units", "location", "tags", "owner", "description");
            case EXPERIMENTS ->
                List.of(
                        "name",
                        "unit",
                        "start",
                        "end",
                        "control",
                        "groups",
                        "metrics",
                        "id_resolution",
                        "tags",
                        "owner",
                        "description");
        };
    }

    static Map<String, @Nullable Object> metric(Metric metric) {
        Map<String, @Nullable Object> row = named(metric.about().info());
        row.put("type", metric.type());
        row.put("sources", metric.sources());
        row.put("desired_change", metric.about().desiredChange().name().toLowerCase(Locale.ROOT));
        return row;
    }

    static Map<String, @Nullable Object> metricSource(MetricSource source) {
        return source(source.info(), "metric", List.copyOf(source.units().keySet()), source.location());
    }

    static Map<String, @Nullable Object> assignmentSource(AssignmentSource source) {
        return source(source.info(), "assignment", List.copyOf(source.units().keySet()), source.location());
    }

    static Map<String, @Nullable Object> propertySource(PropertySource source) {
        return source(source.info(), "property", List.copyOf(source.units().keySet()), source.location());
    }

    private static Map<String, @Nullable Object> source(Info info, String kind, List<String> units, Location location) {
        Map<String, @Nullable Object> row = named(info);
        row.put("kind", kind);
        row.put("units", units);
        row.put("location", location(location));
        return row;
    }

    private static String location(Location location) {
        if (location instanceof Location.Table table) {
            return table.name();
        }
        return location instanceof Location.Files files ? files.path() : "query";
    }

    static Map<String, @Nullable Object> experiment(Experiment experiment) {
        Map<String, @Nullable Object> row = named(experiment.info());
        row.put("unit", experiment.unit());
        row.put("start", experiment.period().start());
        row.put("end", experiment.period().end().orElse(null));
        row.put("control", experiment.control().name());
        row.put("groups", experiment.groups().stream().map(Group::name).toList());
        row.put("id_resolution", experiment.idResolution().map(Definitions::ids).orElse(null));
        row.put("metrics", List.copyOf(experiment.metrics().keySet()));
        return row;
    }

    private static String ids(IdResolution ids) {
        String mode = ids.mode().name().toLowerCase(Locale.ROOT);
        return ids.eventUnit() + " by " + ids.source() + " (" + mode + ")";
    }

    private static Map<String, @Nullable Object> named(Info info) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", info.name());
        row.put("tags", info.tags().isEmpty() ? null : info.tags());
        row.put("owner", info.owner().isEmpty() ? null : info.owner());
        row.put("description", info.description().isEmpty() ? null : info.description());
        return row;
    }
}
