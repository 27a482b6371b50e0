package io.plumbline.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (draft 7) of definition files, for editors. Generated from the keys that the loader accepts; references,
 * SQL and what several keys say together are checked by the loader only.
 */
public final class JsonSchema {

    /** Keys by which {@code plumbline.yml} is told from other files. */
    private static final List<String> SETTINGS = List.of("version", "project", "unit_types");

    private JsonSchema() {}

    /** The schema as text, the same every time. */
    public static String text() {
        Definitions definitions = new Definitions();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Plumbline definitions");
        schema.put("type", "object");
        schema.put(
                "if",
                Map.of(
                        "anyOf",
                        SETTINGS.stream()
                                .map(key -> Map.of("required", List.of(key)))
                                .toList()));
        schema.put("then", definitions.reference(ProjectShapes.PROJECT));
        schema.put("else", definitions.reference(ProjectShapes.DEFINITIONS));
        schema.put("definitions", definitions.all());
        return JsonText.of(schema) + "\n";
    }

    /** Shapes that other parts of the schema refer to, each once. */
    static final class Definitions {

        private final Map<String, Object> schemas = new LinkedHashMap<>();

        /** A reference to a shape, which is added when it is new. */
        Map<String, Object> reference(Shape shape) {
            if (!schemas.containsKey(shape.name())) {
                // Its place is taken first, as shapes may hold themselves.
                schemas.put(shape.name(), Map.of());
                schemas.put(shape.name(), ShapeSchema.of(shape, this));
            }
            return Map.of("$ref", "#/definitions/" + shape.name());
        }

        Map<String, Object> all() {
            return schemas;
        }
    }
}
