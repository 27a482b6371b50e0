package io.plumbline.definition;

import java.util.Locale;

/** The kinds of definition that have names. */
public enum Category {
    METRIC_SOURCE("metric_sources", "metric source"),
    METRIC("metrics", "metric"),
    ASSIGNMENT_SOURCE("assignment_sources", "assignment source"),
    PROPERTY_SOURCE("property_sources", "property source"),
    EXPERIMENT("experiments", "experiment");

    private final String key;
    private final String noun;

    Category(String key, String noun) {
        this.key = key;
        this.noun = noun;
    }

    /** The top-level key whose list holds these definitions. */
    String key() {
        return key;
    }

    /** As written in tables: {@code metric_source}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What one is called. */
    String noun() {
        return noun;
    }
}
