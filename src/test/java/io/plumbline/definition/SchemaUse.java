package io.plumbline.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Which keys of the definition schema some files use: {@code cohort_window.only_matured}, and for a key with named values
 * {@code metric.order: strict}. Sides of ratios take the options of metrics, and all kinds of sources share most of theirs:
 * their keys are those of {@code metric} and {@code source}.
 *
 * @param used keys and named values
 */
public record SchemaUse(Set<String> used) {

    private static final JsonNode SCHEMA = read();
    private static final Map<String, String> ALIKE = Map.of(
            "ratio_side", "metric",
            "metric_source", "source",
            "assignment_source", "source",
            "property_source", "source",
            "definition_file", "file",
            "project_file", "file");

    /** Every key and named value that the schema has. */
    public static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        SCHEMA.get("definitions").properties().forEach(each -> all(alike(each.getKey()), "", each.getValue(), keys));
        return keys;
    }

    /** Those that files use. */
    public static SchemaUse of(List<Path> files) {
        SchemaUse use = new SchemaUse(new TreeSet<>());
        files.forEach(file -> use.add("", "", SCHEMA, yaml(file)));
        return use;
    }

    private static void all(String definition, String key, JsonNode schema, Set<String> keys) {
        for (String several : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(several).forEach(part -> all(definition, key, part, keys));
        }
        for (String one : List.of("then", "else", "items")) {
            if (schema.has(one)) {
                all(definition, key, schema.get(one), keys);
            }
        }
        each(schema.path("properties"), (name, property) -> {
            keys.add(definition + "." + name);
            all(definition, name, property, keys);
        });
        if (!key.isEmpty()) {
            schema.path("enum").forEach(choice -> keys.add(definition + "." + key + ": " + choice.asText()));
        }
    }

    private void add(String definition, String key, JsonNode schema, @Nullable Object value) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replaceFirst(".*/", "");
            add(alike(name), "", SCHEMA.get("definitions").get(name), value);
        }
        for (String several : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(several).forEach(part -> add(definition, key, part, value));
        }
        if (schema.has("if")) {
            String branch = holds(schema.get("if"), value) ? "then" : "else";
            add(definition, key, schema.path(branch), value);
        }
        if (value instanceof Map<?, ?> map) {
            each(schema.path("properties"), (name, property) -> {
                if (map.containsKey(name)) {
                    used.add(definition + "." + name);
                    add(definition, name, property, map.get(name));
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> add(definition, key, schema.path("items"), element));
        } else if (schema.has("enum") && !key.isEmpty()) {
            used.add(definition + "." + key + ": " + value);
        }
    }

    /** Of the conditions that the schema has: the type is a constant, or one of some keys is there. */
    private static boolean holds(JsonNode condition, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        JsonNode type = condition.path("properties").path("type").path("const");
        if (!type.isMissingNode()) {
            return type.asText().equals(map.get("type"));
        }
        boolean any = false;
        for (JsonNode required : condition.findValues("required")) {
            any |= map.containsKey(required.get(0).asText());
        }
        return any;
    }

    private static void each(JsonNode properties, BiConsumer<String, JsonNode> task) {
        properties.properties().forEach(field -> task.accept(field.getKey(), field.getValue()));
    }

    private static String alike(String definition) {
        return Objects.requireNonNull(ALIKE.getOrDefault(definition, definition));
    }

    private static @Nullable Object yaml(Path file) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(JsonSchema.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
