package io.plumbline.warehouse;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * An output table.
 *
 * @param name the table's name, also of its folder
 * @param columns name and type of every column, as SQL DDL
 * @param partitionedBy partition columns
 */
public record Table(String name, String columns, List<String> partitionedBy) {

    public Table {
        partitionedBy = List.copyOf(partitionedBy);
    }

    /** The columns as Spark's type. */
    public StructType schema() {
        return StructType.fromDDL(columns);
    }
}
