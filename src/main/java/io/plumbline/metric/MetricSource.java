package io.plumbline.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One row per event (or per unit and day), with a time and one or more unit ids.
 *
 * @param info name, description, owner, tags and place of the definition
 * @param location where the rows are
 * @param time when a row happened, and what prunes
 * @param units unit type → the column that holds its id, in the order written; the first is the source's own
 * @param columns name → SQL expression over one row, in the order written
 */
public record MetricSource(
        Info info, Location location, EventTime time, Map<String, String> units, Map<String, String> columns) {

    public MetricSource {
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (units.isEmpty()) {
            throw new IllegalArgumentException("metric source '" + info.name() + "' has no unit: give `units`");
        }
    }

    /** The source's name. */
    public String name() {
        return info.name();
    }

    /** The column that holds the id of a unit type; the type must be one of the source's. */
    public String unitColumn(String unitType) {
        return Objects.requireNonNull(
                units.get(unitType), () -> "metric source '" + name() + "' has no unit '" + unitType + "'");
    }

    /** The unit type of the catalog series: the first one that the definition names. */
    public String firstUnit() {
        return units.keySet().iterator().next();
    }
}
