package io.plumbline.definition;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What may stand under a key: one declaration for the check of a value and for its JSON Schema. */
sealed interface Kind permits ScalarKind, SqlKind, ReferenceKind, Kind.ListOf, Kind.OneOrMore, Kind.MapOf, Kind.Shaped {

    /** Reports what is wrong with a value; whether it can be used. */
    boolean check(YamlNode node, Checker checker, String subject);

    /** The JSON Schema of the value; shapes are put among the definitions. */
    Map<String, Object> schema(JsonSchema.Definitions definitions);

    /** A list of at least so many values, each of a kind. */
    record ListOf(Kind kind, int least) implements Kind {
        @Override
        public boolean check(YamlNode node, Checker checker, String subject) {
            if (!(node instanceof YamlNode.Items items)) {
                return checker.problem(node, subject, "expected a list, found " + node.noun());
            }
            boolean usable = true;
            for (YamlNode item : items.nodes()) {
                usable &= checker.check(item, kind, subject);
            }
            if (items.nodes().size() < least) {
                return checker.problem(
                        node,
                        subject,
                        "expected at least " + least + ", found "
                                + items.nodes().size());
            }
            return usable;
        }

        @Override
        public Map<String, Object> schema(JsonSchema.Definitions definitions) {
            Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "array"));
            schema.put("items", kind.schema(definitions));
            if (least > 0) {
                schema.put("minItems", least);
            }
            return schema;
        }
    }

    /** A value of a kind, or a list of them. */
    record OneOrMore(Kind kind) implements Kind {
        @Override
        public boolean check(YamlNode node, Checker checker, String subject) {
            Kind form = node instanceof YamlNode.Items ? new ListOf(kind, 0) : kind;
            return form.check(node, checker, subject);
        }

        @Override
        public Map<String, Object> schema(JsonSchema.Definitions definitions) {
            return Map.of("anyOf", List.of(kind.schema(definitions), new ListOf(kind, 0).schema(definitions)));
        }
    }

    /** A mapping from any number of keys of a kind to values of a kind; keys differ by more than case. */
    record MapOf(Kind keys, Kind values, int least) implements Kind {
        @Override
        public boolean check(YamlNode node, Checker checker, String subject) {
            if (!(node instanceof YamlNode.Entries map)) {
                return checker.problem(node, subject, "expected a mapping, found " + node.noun());
            }
            boolean usable = true;
            Set<String> seen = new LinkedHashSet<>();
            for (YamlNode.Entry entry : map.entries()) {
                String key = entry.key().text();
                usable &= checker.check(entry.key(), keys, subject);
                if (!seen.add(key.toLowerCase(Locale.ROOT))) {
                    usable = checker.problem(entry.key(), subject, Wording.quoted(key) + " is given twice; remove one");
                }
                usable &= checker.check(entry.value(), values, subject + "." + key);
            }
            if (map.entries().size() < least) {
                return checker.problem(
                        node,
                        subject,
                        "expected at least " + least + ", found "
                                + map.entries().size());
            }
            return usable;
        }

        @Override
        public Map<String, Object> schema(JsonSchema.Definitions definitions) {
            Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "object"));
            schema.put("propertyNames", keys.schema(definitions));
            schema.put("additionalProperties", values.schema(definitions));
            if (least > 0) {
                schema.put("minProperties", least);
            }
            return schema;
        }
    }

    /** A mapping with declared keys; by way of a supplier, as shapes may hold themselves. */
    record Shaped(Supplier<Shape> shape) implements Kind {
        @Override
        public boolean check(YamlNode node, Checker checker, String subject) {
            return ShapeCheck.check(node, shape.get(), checker, subject(node, subject));
        }

        /** A mapping that has a name is called by it. */
        private String subject(YamlNode node, String otherwise) {
            boolean named = node instanceof YamlNode.Entries map
                    && map.get("name").orElse(null) instanceof YamlNode.Scalar
                    && shape.get().names().contains("name");
            if (!named) {
                return otherwise;
            }
            YamlNode name = ((YamlNode.Entries) node).get("name").orElse(node);
            String text = name instanceof YamlNode.Scalar scalar ? scalar.text() : "";
            return shape.get().name().replace('_', ' ') + " " + Wording.quoted(text);
        }

        @Override
        public Map<String, Object> schema(JsonSchema.Definitions definitions) {
            return definitions.reference(shape.get());
        }
    }
}
