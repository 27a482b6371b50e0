package io.plumbline.definition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes JSON, indented, the keys of a mapping in its own order; short values on one line. */
final class JsonText {

    private static final int LINE = 100;

    private JsonText() {}

    static String of(Object value) {
        return text(value, "");
    }

    private static String text(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            List<String> parts = entries(map)
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + text(entry.getValue(), indent + "  "))
                    .toList();
            return joined("{", parts, "}", indent);
        }
        if (value instanceof Collection<?> list) {
            List<String> parts =
                    list.stream().map(item -> text(item, indent + "  ")).toList();
            return joined("[", parts, "]", indent);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    /** Unordered maps by key, so that the text is the same every time. */
    private static Stream<? extends Map.Entry<?, ?>> entries(Map<?, ?> map) {
        boolean ordered = map instanceof LinkedHashMap;
        return ordered
                ? map.entrySet().stream()
                : map.entrySet().stream()
                        .sorted((a, b) -> String.valueOf(a.getKey()).compareTo(String.valueOf(b.getKey())));
    }

    private static String joined(String open, List<String> parts, String close, String indent) {
        String line = open + String.join(", ", parts) + close;
        if (line.length() + indent.length() <= LINE && !line.contains("\n")) {
            return line;
        }
        return parts.stream()
                .map(part -> indent + "  " + part)
                .collect(Collectors.joining(",\n", open + "\n", "\n" + indent + close));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
