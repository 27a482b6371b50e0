package io.plumbline.warehouse;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows by column name. */
final class TypedRows {

    private TypedRows() {}

    /**
     * A row of a schema; columns without a value are null.
     *
     * @throws IllegalArgumentException if a value's column is not in the schema
     */
    static Row of(StructType schema, Map<String, ? extends @Nullable Object> values) {
        for (String name : values.keySet()) {
            schema.fieldIndex(name);
        }
        @Nullable Object[] cells = new Object[schema.size()];
        String[] names = schema.fieldNames();
        for (int i = 0; i < names.length; i++) {
            cells[i] = values.get(names[i]);
        }
        return RowFactory.create(cells);
    }

    /** The number, or null where it is undefined: NaN and infinities never reach a table. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
