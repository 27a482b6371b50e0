package io.plumbline.metric;

import java.util.List;

/** A condition on one row of a source. A row passes only when the condition is true: NULL does not pass. */
public sealed interface Filter {

    /**
     * A column compared with literals.
     *
     * @param column a column of the source or one of its named expressions
     * @param op the comparison
     * @param values strings, numbers, booleans or dates as written; their number follows from the operator
     */
    record Comparison(String column, FilterOp op, List<Object> values) implements Filter {
        public Comparison {
            values = List.copyOf(values);
        }
    }

    /**
     * A SQL condition over one row.
     *
     * @param text the expression, true for rows that pass
     */
    record Sql(String text) implements Filter {}

    /**
     * True when any of the filters is.
     *
     * @param filters at least one
     */
    record AnyOf(List<Filter> filters) implements Filter {
        public AnyOf {
            filters = List.copyOf(filters);
        }
    }
}
