package io.plumbline.warehouse;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Creates tables and views; so may another run, at the same time. What Delta and catalogs say then has many names (that the
 * protocol was changed, that the table exists, that its folder is not empty), so that whatever fails is tried again.
 */
final class Creation {

    private static final String SCHEMA_VERSION = "plumbline.schema.version";
    /**
     * Of no columns: tables are read by partition. Statistics would skip nothing, and cost every writing task the generation
     * and compilation of code for each of them.
     */
    private static final String STATISTICS = "delta.dataSkippingNumIndexedCols";

    private final SparkSession spark;
    private final Warehouse warehouse;

    Creation(SparkSession spark, Warehouse warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    /** Creates the table if it does not exist. */
    void table(Table table) {
        persistently(() -> {
            if (warehouse.exists(table.name())) {
                return;
            }
            spark.sql("CREATE TABLE IF NOT EXISTS " + warehouse.sqlName(table.name()) + " (" + table.columns()
                    + ") USING delta PARTITIONED BY (" + String.join(", ", table.partitionedBy())
                    + ") TBLPROPERTIES ('" + SCHEMA_VERSION + "' = '" + Tables.SCHEMA_VERSION + "', '" + STATISTICS
                    + "' = '0')");
            if (!warehouse.exists(table.name())) {
                complete(table);
            }
        });
    }

    /** Creates the view, or replaces it. */
    void view(String name, String query) {
        persistently(() -> spark.sql("CREATE OR REPLACE VIEW " + warehouse.sqlName(name) + " AS " + query));
    }

    private static void persistently(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (Exception e) {
                if (attempt == Warehouse.TRIES) {
                    throw e;
                }
                Warehouse.pause(attempt);
            }
        }
    }

    /**
     * Makes the first commit in a folder that another run has made and has not come to commit to, or was killed before it could:
     * a CREATE TABLE takes any folder for a table. Where the other one does commit, this adds no rows to its table.
     */
    private void complete(Table table) {
        warehouse.save(
                table.name(),
                spark.createDataFrame(List.<Row>of(), table.schema())
                        .write()
                        .mode("append")
                        .partitionBy(table.partitionedBy().toArray(String[]::new))
                        .option(STATISTICS, "0"));
        warehouse.set(table.name(), SCHEMA_VERSION, String.valueOf(Tables.SCHEMA_VERSION));
    }
}
