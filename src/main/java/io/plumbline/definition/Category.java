package io.plumbline.definition;

/** The kinds of definition that have names. */
enum Category {
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

    /** What one is called. */
    String noun() {
        return noun;
    }
}
