package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.PropertySource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where units come from: who met which group, and what else is known of them.
 *
 * @param assignments assignment sources by name, in the order of files and lines
 * @param properties property sources by name, likewise
 */
public record UnitSources(Map<String, AssignmentSource> assignments, Map<String, PropertySource> properties) {
    public UnitSources {
        assignments = Collections.unmodifiableMap(new LinkedHashMap<>(assignments));
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** The property sources that have a property. */
    List<PropertySource> holding(String property) {
        return properties.values().stream()
                .filter(source -> source.properties().contains(property))
                .toList();
    }
}
