package io.plumbline;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark sessions of all tests of the JVM, of one application: set up as a run sets them up by {@code
 * conf/spark-defaults.conf}, with a warehouse under {@code target} and fewer partitions. They are never stopped.
 */
final class TestSessions {

    /** As everywhere: Spark generates code for expressions. */
    static final SparkSession GENERATING = start();

    /** Spark interprets expressions. */
    static final SparkSession INTERPRETING = interpreting();

    private TestSessions() {}

    private static SparkSession start() {
        return builder().getOrCreate();
    }

    /** New sessions are set up like the one that they are made from, and this only by its builder. */
    private static SparkSession interpreting() {
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        SparkSession session = builder()
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .getOrCreate();
        SparkSession.setActiveSession(GENERATING);
        SparkSession.setDefaultSession(GENERATING);
        return session;
    }

    private static SparkSession.Builder builder() {
        SparkSession.Builder builder = SparkSession.builder().master("local[2]").appName("tests");
        settings().forEach((key, value) -> builder.config((String) key, (String) value));
        return builder.config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", warehouse().toUri().toString())
                .config("spark.sql.shuffle.partitions", "2")
                // Plans are read by tests: how far they are shortened must not depend on how many came before.
                .config("spark.sql.maxMetadataStringLength", "10000")
                .config("spark.sql.codegen.aggregate.fastHashMap.capacityBit", "16")
                .config("spark.sql.codegen.cache.maxEntries", "100")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                // Every test has a warehouse of its own, whose tables Delta would keep in memory for an hour.
                .config("spark.databricks.delta.delta.log.cacheSize", "30")
                .config("spark.hadoop.fs.killed.impl", KilledFileSystem.class.getName())
                .config("spark.delta.logStore.killed.impl", "io.delta.storage.LocalLogStore");
    }

    /** The settings of a run; a line holds a key, blanks and a value, as in a properties file. */
    private static Properties settings() {
        try (Reader reader = Files.newBufferedReader(Path.of("conf/spark-defaults.conf"))) {
            Properties settings = new Properties();
            settings.load(reader);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
