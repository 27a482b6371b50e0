package io.plumbline.plan;

import io.plumbline.metric.Info;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The canonical JSON of definitions, and hashes of it. Two definitions have the same text exactly when they give the same
 * numbers: name, description, owner, tags and place ({@link Info}) are left out.
 */
final class Canonical {

    private Canonical() {}

    /** The first 12 hexadecimal digits of the SHA-256 of the canonical JSON of the values. */
    static String hash(Object... values) {
        byte[] text = json(Arrays.asList(values)).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(text)).substring(0, 12);
    }

    /** Canonical JSON: records as objects with sorted keys and their type, maps in their order, no white space. */
    static String json(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? json(optional.get()) : "null";
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? String.valueOf(optional.getAsDouble()) : "null";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Canonical::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> "[" + json(e.getKey()) + "," + json(e.getValue()) + "]")
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Record object) {
            return object(object);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    private static String object(Record object) {
        Stream<String> fields = Arrays.stream(object.getClass().getRecordComponents())
                .filter(component -> component.getType() != Info.class)
                .map(component -> quoted(component.getName()) + ":" + json(read(object, component)));
        String type = quoted("type") + ":" + quoted(object.getClass().getSimpleName());
        return Stream.concat(Stream.of(type), fields.sorted()).collect(Collectors.joining(",", "{", "}"));
    }

    private static Object read(Record object, RecordComponent component) {
        try {
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + object.getClass(), e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
