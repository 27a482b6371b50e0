package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.DatePartition;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads sources whose keys have been checked. */
final class SourceReader {

    private final Checker checker;
    private final ProjectPaths paths;

    SourceReader(Checker checker, ProjectPaths paths) {
        this.checker = checker;
        this.paths = paths;
    }

    /** The metric source; empty, with a problem reported, when its rows cannot be found. */
    Optional<MetricSource> metricSource(Fields source) {
        Map<String, String> columns = columns(source);
        return location(source)
                .map(location -> new MetricSource(source.info(), location, time(source), source.map("units"), columns));
    }

    /** The assignment source; empty, with a problem reported, when its rows cannot be found. */
    Optional<AssignmentSource> assignmentSource(Fields source) {
        Map<String, String> columns = columns(source);
        return location(source)
                .map(location -> new AssignmentSource(
                        source.info(),
                        location,
                        time(source),
                        source.text("experiment"),
                        source.text("group"),
                        source.map("units"),
                        columns,
                        source.texts("properties")));
    }

    /** The property source; empty, with a problem reported, when its rows cannot be found. */
    Optional<PropertySource> propertySource(Fields source) {
        Map<String, String> columns = columns(source);
        Optional<EventTime> time = source.has("timestamp") ? Optional.of(time(source)) : Optional.empty();
        return location(source)
                .map(location -> new PropertySource(
                        source.info(), location, time, source.map("units"), columns, source.texts("properties")));
    }

    private Optional<Location> location(Fields source) {
        if (source.has("table")) {
            return Optional.of(new Location.Table(source.text("table")));
        }
        if (source.has("sql")) {
            return source.query("sql").map(Location.Query::new);
        }
        FileFormat format =
                FileFormat.valueOf(source.optional("format").orElse("delta").toUpperCase(Locale.ROOT));
        boolean needsSchema = format == FileFormat.CSV || format == FileFormat.JSON;
        if (needsSchema && !source.given("schema")) {
            checker.problem(
                    source.place("format"),
                    "format",
                    format.sparkName() + " files carry no types; give 'schema' as DDL");
            return Optional.empty();
        }
        if (!needsSchema && source.given("schema")) {
            checker.problem(
                    source.place("schema"), "schema", format.sparkName() + " files carry their own schema; remove it");
            return Optional.empty();
        }
        return path(source)
                .map(path -> new Location.Files(path, format, source.map("options"), source.optional("schema")));
    }

    private Optional<String> path(Fields source) {
        Optional<String> path = paths.absolute(source.text("path"));
        if (path.isEmpty()) {
            checker.problem(source.place("path"), "path", "not a path of this system");
        }
        return path;
    }

    private static EventTime time(Fields source) {
        Optional<ZoneId> zone = source.optional("date_partition_zone").map(ZoneId::of);
        EventTime.Precision precision =
                source.flag("timestamp_as_date") ? EventTime.Precision.DAY : EventTime.Precision.INSTANT;
        return new EventTime(
                source.text("timestamp"),
                precision,
                source.optional("date_partition").map(column -> new DatePartition(column, zone)));
    }

    private Map<String, String> columns(Fields source) {
        Map<String, String> columns = new LinkedHashMap<>();
        ColumnOrder.of(source.entries("columns"), checker)
                .forEach(entry -> columns.put(entry.key().text(), source.text(entry.value())));
        return columns;
    }
}
