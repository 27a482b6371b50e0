package io.plumbline.benchmark;

/**
 * A metric of the benchmark: rows or a sum of values, of one event, in every second round of the names with a condition
 * more.
 *
 * @param index from 0
 */
record Question(int index) {

    private static final int EVENT_NAMES = 20;
    private static final int PROPERTY_VALUES = 30;

    String name() {
        return "m" + index;
    }

    private String event() {
        return "e" + index % EVENT_NAMES;
    }

    private int variant() {
        return index / EVENT_NAMES;
    }

    private boolean isCount() {
        return variant() % 2 == 0;
    }

    private boolean isNarrow() {
        return variant() > 1;
    }

    private String property() {
        return "b" + variant() % PROPERTY_VALUES;
    }

    /** As a definition. */
    String yaml() {
        String narrow = isNarrow() ? ", {column: p30, op: eq, values: [" + property() + "]}" : "";
        return "  - {name: " + name() + ", type: " + (isCount() ? "count" : "sum, value: value") + ", source: events, "
                + "filters: [{column: event, op: eq, values: [" + event() + "]}" + narrow + "], tags: [all]}\n";
    }

    /** The condition in SQL. */
    String condition() {
        return "event = '" + event() + "'" + (isNarrow() ? " AND p30 = '" + property() + "'" : "");
    }

    /** What is added up. */
    String value() {
        return isCount() ? "1" : "value";
    }
}
