package io.plumbline.cli;

import io.plumbline.source.SparkMessage;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds out whether tables can be written, by writing one and removing it. */
final class WriteProbe {

    private WriteProbe() {}

    /** What keeps a Delta table from being written to a folder; nothing stays behind. */
    static Optional<String> folder(SparkSession spark, String path) {
        return problem(() -> {
            rows(spark).write().format("delta").save(path);
            org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(path);
            folder.getFileSystem(spark.sessionState().newHadoopConf()).delete(folder, true);
        });
    }

    /** What keeps a Delta table from being written to a schema; nothing stays behind. */
    static Optional<String> schema(SparkSession spark, String table) {
        return problem(() -> {
            rows(spark).write().format("delta").saveAsTable(table);
            spark.sql("DROP TABLE " + table);
        });
    }

    private static Dataset<Row> rows(SparkSession spark) {
        return spark.range(1).toDF("n");
    }

    /** Something that may fail in any way. */
    private interface Attempt {
        void make() throws Exception;
    }

    private static Optional<String> problem(Attempt attempt) {
        try {
            attempt.make();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(SparkMessage.of(e));
        }
    }
}
