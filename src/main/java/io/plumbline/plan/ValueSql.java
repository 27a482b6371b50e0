package io.plumbline.plan;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Component;
import java.util.List;
import java.util.Optional;

/**
 * What is read of a row, and how the rows of a unit become one number, as SQL. Rows have the columns {@code unit_id, at}
 * and, where {@link #column} gives one, {@code value} or {@code passes}.
 */
final class ValueSql {

    private ValueSql() {}

    /** The column of a row that is aggregated, with its name; empty where rows are counted. */
    static Optional<String> column(Component component) {
        return switch (component.aggregate()) {
            case ROWS, STEPS, FIRST_STEPS -> Optional.empty();
            case LATEST_RECORD -> Optional.of("COALESCE(" + condition(component) + ", false) AS passes");
            case DISTINCT, DISTINCT_SKETCH -> component.value().map(value -> value + " AS value");
            case SUM, VALUES, SORTED_VALUES, MIN, MAX, FIRST, LATEST ->
                component.value().map(value -> number(value) + " AS value");
        };
    }

    /** The condition of rows with a value; empty where every row has one. */
    static Optional<String> known(Component component) {
        return switch (component.aggregate()) {
            case ROWS, LATEST_RECORD, STEPS, FIRST_STEPS -> Optional.empty();
            case DISTINCT, DISTINCT_SKETCH -> component.value().map(ValueSql::countable);
            case SUM, VALUES, SORTED_VALUES, MIN, MAX, FIRST, LATEST ->
                component
                        .value()
                        .map(value ->
                                "abs(" + number(value) + ") < double('infinity') -- neither null nor" + " infinite");
        };
    }

    /** The number of a unit, from its rows under the alias {@code r}; 0 for no rows. */
    static String total(Aggregate aggregate) {
        return switch (aggregate) {
            case ROWS, VALUES, SORTED_VALUES, STEPS, FIRST_STEPS -> "CAST(COUNT(r.unit_id) AS DOUBLE)";
            case SUM -> "COALESCE(SUM(r.value), 0)";
            case MIN -> "COALESCE(MIN(r.value), 0)";
            case MAX -> "COALESCE(MAX(r.value), 0)";
            case FIRST -> "COALESCE(MIN(STRUCT(r.at, r.value)).value, 0)";
            case LATEST -> "COALESCE(MAX(STRUCT(r.at, r.value)).value, 0)";
            case LATEST_RECORD -> "COALESCE(CAST(MAX(STRUCT(r.at, r.passes)).passes AS DOUBLE), 0)";
            case DISTINCT -> "CAST(COUNT(DISTINCT r.value) AS DOUBLE)";
            case DISTINCT_SKETCH -> "CAST(hll_sketch_estimate(hll_sketch_agg('=' || r.value, 12)) AS DOUBLE)";
        };
    }

    private static String number(String value) {
        return "CAST(" + value + " AS DOUBLE)";
    }

    /** Types with NaN are told by name, as a text may well read {@code NaN}. */
    private static String countable(String value) {
        return "(typeof(" + value + ") NOT IN ('float', 'double') OR CAST(" + value
                + " AS STRING) NOT IN ('NaN', 'Infinity', '-Infinity'))";
    }

    private static String condition(Component component) {
        List<String> conditions = FilterSql.conditions(component.conditions().get(0));
        return conditions.isEmpty() ? "true" : "(" + String.join(" AND ", conditions) + ")";
    }
}
