package io.plumbline.warehouse;

import io.plumbline.definition.Project;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The files behind the tables of a warehouse. */
public final class TableFiles {

    /** For how long Delta keeps replaced files, unless it is told otherwise: readers and writers may work for so long. */
    public static final Duration SAFE_RETENTION = Duration.ofDays(7);

    private static final String RETENTION_CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";

    private final SparkSession spark;
    private final Warehouse warehouse;

    /** The files of a warehouse. */
    public TableFiles(SparkSession spark, Warehouse warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    /**
     * How files were rewritten, or could be.
     *
     * @param before number of files in partitions that have several
     * @param after number of files instead of them; of files that were not rewritten, the number of partitions
     */
    public record Compaction(long before, long after) {}

    /** The names of all tables of unit-days, in order. */
    public List<String> unitDays() {
        List<String> names = warehouse
                .folder()
                .map(this::folders)
                .orElseGet(() ->
                        spark.sql("SHOW TABLES IN " + warehouse.location()).select("tableName").collectAsList().stream()
                                .map(row -> row.getString(0))
                                .toList());
        return names.stream()
                .filter(name -> name.startsWith(Tables.UNIT_DAYS))
                .filter(warehouse::exists)
                .sorted()
                .toList();
    }

    private List<String> folders(Project.Warehouse.Folder folder) {
        Path path = new Path(folder.path());
        try {
            FileStatus[] found =
                    path.getFileSystem(spark.sessionState().newHadoopConf()).listStatus(path);
            return Arrays.stream(found)
                    .filter(FileStatus::isDirectory)
                    .map(file -> file.getPath().getName())
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a table in partitions that have more than one. */
    public Compaction crowded(String table) {
        Map<String, Long> byPartition = Arrays.stream(warehouse.read(table).inputFiles())
                .collect(Collectors.groupingBy(
                        file -> file.substring(0, file.lastIndexOf('/')), TreeMap::new, Collectors.counting()));
        byPartition.values().removeIf(files -> files < 2);
        return new Compaction(byPartition.values().stream().mapToLong(n -> n).sum(), byPartition.size());
    }

    /**
     * Makes small files of a partition fewer and larger ones; rows stay as they are.
     *
     * @throws ConflictException if others wrote to the table three times meanwhile
     */
    public Compaction compact(String table) {
        List<Row> rewritten = new ArrayList<>();
        warehouse.retried(
                table,
                () -> rewritten.addAll(spark.sql("OPTIMIZE " + warehouse.sqlName(table))
                        .selectExpr("metrics.numFilesRemoved", "metrics.numFilesAdded")
                        .collectAsList()));
        return new Compaction(
                rewritten.stream().mapToLong(row -> row.getLong(0)).sum(),
                rewritten.stream().mapToLong(row -> row.getLong(1)).sum());
    }

    /** The number of files that no version of the table needs any more which was the newest so long ago. */
    public long expired(String table, Duration retention) {
        return created(table).isAfter(Instant.now().minus(retention))
                ? 0
                : vacuumed(table, retention, " DRY RUN").stream()
                        .filter(row -> isFile(row.getString(0)))
                        .count();
    }

    /** The other paths that Delta names are empty folders of partitions. */
    private static boolean isFile(String path) {
        return !path.substring(path.lastIndexOf('/') + 1).contains("=");
    }

    /** When the table was made; nothing in a younger table can have been replaced before that. */
    private Instant created(String table) {
        return spark.sql("DESCRIBE DETAIL " + warehouse.sqlName(table))
                .select("createdAt")
                .head()
                .getTimestamp(0)
                .toInstant();
    }

    /** Removes them; versions of the table from before can no longer be read. */
    public void vacuum(String table, Duration retention) {
        vacuumed(table, retention, "");
    }

    /** Delta prints what it found to standard output, which belongs to programs. */
    private List<Row> vacuumed(String table, Duration retention, String mode) {
        String statement = "VACUUM " + warehouse.sqlName(table) + " RETAIN " + retention.toHours() + " HOURS" + mode;
        String check = spark.conf().get(RETENTION_CHECK, "true");
        if (retention.compareTo(SAFE_RETENTION) < 0) {
            spark.conf().set(RETENTION_CHECK, "false");
        }
        try {
            return scala.Console.withOut(System.err, () -> spark.sql(statement).collectAsList());
        } finally {
            spark.conf().set(RETENTION_CHECK, check);
        }
    }

    /** Removes a table with all its versions. */
    public void remove(String table) {
        if (warehouse.folder().isEmpty()) {
            spark.sql("DROP TABLE " + warehouse.sqlName(table));
            return;
        }
        Path path = new Path(warehouse.folder().get().path(), table);
        try {
            path.getFileSystem(spark.sessionState().newHadoopConf()).delete(path, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
