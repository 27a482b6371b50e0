package io.plumbline.source;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Info;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What reading needs to know of a source, whether it holds events or exposures.
 *
 * @param info name and place of the definition
 * @param location where the rows are
 * @param time when a row happened, and what prunes
 * @param columns name → SQL expression over one row, in order
 */
record Rows(Info info, Location location, EventTime time, Map<String, String> columns) {

    static Rows of(MetricSource source) {
        return new Rows(source.info(), source.location(), source.time(), source.columns());
    }

    static Rows of(AssignmentSource source) {
        return new Rows(source.info(), source.location(), source.time(), source.columns());
    }

    /** Rows of a source without time never ask for one. */
    static Rows of(PropertySource source) {
        EventTime none = new EventTime("", EventTime.Precision.DAY, Optional.empty());
        return new Rows(source.info(), source.location(), source.time().orElse(none), source.columns());
    }

    /** The same of one of its files; partitions are read off the whole path. */
    Rows at(String file) {
        Location.Files files = (Location.Files) location;
        Map<String, String> options = new HashMap<>(files.options());
        options.putIfAbsent("basePath", files.path());
        return new Rows(info, new Location.Files(file, files.format(), options, files.schema()), time, columns);
    }

    /** An error that names the source and the place of its definition. */
    SourceException problem(String message) {
        return new SourceException(info.origin() + ": source '" + info.name() + "': " + message);
    }

    /** An error that names the source, with the first sentence of what Spark said. */
    SourceException problem(String message, Exception cause) {
        return new SourceException(
                info.origin() + ": source '" + info.name() + "': " + message + ": " + SparkMessage.of(cause), cause);
    }
}
