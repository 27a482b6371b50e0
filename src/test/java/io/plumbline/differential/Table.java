package io.plumbline.differential;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows by key; the key says in words which row it is. */
record Table(Map<String, Map<String, @Nullable Object>> rows) {

    static Table of(ResultSet result, String... keys) {
        try (result) {
            ResultSetMetaData columns = result.getMetaData();
            Table table = new Table(new TreeMap<>());
            while (result.next()) {
                Map<String, @Nullable Object> row = new HashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), result.getObject(i));
                }
                table.add(row, keys);
            }
            return table;
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    static Table of(List<Row> rows, String... keys) {
        Table table = new Table(new TreeMap<>());
        for (Row row : rows) {
            Map<String, @Nullable Object> cells = new HashMap<>();
            for (String name : row.schema().fieldNames()) {
                cells.put(name, row.getAs(name));
            }
            table.add(cells, keys);
        }
        return table;
    }

    /** The values of a column, each once. */
    Set<String> values(String column) {
        return rows.values().stream()
                .map(row -> String.valueOf(row.get(column)))
                .collect(Collectors.toSet());
    }

    /** A null key reads like the empty text: the dimension of the top line. */
    private void add(Map<String, @Nullable Object> row, String... keys) {
        List<String> parts = new ArrayList<>();
        for (String key : keys) {
            Object value = row.get(key);
            parts.add(value == null ? "" : value.toString());
        }
        if (rows.put(String.join(" | ", parts), row) != null) {
            throw new AssertionError("two rows of " + parts);
        }
    }
}
