package io.plumbline.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON Schema (draft 7) of definition files, generated from the keys that the loader accepts. */
public final class JsonSchema {

    private JsonSchema() {}

    /** Shapes that other parts of the schema refer to, each once. */
    static final class Definitions {

        private final Map<String, Object> schemas = new LinkedHashMap<>();

        /** A reference to a shape, which is added when it is new. */
        Map<String, Object> reference(Shape shape) {
            if (!schemas.containsKey(shape.name())) {
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
