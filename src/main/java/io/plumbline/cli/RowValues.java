package io.plumbline.cli;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Spark rows as values that can be printed: days and instants in ISO form, instants in UTC. */
final class RowValues {

    private RowValues() {}

    /** All rows of a dataset, fetched as they are printed. */
    static Listing of(Dataset<Row> rows) {
        Iterator<Row> iterator = rows.toLocalIterator();
        Iterable<Row> fetched = () -> iterator;
        return listing(rows.schema(), StreamSupport.stream(fetched.spliterator(), false));
    }

    /** Rows that are here already. */
    static Listing of(StructType schema, List<Row> rows) {
        return listing(schema, rows.stream());
    }

    private static Listing listing(StructType schema, Stream<Row> rows) {
        return new Listing(
                List.of(schema.fieldNames()),
                rows.map(row -> values(schema, row)).iterator());
    }

    /** A row's values by column name. */
    static Map<String, @Nullable Object> values(StructType schema, Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        StructField[] fields = schema.fields();
        for (int i = 0; i < fields.length; i++) {
            values.put(fields[i].name(), row.isNullAt(i) ? null : value(row, i, fields[i].dataType()));
        }
        return values;
    }

    private static Object value(Row row, int i, DataType type) {
        if (type instanceof MapType) {
            return row.getJavaMap(i);
        }
        if (type instanceof ArrayType) {
            return row.getList(i);
        }
        if (type instanceof StructType nested) {
            return values(nested, row.getStruct(i));
        }
        Object value = row.get(i);
        if (value instanceof Timestamp instant) {
            return instant.toInstant().toString();
        }
        return value instanceof Date day ? day.toLocalDate().toString() : value;
    }
}
