package io.plumbline.source;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.plumbline.metric.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Filters as Spark conditions. SQL's three-valued logic holds: a condition over NULL is NULL, and the row does not pass.
 */
public final class Filters {

    private final StructType schema;

    /** For rows of a schema; the types of its columns decide how literals are compared. */
    public Filters(StructType schema) {
        this.schema = schema;
    }

    /** True for rows that pass all of the filters; the literal true for none. */
    public Column all(List<Filter> filters) {
        return filters.stream().map(this::condition).reduce(Column::and).orElse(lit(true));
    }

    private Column condition(Filter filter) {
        if (filter instanceof Filter.Sql sql) {
            return expr("(" + sql.text() + ")");
        }
        if (filter instanceof Filter.AnyOf any) {
            return any.filters().stream()
                    .map(this::condition)
                    .reduce(Column::or)
                    .orElse(lit(false));
        }
        return comparison((Filter.Comparison) filter);
    }

    private Column comparison(Filter.Comparison filter) {
        Column column = Sources.quoted(filter.column());
        List<Object> values =
                filter.values().stream().map(v -> typed(filter.column(), v)).toList();
        return switch (filter.op()) {
            case IN -> column.isin(values.toArray());
            case NOT_IN -> not(column.isin(values.toArray()));
            case EQ -> column.equalTo(lit(values.get(0)));
            case NE -> column.notEqual(lit(values.get(0)));
            case GT -> column.gt(lit(values.get(0)));
            case GTE -> column.geq(lit(values.get(0)));
            case LT -> column.lt(lit(values.get(0)));
            case LTE -> column.leq(lit(values.get(0)));
            case BETWEEN -> column.between(lit(values.get(0)), lit(values.get(1)));
            case IS_NULL -> column.isNull();
            case NOT_NULL -> column.isNotNull();
            case CONTAINS -> any(values, text -> column.contains(text));
            case NOT_CONTAINS -> not(any(values, text -> column.contains(text)));
            case STARTS_WITH -> any(values, column::startsWith);
            case ENDS_WITH -> any(values, column::endsWith);
            case IS_TRUE -> column.equalTo(lit(true));
            case IS_FALSE -> column.equalTo(lit(false));
        };
    }

    private static Column any(List<Object> values, Function<String, Column> test) {
        return values.stream()
                .map(value -> test.apply(String.valueOf(value)))
                .reduce(Column::or)
                .orElse(lit(false));
    }

    /**
     * A number compared with a text column is compared as text, as it was written: ANSI SQL would cast the column
     * instead, and fail on the first row that holds anything else.
     */
    private Object typed(String column, Object value) {
        if (value instanceof Number && typeIs(column, StringType.class)) {
            return value.toString();
        }
        if (value instanceof String text && typeIs(column, NumericType.class)) {
            throw new SourceException("column '" + column + "' is a number, but the filter's value '" + text
                    + "' is text; write the number without quotes");
        }
        return value;
    }

    private boolean typeIs(String column, Class<?> type) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(column))
                .anyMatch(field -> type.isInstance(field.dataType()));
    }
}
