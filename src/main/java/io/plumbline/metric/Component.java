package io.plumbline.metric;

import java.util.List;
import java.util.Optional;

/**
 * One aggregate over the rows of one source. Metrics that need the same component share it: it is computed once per unit
 * and day, whatever the number of metrics and experiments.
 *
 * @param rows the source and its filters, which may be pushed into the scan
 * @param aggregate what is kept
 * @param value SQL expression over one row, for the aggregates that need one; for steps the session's column
 * @param conditions filter lists that the aggregate tests on the rows it gets; empty for most
 */
public record Component(Selection rows, Aggregate aggregate, Optional<String> value, List<List<Filter>> conditions) {

    public Component {
        conditions = conditions.stream().map(List::copyOf).toList();
    }

    /** Number of rows of a selection. */
    public static Component rows(Selection rows) {
        return new Component(rows, Aggregate.ROWS, Optional.empty(), List.of());
    }

    /** Sum of a value over a selection. */
    public static Component sum(Selection rows, String value) {
        return of(rows, Aggregate.SUM, value);
    }

    /** Number of non-null values over a selection. */
    public static Component values(Selection rows, String value) {
        return of(rows, Aggregate.VALUES, value);
    }

    /**
     * Whether the latest row of a source passes filters. They are conditions and no part of the selection, because the
     * latest row has to be found among all rows: a row that fails must be able to take the place of one that passed.
     */
    public static Component latestRecord(Selection tested) {
        Selection all = new Selection(tested.source(), List.of());
        return new Component(all, Aggregate.LATEST_RECORD, Optional.empty(), List.of(tested.filters()));
    }

    /** An aggregate of a value over a selection. */
    public static Component of(Selection rows, Aggregate aggregate, String value) {
        return new Component(rows, aggregate, Optional.of(value), List.of());
    }

    /** Name of the metric source. */
    public String source() {
        return rows.source();
    }
}
