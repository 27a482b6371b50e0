package io.plumbline.definition;

import io.plumbline.metric.Info;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The values of a checked mapping. What the check found unusable is absent; what is required is there. */
final class Fields {

    private final Checker checker;
    private final YamlNode.Entries node;

    Fields(Checker checker, YamlNode.Entries node) {
        this.checker = checker;
        this.node = node;
    }

    /** The mapping under a key. */
    Optional<Fields> fields(String key) {
        return get(key).map(value -> new Fields(checker, (YamlNode.Entries) value));
    }

    /** The mappings of the list under a key; none when it is absent. */
    List<Fields> each(String key) {
        return items(key).stream()
                .map(item -> new Fields(checker, (YamlNode.Entries) item))
                .toList();
    }

    boolean has(String key) {
        return get(key).isPresent();
    }

    /** Whether anything stands under a key, usable or not: what is wrong has been reported, it is not missing. */
    boolean given(String key) {
        return node.get(key).isPresent();
    }

    /** A text that is required. */
    String text(String key) {
        return optional(key)
                .orElseThrow(() -> new IllegalStateException("unchecked key " + key + " at " + node.place()));
    }

    /** A text as it stands in its file, for messages; empty when the key is absent. */
    String written(String key) {
        return node.get(key)
                .map(value -> value instanceof YamlNode.Scalar scalar ? scalar.text() : "")
                .orElse("");
    }

    /** A text with values in place of variables. */
    Optional<String> optional(String key) {
        return get(key).map(this::text);
    }

    /** A text with values in place of variables, the dates of a run kept as variables. */
    Optional<String> query(String key) {
        return get(key).map(value -> expand(value, checker.variables().keepingDates()));
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(optional(key).orElse("false"));
    }

    OptionalDouble number(String key) {
        Optional<String> text = optional(key);
        return text.isPresent() ? OptionalDouble.of(Literals.number(text.get())) : OptionalDouble.empty();
    }

    /** The scalars of the list under a key. */
    List<YamlNode.Scalar> scalars(String key) {
        return items(key).stream().map(YamlNode.Scalar.class::cast).toList();
    }

    /** The texts of the list under a key, each once. */
    List<String> texts(String key) {
        return items(key).stream().map(this::text).distinct().toList();
    }

    /** The entries of the mapping under a key, in the order written. */
    List<YamlNode.Entry> entries(String key) {
        return get(key).map(value -> ((YamlNode.Entries) value).entries()).orElse(List.of());
    }

    /** The mapping under a key as texts, in the order written. */
    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        entries(key).forEach(entry -> map.put(text(entry.key()), text(entry.value())));
        return map;
    }

    /** A scalar's text with values in place of variables. */
    String text(YamlNode scalar) {
        return expand(scalar, checker.variables());
    }

    /** The value under a key, when it is usable. */
    Optional<YamlNode> get(String key) {
        return node.get(key).filter(checker::usable);
    }

    /** Where the value under a key stands; the mapping's own place when the key is absent. */
    Place place(String key) {
        return node.get(key).map(YamlNode::place).orElse(node.place());
    }

    /** Name, description, owner, tags and place of a definition. */
    Info info() {
        return new Info(
                text("name"),
                optional("description").orElse(""),
                optional("owner").orElse(""),
                texts("tags"),
                node.place().toString());
    }

    private List<YamlNode> items(String key) {
        return get(key).map(value -> ((YamlNode.Items) value).nodes()).orElse(List.of());
    }

    private static String expand(YamlNode node, Variables variables) {
        return variables
                .expand(((YamlNode.Scalar) node).text(), (offset, message) -> {})
                .text();
    }
}
