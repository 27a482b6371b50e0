package io.plumbline.plan;

import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The equality that most filters of a source share, nearly always the event's name. Unit-days are kept apart by it, so
 * that a row holds only the states of components that can be there.
 *
 * @param column the column compared
 * @param values the literals it is compared with, sorted
 */
public record Leaf(String column, List<String> values) {

    public Leaf {
        values = List.copyOf(values);
    }

    /**
     * The column that most of the filter lists compare for equality, with all values they compare it with, one or several; the
     * alphabetically first among equals. Empty when no filter is an equality.
     */
    static Optional<Leaf> of(List<List<Filter>> filterLists) {
        Map<String, List<String>> valuesByColumn = new TreeMap<>();
        filterLists.stream()
                .flatMap(Leaf::equalities)
                .forEach(e -> valuesByColumn.merge(
                        e.column(), e.values().stream().map(String::valueOf).toList(), Leaf::joined));
        return valuesByColumn.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<String, List<String>> e) ->
                                e.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(e -> new Leaf(
                        e.getKey(), e.getValue().stream().distinct().sorted().toList()));
    }

    /** Whether filters restrict rows to some of this leaf's values. */
    public boolean restricts(List<Filter> filters) {
        return equalities(filters).anyMatch(e -> e.column().equals(column));
    }

    private static Stream<Filter.Comparison> equalities(List<Filter> filters) {
        return filters.stream()
                .filter(Filter.Comparison.class::isInstance)
                .map(Filter.Comparison.class::cast)
                .filter(c -> c.op() == FilterOp.EQ || c.op() == FilterOp.IN);
    }

    private static List<String> joined(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }
}
