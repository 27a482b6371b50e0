package io.plumbline.definition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a mapping against its declared keys. */
final class ShapeCheck {

    private final YamlNode.Entries node;
    private final Shape shape;
    private final Checker checker;
    private final String subject;
    private final Optional<String> type;

    private ShapeCheck(YamlNode.Entries node, Shape shape, Checker checker, String subject) {
        this.node = node;
        this.shape = shape;
        this.checker = checker;
        this.subject = subject;
        this.type = typeOf(node, shape);
    }

    /** Reports what is wrong with a mapping's keys and values; whether everything that it needs is there. */
    static boolean check(YamlNode node, Shape shape, Checker checker, String subject) {
        if (!(node instanceof YamlNode.Entries entries)) {
            return checker.problem(
                    node, subject, "expected a mapping of " + listed(shape.names()) + ", found " + node.noun());
        }
        ShapeCheck check = new ShapeCheck(entries, shape, checker, subject);
        boolean usable = check.entries();
        usable &= check.required();
        return check.exactlyOne() && usable;
    }

    private static Optional<String> typeOf(YamlNode.Entries node, Shape shape) {
        return node.get(Shape.TYPE)
                .filter(value ->
                        value instanceof YamlNode.Scalar scalar && shape.types().contains(scalar.text()))
                .map(value -> ((YamlNode.Scalar) value).text());
    }

    private boolean entries() {
        boolean usable = true;
        Map<String, Place> seen = new HashMap<>();
        for (YamlNode.Entry entry : node.entries()) {
            String name = entry.key().text();
            Place first = seen.putIfAbsent(name, entry.key().place());
            if (first != null) {
                checker.problem(
                        entry.key(), subject, "key " + Wording.quoted(name) + " is given twice, first at " + first);
            } else {
                usable &= entry(entry, name);
            }
        }
        return usable;
    }

    private boolean entry(YamlNode.Entry entry, String name) {
        if (!shape.names().contains(name)) {
            checker.problem(entry.key(), subject, unknown(name));
            return true;
        }
        Optional<Key> key = type.isPresent() ? shape.key(name, type.get()) : untyped(name);
        if (key.isEmpty()) {
            if (type.isPresent()) {
                String message =
                        "key " + Wording.quoted(name) + " does not go with type " + type.get() + ", only with ";
                checker.problem(entry.key(), subject, message + listed(shape.typesTaking(name)));
            }
            return true;
        }
        String beside = key.get().beside();
        if (!beside.isEmpty() && node.get(beside).isEmpty()) {
            String message = "key " + Wording.quoted(name) + " goes with '" + beside + "' only; remove it, or add ";
            checker.problem(entry.key(), subject, message + "'" + beside + "'");
            return true;
        }
        boolean usable = checker.check(entry.value(), key.get().kind(), name);
        return usable
                || (key.get().need() == Key.Need.OPTIONAL && !shape.exactlyOne().contains(name));
    }

    /** Where the type is missing or wrong, only keys that mean the same for every type are checked. */
    private Optional<Key> untyped(String name) {
        List<Key> keys =
                shape.keys().stream().filter(key -> key.name().equals(name)).toList();
        return keys.size() == 1 ? Optional.of(keys.get(0)) : Optional.empty();
    }

    private String unknown(String name) {
        List<String> accepted = type.map(this::namesFor).orElseGet(shape::names);
        String nearest = Wording.didYouMean(name, accepted);
        String remedy = nearest.isEmpty() ? "; accepted: " + String.join(", ", accepted) : nearest;
        return "unknown key " + Wording.quoted(name) + remedy;
    }

    private List<String> namesFor(String someType) {
        return shape.names().stream()
                .filter(name -> shape.key(name, someType).isPresent())
                .toList();
    }

    private boolean required() {
        boolean usable = true;
        for (String name : shape.names()) {
            Optional<Key> key = shape.key(name, type.orElse(""));
            boolean needed = key.isPresent()
                    && key.get().need() == Key.Need.REQUIRED
                    && (key.get().beside().isEmpty()
                            || node.get(key.get().beside()).isPresent());
            if (needed && node.get(name).isEmpty()) {
                usable = checker.problem(node, subject, "key '" + name + "' is missing: " + described(key.get()));
            }
        }
        return usable;
    }

    private static String described(Key key) {
        boolean choice = key.kind() instanceof ScalarKind scalar && scalar.isChoice();
        return key.description() + (choice ? ", " + ((ScalarKind) key.kind()).expected() : "");
    }

    private boolean exactlyOne() {
        List<String> given = shape.exactlyOne().stream()
                .filter(name -> node.get(name).isPresent())
                .toList();
        if (shape.exactlyOne().isEmpty() || given.size() == 1) {
            return true;
        }
        String found = given.isEmpty() ? "none is given" : "found " + String.join(" and ", given);
        return checker.problem(node, subject, "exactly one of " + listed(shape.exactlyOne()) + " is needed; " + found);
    }

    private static String listed(List<String> names) {
        return String.join(", ", names);
    }
}
