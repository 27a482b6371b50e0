package io.plumbline.warehouse;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.plumbline.definition.Project;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads and writes output tables, in a folder or in a schema of a catalog.
 *
 * <p>Every write replaces what a predicate selects in one commit: it is atomic, and the same write again leaves the same
 * table. A write that conflicts with another is tried three times.
 */
public final class Warehouse {

    private static final int TRIES = 3;

    private final SparkSession spark;
    private final Project.Warehouse place;

    /** The warehouse of a project. */
    public Warehouse(SparkSession spark, Project.Warehouse place) {
        this.spark = spark;
        this.place = place;
    }

    /** How SQL names a table of the warehouse. */
    public String sqlName(String table) {
        if (place instanceof Project.Warehouse.Folder folder) {
            return "delta.`" + path(folder, table) + "`";
        }
        return ((Project.Warehouse.Schema) place).name() + "." + table;
    }

    /** Where people find the warehouse. */
    public String location() {
        return place instanceof Project.Warehouse.Folder folder
                ? folder.path()
                : ((Project.Warehouse.Schema) place).name();
    }

    /** Where it is, if that is a folder. */
    Optional<Project.Warehouse.Folder> folder() {
        return place instanceof Project.Warehouse.Folder folder ? Optional.of(folder) : Optional.empty();
    }

    /**
     * Whether a table is one of the warehouse.
     *
     * @param table its name, or the path of its folder, as Spark writes it
     */
    public boolean holds(String table) {
        if (place instanceof Project.Warehouse.Folder folder) {
            Path path = new Path(table);
            return path.getParent() != null
                    && Tables.isTable(path.getName())
                    && isSame(path.getParent().toUri(), new Path(folder.path()).toUri());
        }
        int dot = table.lastIndexOf('.');
        String schema = "." + ((Project.Warehouse.Schema) place).name();
        return dot >= 0 && Tables.isTable(table.substring(dot + 1)) && ("." + table.substring(0, dot)).endsWith(schema);
    }

    /** Paths of projects may leave out the file system, which Spark never does. */
    private static boolean isSame(URI qualified, URI folder) {
        return qualified.getPath().equals(folder.getPath())
                && (folder.getScheme() == null || folder.getScheme().equals(qualified.getScheme()))
                && (folder.getAuthority() == null || folder.getAuthority().equals(qualified.getAuthority()));
    }

    /** Whether the table has been created. */
    public boolean exists(String table) {
        return place instanceof Project.Warehouse.Folder folder
                ? DeltaTable.isDeltaTable(spark, path(folder, table))
                : spark.catalog().tableExists(sqlName(table));
    }

    /** Creates the table if it does not exist. */
    public void create(Table table) {
        if (exists(table.name())) {
            return;
        }
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .addColumns(table.schema())
                .partitionedBy(table.partitionedBy().toArray(String[]::new))
                .property("plumbline.schema.version", String.valueOf(Tables.SCHEMA_VERSION))
                // Tables are read by partition. Statistics of columns would skip nothing, and cost every writing task
                // the generation and compilation of code for each of them.
                .property("delta.dataSkippingNumIndexedCols", "0");
        if (place instanceof Project.Warehouse.Folder folder) {
            builder.location(path(folder, table.name())).execute();
        } else {
            builder.tableName(sqlName(table.name())).execute();
        }
    }

    /** The table's rows. */
    public Dataset<Row> read(String table) {
        return place instanceof Project.Warehouse.Folder folder
                ? spark.read().format("delta").load(path(folder, table))
                : spark.table(sqlName(table));
    }

    /** The table's rows as of one of its versions, for as long as the version's files are kept. */
    Dataset<Row> read(String table, long version) {
        return spark.sql("SELECT * FROM " + sqlName(table) + " VERSION AS OF " + version);
    }

    /** The commits of a table: Delta's {@code version, timestamp, userMetadata} and more. */
    Dataset<Row> history(String table) {
        return place instanceof Project.Warehouse.Folder folder
                ? DeltaTable.forPath(spark, path(folder, table)).history()
                : DeltaTable.forName(spark, sqlName(table)).history();
    }

    /**
     * Replaces the rows that the predicate selects; all rows given must satisfy it. Columns that the table does not have
     * yet are added.
     *
     * @throws ConflictException if another writer was faster three times
     */
    public void replace(String table, Dataset<Row> rows, String predicate, Commit commit) {
        DataFrameWriter<Row> writer = rows.write().mode("overwrite").option("replaceWhere", predicate);
        retried(table, () -> write(table, writer, commit));
    }

    /**
     * Replaces the rows that the predicate selects by what is made of them; all rows made must satisfy it. The rows are those
     * of the version that the commit follows: what others commit to them meanwhile is a conflict, after which they are read
     * again.
     *
     * @throws ConflictException if another writer was faster three times
     */
    public void rewrite(String table, String predicate, UnaryOperator<Dataset<Row>> change, Commit commit) {
        retried(table, () -> {
            Dataset<Row> rows = change.apply(read(table).filter(predicate));
            write(table, rows.write().mode("overwrite").option("replaceWhere", predicate), commit);
        });
    }

    /** Adds rows. */
    public void append(String table, Dataset<Row> rows, Commit commit) {
        DataFrameWriter<Row> writer = rows.write().mode("append");
        retried(table, () -> write(table, writer, commit));
    }

    private void write(String table, DataFrameWriter<Row> writer, Commit commit) {
        DataFrameWriter<Row> delta =
                writer.format("delta").option("mergeSchema", "true").option("userMetadata", commit.userMetadata());
        if (place instanceof Project.Warehouse.Folder folder) {
            delta.save(path(folder, table));
        } else {
            delta.saveAsTable(sqlName(table));
        }
    }

    /** Does something that commits to a table, and does it again where another writer was faster. */
    void retried(String table, Runnable commit) {
        for (int attempt = 1; ; attempt++) {
            try {
                commit.run();
                return;
            } catch (DeltaConcurrentModificationException e) {
                if (attempt == TRIES) {
                    throw new ConflictException(table, e);
                }
                pause(attempt);
            }
        }
    }

    /** Longer at every try, and never as long as the other writer's pause. */
    private static void pause(int attempt) {
        long millis = attempt * 500L + ThreadLocalRandom.current().nextLong(1000);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** As Hadoop writes it: Delta takes {@code file:///a} and {@code file:/a} for two places. */
    private static String path(Project.Warehouse.Folder folder, String table) {
        return new Path(folder.path(), table).toString();
    }
}
