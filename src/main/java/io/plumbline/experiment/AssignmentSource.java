package io.plumbline.experiment;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.Info;
import io.plumbline.metric.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One row per exposure: unit, experiment, group and time.
 *
 * @param info name, description, owner, tags and place of the definition
 * @param location where the rows are
 * @param time when a unit was exposed, and what prunes
 * @param experiment the column that names the experiment
 * @param group the column that names the group
 * @param units unit type → the column that holds its id
 * @param columns name → SQL expression over one row, in the order written
 * @param properties columns that describe the unit at exposure; experiments may break results down by them
 */
public record AssignmentSource(
        Info info,
        Location location,
        EventTime time,
        String experiment,
        String group,
        Map<String, String> units,
        Map<String, String> columns,
        List<String> properties) {

    public AssignmentSource {
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        properties = List.copyOf(properties);
    }

    /** The source's name. */
    public String name() {
        return info.name();
    }

    /** The column that holds the id of a unit type; the type must be one of the source's. */
    public String unitColumn(String unitType) {
        return Objects.requireNonNull(
                units.get(unitType), () -> "assignment source '" + name() + "' has no unit '" + unitType + "'");
    }
}
