package io.plumbline.experiment;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.Info;
import io.plumbline.metric.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of units, beside what their exposures say: one row per unit, or one row whenever something changed.
 *
 * @param info name, description, owner, tags and place of the definition
 * @param location where the rows are
 * @param time since when a row holds; empty for properties that never change
 * @param units unit type → the column that holds its id
 * @param columns name → SQL expression over one row, in the order written
 * @param properties columns that describe the unit; experiments may break results down by them
 */
public record PropertySource(
        Info info,
        Location location,
        Optional<EventTime> time,
        Map<String, String> units,
        Map<String, String> columns,
        List<String> properties) {

    public PropertySource {
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
                units.get(unitType), () -> "property source '" + name() + "' has no unit '" + unitType + "'");
    }
}
