package io.plumbline.warehouse;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.plumbline.definition.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FSError;
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
 *
 * <p>One run at a time: see {@link #begin}.
 */
public final class Warehouse {

    /** How often something is tried that another writer can get in the way of. */
    static final int TRIES = 3;

    /** The property of the table of loads that names the run that began last. */
    private static final String LATEST_RUN = "plumbline.run";

    private final SparkSession spark;
    private final Project.Warehouse place;
    private final Optional<String> run;

    /** The warehouse of a project. */
    public Warehouse(SparkSession spark, Project.Warehouse place) {
        this(spark, place, Optional.empty());
    }

    private Warehouse(SparkSession spark, Project.Warehouse place, Optional<String> run) {
        this.spark = spark;
        this.place = place;
        this.run = run;
    }

    /**
     * The warehouse of a run, which has to begin before it looks at any table. Every run that began earlier replaces nothing
     * more: what it meant to replace follows from tables that this one is about to change. So of two runs at once the later
     * one ends as if it were alone, and finds of the earlier one what a killed run would have left.
     *
     * @throws ConflictException if another writer was faster three times
     */
    public Warehouse begin(Commit commit) {
        set(Tables.LOADS.name(), LATEST_RUN, commit.runId());
        return new Warehouse(spark, place, Optional.of(commit.runId()));
    }

    /** The same in another session. */
    public Warehouse in(SparkSession other) {
        return new Warehouse(other, place, run);
    }

    /**
     * Looked at before every try. Of two runs that replace the same rows at once, Delta has one try again, and then this stops
     * the one that began first; what the other commits in the moment between this look and the beginning of the write's
     * transaction is all that can go unnoticed.
     */
    private void stopIfNotLatest(String table) {
        if (run.isEmpty()) {
            return;
        }
        String latest = spark.sql("SHOW TBLPROPERTIES " + sqlName(Tables.LOADS.name()) + " ('" + LATEST_RUN + "')")
                .head()
                .getString(1);
        if (!latest.equals(run.get())) {
            throw ConflictException.overtaken(table, latest);
        }
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

    /** Whether the table has been created. A folder with a log that has no commit yet is no table, though Delta says so. */
    public boolean exists(String table) {
        return place instanceof Project.Warehouse.Folder folder
                ? DeltaTable.isDeltaTable(spark, path(folder, table)) && isReadable(table)
                : spark.catalog().tableExists(sqlName(table));
    }

    private boolean isReadable(String table) {
        try {
            return read(table).columns().length > 0;
        } catch (Exception e) {
            // An AnalysisException, which is checked and which no signature names.
            return false;
        }
    }

    /** Creates the table if it does not exist. */
    public void create(Table table) {
        creation().table(table);
    }

    /** Creates a view, or replaces it by the query. */
    public void createView(String name, String query) {
        creation().view(name, query);
    }

    private Creation creation() {
        return new Creation(spark, this);
    }

    void set(String table, String property, String value) {
        retried(
                table,
                () -> spark.sql(
                        "ALTER TABLE " + sqlName(table) + " SET TBLPROPERTIES ('" + property + "' = '" + value + "')"));
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
     * @throws ConflictException if another writer was faster three times, or another run has begun
     */
    public void replace(String table, Dataset<Row> rows, String predicate, Commit commit) {
        DataFrameWriter<Row> writer = rows.write()
                .mode("overwrite")
                .option("replaceWhere", predicate)
                .option("userMetadata", commit.userMetadata());
        retried(table, () -> {
            stopIfNotLatest(table);
            save(table, writer);
        });
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
            stopIfNotLatest(table);
            save(
                    table,
                    change.apply(read(table).filter(predicate))
                            .write()
                            .mode("overwrite")
                            .option("replaceWhere", predicate)
                            .option("userMetadata", commit.userMetadata()));
        });
    }

    /** Adds rows. */
    public void append(String table, Dataset<Row> rows, Commit commit) {
        DataFrameWriter<Row> writer = rows.write().mode("append").option("userMetadata", commit.userMetadata());
        retried(table, () -> save(table, writer));
    }

    void save(String table, DataFrameWriter<Row> writer) {
        DataFrameWriter<Row> delta = writer.format("delta").option("mergeSchema", "true");
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
                    throw ConflictException.afterTries(table, TRIES, e);
                }
                pause(attempt);
            } catch (FSError e) {
                // Hadoop's word for a disk that fails, no exception: it would pass by everything that ends a run in
                // order.
                throw new UncheckedIOException(new IOException(e.getMessage(), e));
            }
        }
    }

    /** Longer at every try, and never as long as the other writer's pause. */
    static void pause(int attempt) {
        long millis = attempt * 500L + ThreadLocalRandom.current().nextLong(1000);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** As Hadoop writes it: Delta takes {@code file:///a} and {@code file:/a} for two places. */
    private static String path(Project.Warehouse.Folder folder, String table) {
        return new Path(folder.path(), table).toString();
    }
}
