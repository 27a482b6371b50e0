package io.plumbline.plan;

import io.plumbline.metric.Filter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Filters as SQL conditions, for people to read and to run. */
public final class FilterSql {

    private FilterSql() {}

    /** One condition per filter; all must be true. */
    public static List<String> conditions(List<Filter> filters) {
        return filters.stream().map(FilterSql::condition).toList();
    }

    private static String condition(Filter filter) {
        if (filter instanceof Filter.Sql sql) {
            return "(" + sql.text() + ")";
        }
        if (filter instanceof Filter.AnyOf any) {
            return any.filters().stream().map(FilterSql::condition).collect(Collectors.joining(" OR ", "(", ")"));
        }
        return comparison((Filter.Comparison) filter);
    }

    private static String comparison(Filter.Comparison filter) {
        String column = SqlText.name(filter.column());
        List<String> values = filter.values().stream().map(SqlText::literal).toList();
        return switch (filter.op()) {
            case IN -> column + " IN (" + String.join(", ", values) + ")";
            case NOT_IN -> column + " NOT IN (" + String.join(", ", values) + ")";
            case EQ -> column + " = " + values.get(0);
            case NE -> column + " <> " + values.get(0);
            case GT -> column + " > " + values.get(0);
            case GTE -> column + " >= " + values.get(0);
            case LT -> column + " < " + values.get(0);
            case LTE -> column + " <= " + values.get(0);
            case BETWEEN -> column + " BETWEEN " + values.get(0) + " AND " + values.get(1);
            case IS_NULL -> column + " IS NULL";
            case NOT_NULL -> column + " IS NOT NULL";
            case CONTAINS -> any(filter, text -> "contains(" + column + ", " + text + ")");
            case NOT_CONTAINS -> "NOT " + any(filter, text -> "contains(" + column + ", " + text + ")");
            case STARTS_WITH -> any(filter, text -> "startswith(" + column + ", " + text + ")");
            case ENDS_WITH -> any(filter, text -> "endswith(" + column + ", " + text + ")");
            case IS_TRUE -> column + " = true";
            case IS_FALSE -> column + " = false";
        };
    }

    private static String any(Filter.Comparison filter, Function<String, String> test) {
        List<String> tests = filter.values().stream()
                .map(value -> test.apply(SqlText.literal(String.valueOf(value))))
                .toList();
        return tests.size() == 1 ? tests.get(0) : "(" + String.join(" OR ", tests) + ")";
    }
}
