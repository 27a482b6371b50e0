package io.plumbline.benchmark;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/** A session as {@code jobs/plumbline} makes it for a local run. */
final class BenchmarkSession {

    private BenchmarkSession() {}

    static SparkSession start(int threads, Path folder) {
        SparkSession.Builder builder =
                SparkSession.builder().master("local[" + threads + "]").appName("benchmark");
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("conf/spark-defaults.conf"))) {
            settings.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.forEach((key, value) -> builder.config((String) key, (String) value));
        return builder.config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                .config("spark.sql.shuffle.partitions", String.valueOf(2 * threads))
                .getOrCreate();
    }
}
