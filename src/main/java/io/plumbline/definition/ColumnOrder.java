package io.plumbline.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders named expressions so that each follows those it reads. An expression that reads its own name reads the source's
 * column of that name, {@code price: price / 100}; expressions that read each other in a circle are an error.
 */
final class ColumnOrder {

    private final Checker checker;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Iterator<String>> open = new ArrayDeque<>();
    private final Set<String> entered = new HashSet<>();
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

    /** Without recursion, so that a long chain cannot exhaust the stack. */
    private void visit(String name) {
        enter(name);
        while (!open.isEmpty()) {
            if (open.element().hasNext()) {
                enter(open.element().next());
            } else {
                open.pop();
                done.add(path.pop());
            }
        }
    }

    private void enter(String name) {
        YamlNode.Entry entry = entries.get(name);
        if (entry == null || done.contains(name)) {
            return;
        }
        if (!entered.add(name)) {
            reportCircle(name);
            return;
        }
        path.push(name);
        open.push(checker.columns(entry.value()).stream()
                .map(ColumnOrder::folded)
                .sorted()
                .filter(read -> !read.equals(name))
                .iterator());
    }

    /** The first circle only: what is tangled once is mostly tangled several times over. */
    private void reportCircle(String name) {
        if (circular) {
            return;
        }
        circular = true;
        List<String> circle = new ArrayList<>(List.of(name));
        Iterator<String> back = path.iterator();
        for (String read = back.next(); !read.equals(name); read = back.next()) {
            circle.add(1, read);
        }
        circle.add(name);
        String shown = circle.stream().map(this::written).collect(Collectors.joining(" → "));
        entry(name).forEach(entry -> checker.problem(entry.key(), "columns", "expressions read each other: " + shown));
    }

    private String written(String name) {
        return entry(name).map(entry -> entry.key().text()).collect(Collectors.joining());
    }

    private Stream<YamlNode.Entry> entry(String name) {
        return Stream.ofNullable(entries.get(name));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
