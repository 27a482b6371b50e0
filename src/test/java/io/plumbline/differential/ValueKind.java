package io.plumbline.differential;

import java.util.List;
import java.util.Map;

/**
 * Sides that are a number of distinct values, one value out of many, or the latest row: as definitions, and as DuckDB finds
 * them, by sorted lists of all rows.
 */
final class ValueKind {

    /** Different values of any type but floating point. */
    static final String DISTINCT = "distinct";

    /** Different floating point numbers. */
    static final String DISTINCT_NUMBER = "distinct_number";

    /** Different values, approximately: exact for as few as there are here. */
    static final String SKETCH = "sketch";

    static final String MIN = "min";
    static final String MAX = "max";
    static final String FIRST = "first";
    static final String LATEST = "latest";

    /** Whether the latest row passes the filters. */
    static final String RECORD = "record";

    private static final List<String> ONE_VALUE = List.of(MIN, MAX, FIRST, LATEST);

    private static final Map<String, String> TYPES = Map.of(
            DISTINCT,
            "count_distinct",
            DISTINCT_NUMBER,
            "count_distinct",
            SKETCH,
            "count_distinct",
            FIRST,
            "first_value",
            LATEST,
            "latest_value",
            RECORD,
            "unit_count");

    private ValueKind() {}

    static String type(String kind) {
        return TYPES.getOrDefault(kind, kind);
    }

    static boolean isOneValue(String kind) {
        return ONE_VALUE.contains(kind);
    }

    static boolean isValueKind(String kind) {
        return isOneValue(kind) || TYPES.containsKey(kind);
    }

    static boolean isDistinct(String kind) {
        return type(kind).equals("count_distinct");
    }

    /** Keys of a definition that are the kind's own. */
    static List<String> keys(Side side) {
        return switch (side.kind()) {
            case SKETCH -> List.of("approximate: true");
            case RECORD -> List.of("rollup: latest_value");
            default -> List.of();
        };
    }

    /** Whether a row has a value that counts. */
    static String known(Side side) {
        boolean anyType = side.kind().equals(DISTINCT) || side.kind().equals(SKETCH);
        return anyType ? "(" + side.value() + ") IS NOT NULL" : "isfinite((" + side.value() + ")::DOUBLE)";
    }

    /** The value of a unit, as an aggregate over its rows. */
    static String aggregate(Side side) {
        String moment = side.dateOnly() ? "j.day" : "j.instant";
        String value = "(" + side.value() + ")::DOUBLE";
        String known = " FILTER (" + known(side) + ")";
        return switch (side.kind()) {
            case DISTINCT, SKETCH -> "count(DISTINCT (" + side.value() + "))" + known;
            case DISTINCT_NUMBER -> "count(DISTINCT " + unsigned(side) + ")" + known;
            case MIN -> "min(" + value + ")" + known;
            case MAX -> "max(" + value + ")" + known;
            case FIRST -> "(list(" + value + " ORDER BY " + moment + ", " + value + ")" + known + ")[1]";
            case LATEST -> "(list(" + value + " ORDER BY " + moment + " DESC, " + value + " DESC)" + known + ")[1]";
            default -> {
                String passes = "coalesce(" + side.filtered() + ", false)::INT";
                yield "(list(" + passes + " ORDER BY " + moment + " DESC, " + passes + " DESC))[1]";
            }
        };
    }

    /** The value of a day over the values of its units; alone extremes and averages, in a ratio the sum. */
    static String overUnits(MetricCase metric, Side side) {
        String alone = switch (side.kind()) {
            case MIN -> "min(v)";
            case MAX -> "max(v)";
            case FIRST, LATEST -> "fsum(v) / count(v)";
            default -> "fsum(v)";
        };
        return metric.lower().isPresent() ? "fsum(v)" : alone;
    }

    /** Different pairs of unit and value. */
    static String pairs(Side side) {
        String value = side.kind().equals(DISTINCT_NUMBER) ? unsigned(side) : "(" + side.value() + ")";
        return "count(DISTINCT {'unit': j.user_key, 'value': " + value + "}) FILTER (" + known(side) + ")";
    }

    /** Both zeros as one. */
    private static String unsigned(Side side) {
        return "CASE WHEN (" + side.value() + ")::DOUBLE = 0 THEN 0 ELSE (" + side.value() + ")::DOUBLE END";
    }
}
