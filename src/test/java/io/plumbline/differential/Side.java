package io.plumbline.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One side of a metric.
 *
 * @param kind count, sum, values, any (one_time_event, custom_window), share (daily_participation), or one of {@link
 *     ValueKind}
 * @param value expression that both engines understand; empty where there is none
 */
record Side(String source, String kind, String value, List<Condition> filters, Span window, Limits limits) {

    /** Winsorization; probabilities as text, empty for none. */
    record Limits(String lower, String upper, String population) {
        static final Limits NONE = new Limits("", "", "nonzero");

        String yaml() {
            return "{" + (lower.isEmpty() ? "" : "lower: " + lower + ", ")
                    + (upper.isEmpty() ? "" : "upper: " + upper + ", ") + "population: " + population + "}";
        }
    }

    static Side count(String source, Condition... filters) {
        return new Side(source, "count", "", List.of(filters), Span.ALL, Limits.NONE);
    }

    static Side sum(String source, String value, Condition... filters) {
        return new Side(source, "sum", value, List.of(filters), Span.ALL, Limits.NONE);
    }

    static Side any(String source, Condition... filters) {
        return new Side(source, "any", "", List.of(filters), Span.ALL, Limits.NONE);
    }

    static Side share(String source, Condition... filters) {
        return new Side(source, "share", "", List.of(filters), Span.ALL, Limits.NONE);
    }

    Side in(Span span) {
        return new Side(source, kind, value, filters, span, limits);
    }

    Side limited(String lower, String upper, String population) {
        return new Side(source, kind, value, filters, window, new Limits(lower, upper, population));
    }

    /** The number of values of the same rows: the lower side of a mean. */
    Side values(Limits other) {
        return new Side(source, "values", value, filters, window, other);
    }

    boolean dateOnly() {
        return source.equals("visits");
    }

    /** Source, value, filters, rollup and window as keys of a definition. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        keys.add("source: " + source);
        if (!value.isEmpty()) {
            keys.add("value: " + Condition.yaml(value));
        }
        if (kind.equals("any")) {
            keys.add("rollup: " + (window.equals(Span.ALL) ? "one_time_event" : "custom_window"));
        }
        if (kind.equals("share")) {
            keys.add("rollup: daily_participation");
        }
        keys.addAll(ValueKind.keys(this));
        if (!filters.isEmpty()) {
            keys.add("filters: " + filters.stream().map(Condition::yaml).collect(Collectors.joining(", ", "[", "]")));
        }
        if (!window.equals(Span.ALL)) {
            keys.add("cohort_window: " + window.yaml());
        }
        return keys;
    }

    /** The side of a ratio as a definition. */
    String yaml() {
        List<String> keys = new ArrayList<>();
        keys.add("type: " + type());
        keys.addAll(keys());
        if (!limits.equals(Limits.NONE)) {
            keys.add("winsorize: " + limits.yaml());
        }
        return "{" + String.join(", ", keys) + "}";
    }

    /** The type that a side of the kind has, alone or in a ratio. */
    String type() {
        return kind.equals("any") || kind.equals("share") ? "unit_count" : ValueKind.type(kind);
    }

    /** Which rows are taken: those that pass the filters, but for latest rows, which are found first. */
    String condition() {
        return kind.equals(ValueKind.RECORD) ? "true" : filtered();
    }

    /** Whether a row passes the filters. */
    String filtered() {
        return filters.isEmpty()
                ? "true"
                : filters.stream().map(c -> "(" + c.sql() + ")").collect(Collectors.joining(" AND "));
    }
}
