package io.plumbline.cli;

import io.plumbline.report.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows printed as they come.
 *
 * @param columns names of the columns, in order
 * @param rows each a value per column, null for none
 */
record Listing(List<String> columns, Iterator<? extends Map<String, ? extends @Nullable Object>> rows) {

    /** Prints all rows. CSV and JSON hold none of them in memory; a table leaves out columns without any value. */
    void print(Output output, PrintWriter out) {
        switch (output) {
            case TABLE -> table(out);
            case CSV -> csv(out);
            case JSON -> json(out);
        }
        out.flush();
    }

    private void json(PrintWriter out) {
        out.print("[");
        String separator = "\n";
        while (rows.hasNext()) {
            out.print(separator + Json.text(rows.next()));
            separator = ",\n";
        }
        out.println("\n]");
    }

    private void csv(PrintWriter out) {
        out.print(columns.stream().map(Listing::csvCell).collect(Collectors.joining(",")) + "\n");
        while (rows.hasNext()) {
            Map<String, ? extends @Nullable Object> row = rows.next();
            out.print(columns.stream().map(c -> csvCell(cell(row.get(c)))).collect(Collectors.joining(",")) + "\n");
        }
    }

    private static String csvCell(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private void table(PrintWriter out) {
        List<Map<String, ? extends @Nullable Object>> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        List<String> shown = columns.stream()
                .filter(c -> all.isEmpty() || all.stream().anyMatch(row -> row.get(c) != null))
                .toList();
        List<TextTable.Align> aligns = shown.stream()
                .map(c -> all.stream().anyMatch(row -> row.get(c) instanceof Number)
                        ? TextTable.Align.RIGHT
                        : TextTable.Align.LEFT)
                .toList();
        TextTable table = new TextTable(shown, aligns);
        all.forEach(
                row -> table.add(shown.stream().map(c -> tableCell(row.get(c))).toList()));
        table.lines(Integer.MAX_VALUE).forEach(out::println);
    }

    /** A list in a table is text with commas; in CSV it is JSON, so that it can be read back. */
    private static String tableCell(@Nullable Object value) {
        return value instanceof Collection<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : cell(value);
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        boolean nested = value instanceof Map || value instanceof Collection;
        return nested ? Json.text(value) : value.toString();
    }
}
