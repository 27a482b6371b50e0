package io.plumbline.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON Schema of a mapping with declared keys. */
final class ShapeSchema {

    private ShapeSchema() {}

    static Map<String, Object> of(Shape shape, JsonSchema.Definitions definitions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", shape.description());
        schema.put("type", "object");
        if (shape.types().isEmpty()) {
            schema.putAll(keys(shape, "", definitions));
        } else {
            schema.put("required", List.of(Shape.TYPE));
            schema.put("properties", Map.of(Shape.TYPE, Map.of("enum", shape.types())));
            schema.put(
                    "allOf",
                    shape.types().stream()
                            .map(type -> branch(shape, type, definitions))
                            .toList());
        }
        if (!shape.exactlyOne().isEmpty()) {
            schema.put(
                    "oneOf",
                    shape.exactlyOne().stream()
                            .map(key -> Map.of("required", List.of(key)))
                            .toList());
        }
        return schema;
    }

    private static Map<String, Object> branch(Shape shape, String type, JsonSchema.Definitions definitions) {
        Map<String, Object> branch = new LinkedHashMap<>();
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("required", List.of(Shape.TYPE));
        condition.put("properties", Map.of(Shape.TYPE, Map.of("const", type)));
        branch.put("if", condition);
        branch.put("then", keys(shape, type, definitions));
        return branch;
    }

    private static Map<String, Object> keys(Shape shape, String type, JsonSchema.Definitions definitions) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, List<String>> beside = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (String name : shape.names()) {
            Optional<Key> found = shape.key(name, type);
            found.ifPresent(key -> {
                properties.put(name, described(key, definitions));
                boolean needed = key.need() == Key.Need.REQUIRED;
                if (needed && key.beside().isEmpty()) {
                    required.add(name);
                }
                if (!key.beside().isEmpty()) {
                    add(beside, name, key.beside());
                }
                if (needed && !key.beside().isEmpty()) {
                    add(beside, key.beside(), name);
                }
            });
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!beside.isEmpty()) {
            schema.put("dependencies", beside);
        }
        return schema;
    }

    private static void add(Map<String, List<String>> beside, String key, String other) {
        List<String> others = new ArrayList<>(beside.getOrDefault(key, List.of()));
        others.add(other);
        beside.put(key, others);
    }

    /** Draft 7 ignores what stands beside a reference: the description is put around it. */
    private static Map<String, Object> described(Key key, JsonSchema.Definitions definitions) {
        Map<String, Object> value = key.kind().schema(definitions);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", key.description());
        if (value.containsKey("$ref")) {
            schema.put("allOf", List.of(value));
        } else {
            schema.putAll(new TreeMap<>(value));
        }
        return schema;
    }
}
