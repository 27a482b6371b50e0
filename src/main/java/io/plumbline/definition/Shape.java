package io.plumbline.definition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of a mapping, declared once: the reader, its messages and the JSON Schema all follow from it.
 *
 * @param name what the mapping is called among the JSON Schema's definitions
 * @param description one sentence for people and editors
 * @param keys accepted keys; a key whose kind depends on the type stands once for each
 * @param exactlyOne keys of which exactly one must be there; empty for no such rule
 */
record Shape(String name, String description, List<Key> keys, List<String> exactlyOne) {

    /** The key whose value decides which others are accepted. */
    static final String TYPE = "type";

    Shape {
        keys = List.copyOf(keys);
        exactlyOne = List.copyOf(exactlyOne);
    }

    static Shape of(String name, String description, Key... keys) {
        return new Shape(name, description, List.of(keys), List.of());
    }

    /** The same shape, with exactly one of some keys. */
    Shape withExactlyOne(String... alternatives) {
        return new Shape(name, description, keys, List.of(alternatives));
    }

    /** The same shape with more keys. */
    Shape and(Key... more) {
        return new Shape(
                name, description, Stream.concat(keys.stream(), Stream.of(more)).toList(), exactlyOne);
    }

    /** Names of all keys, each once. */
    List<String> names() {
        return keys.stream().map(Key::name).distinct().toList();
    }

    /** The values of {@code type}, where some keys depend on them; else none. */
    List<String> types() {
        boolean dependent = keys.stream().anyMatch(key -> !key.types().isEmpty());
        return keys.stream()
                .filter(key -> dependent && key.name().equals(TYPE))
                .flatMap(key -> ((ScalarKind) key.kind()).candidates().stream())
                .toList();
    }

    /** The key of a name that a type takes. */
    Optional<Key> key(String name, String type) {
        return keys.stream()
                .filter(key -> key.name().equals(name) && key.takenBy(type))
                .findFirst();
    }

    /** The types that take a key. */
    List<String> typesTaking(String name) {
        return types().stream().filter(type -> key(name, type).isPresent()).toList();
    }
}
