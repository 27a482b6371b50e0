package io.plumbline.metric;

import java.util.Optional;

/**
 * One aggregate over the rows of one source. Metrics that need the same component share it: it is computed once per unit
 * and day, whatever the number of metrics and experiments.
 *
 * @param rows the source and its filters
 * @param aggregate what is added up
 * @param value SQL expression over one row; present for all aggregates but {@link Aggregate#ROWS}
 */
public record Component(Selection rows, Aggregate aggregate, Optional<String> value) {

    public Component {
        if (value.isPresent() == (aggregate == Aggregate.ROWS)) {
            throw new IllegalArgumentException("aggregate " + aggregate + " with value " + value);
        }
    }

    /** Number of rows of a selection. */
    public static Component rows(Selection rows) {
        return new Component(rows, Aggregate.ROWS, Optional.empty());
    }

    /** Sum of a value over a selection. */
    public static Component sum(Selection rows, String value) {
        return new Component(rows, Aggregate.SUM, Optional.of(value));
    }

    /** Number of non-null values over a selection. */
    public static Component values(Selection rows, String value) {
        return new Component(rows, Aggregate.VALUES, Optional.of(value));
    }

    /** Name of the metric source. */
    public String source() {
        return rows.source();
    }
}
