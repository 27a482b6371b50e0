package io.plumbline.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Orders named expressions so that each follows those it reads. An expression that reads its own name reads the source's
 * column of that name, {@code price: price / 100}; expressions that read each other in a circle are an error.
 */
final class ColumnOrder {

    private final Checker checker;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final Set<String> path = new LinkedHashSet<>();
    private final Set<String> done = new LinkedHashSet<>();
    private boolean circular;

    private ColumnOrder(Checker checker, List<YamlNode.Entry> written) {
        this.checker = checker;
        written.forEach(entry -> entries.put(folded(entry.key().text()), entry));
    }

    /** The entries in an order in which they can be computed; otherwise as written. */
    static List<YamlNode.Entry> of(List<YamlNode.Entry> written, Checker checker) {
        ColumnOrder order = new ColumnOrder(checker, written);
        order.entries.keySet().forEach(order::visit);
        return order.done.stream().flatMap(order::entry).toList();
    }

    private void visit(String name) {
        if (done.contains(name) || entry(name).findAny().isEmpty()) {
            return;
        }
        if (!path.add(name)) {
            reportCircle(name);
            return;
        }
        entry(name)
                .flatMap(entry -> checker.columns(entry.value()).stream())
                .map(ColumnOrder::folded)
                .sorted()
                .filter(read -> !read.equals(name))
                .forEach(this::visit);
        path.remove(name);
        done.add(name);
    }

    /** The first circle only: what is tangled once is mostly tangled several times over. */
    private void reportCircle(String name) {
        if (circular) {
            return;
        }
        circular = true;
        List<String> circle = new ArrayList<>(path);
        List<String> members = new ArrayList<>(circle.subList(circle.indexOf(name), circle.size()));
        members.add(name);
        String shown = members.stream()
                .flatMap(this::entry)
                .map(entry -> entry.key().text())
                .reduce((a, b) -> a + " → " + b)
                .orElse(name);
        entry(name).forEach(entry -> checker.problem(entry.key(), "columns", "expressions read each other: " + shown));
    }

    private Stream<YamlNode.Entry> entry(String name) {
        return Stream.ofNullable(entries.get(name));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
