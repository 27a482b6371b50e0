package io.plumbline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The base of every test that needs Spark: one session for the whole JVM, set up as a run sets it up, with Delta and a
 * warehouse of its own under {@code target}.
 *
 * <p>The session is never stopped; tests leave no temporary view and no changed setting behind.
 */
public abstract class SparkTest {

    /** The shared session, started at first use. */
    protected static SparkSession spark() {
        return Holder.SESSION;
    }

    /** Starts the session once, on the first call from any test. */
    private static final class Holder {

        static final SparkSession SESSION = start();

        private static SparkSession start() {
            Path warehouse = warehouse();
            return SparkSession.builder()
                    .master("local[2]")
                    .appName("tests")
                    .config("spark.ui.enabled", "false")
                    .config("spark.ui.showConsoleProgress", "false")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.warehouse.dir", warehouse.toUri().toString())
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.sql.ansi.enabled", "true")
                    .config("spark.sql.session.timeZone", "UTC")
                    .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                    .config("spark.databricks.delta.snapshotPartitions", "2")
                    .getOrCreate();
        }

        private static Path warehouse() {
            try {
                Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
                return Files.createTempDirectory(target, "warehouse");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
