package io.plumbline.plan;

import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
     * The column that most of the filter lists compare for equality, with one value or with several, and all of these
     * values; the alphabetically first among equals. Empty when no filter is an equality.
     */
    static Optional<Leaf> of(List<List<Filter>> filterLists) {
        Map<String, List<Filter.Comparison>> byColumn = filterLists.stream()
                .flatMap(Leaf::equalities)
                .collect(Collectors.groupingBy(Filter.Comparison::column, TreeMap::new, Collectors.toList()));
        return byColumn.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<String, List<Filter.Comparison>> e) ->
                                e.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(e -> new Leaf(e.getKey(), values(e.getValue())));
    }

    private static List<String> values(List<Filter.Comparison> equalities) {
        return equalities.stream()
                .flatMap(equality -> equality.values().stream())
                .map(String::valueOf)
                .distinct()
                .sorted()
                .toList();
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
}
