package io.plumbline.cli;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The session of this process: that of spark-submit, of a notebook's cluster or of a caller where there is one, which is
 * then left running, because clusters take a stopped session for a failure; else one on this machine alone.
 */
final class ProcessSessions implements Sessions {

    private Optional<SparkSession> own = Optional.empty();

    @Override
    public SparkSession session() {
        if (own.isPresent()) {
            return own.get();
        }
        if (System.getProperty("spark.master") != null
                || Deployment.current() != Deployment.ALONE
                || SparkSession.getDefaultSession().isDefined()) {
            return SparkSession.builder().appName("plumbline").getOrCreate();
        }
        own = Optional.of(alone());
        return own.get();
    }

    @Override
    public void close() {
        own.ifPresent(SparkSession::stop);
    }

    private static SparkSession alone() {
        return SparkSession.builder()
                .appName("plumbline")
                .master("local[*]")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                .getOrCreate();
    }
}
