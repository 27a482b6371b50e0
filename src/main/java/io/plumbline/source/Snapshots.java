package io.plumbline.source;

import io.delta.tables.DeltaTable;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Looks at what sources hold now, without reading their rows. */
public final class Snapshots {

    private final SparkSession spark;
    private final ZoneId zone;

    /** Looks with a session whose time zone is the project's. */
    public Snapshots(SparkSession spark, ZoneId zone) {
        this.spark = spark;
        this.zone = zone;
    }

    /**
     * A metric source now.
     *
     * @param known the fingerprints that it will be compared with
     * @throws SourceException if the source cannot be found
     */
    public Snapshot of(MetricSource source, Collection<String> known) {
        return of(Rows.of(source), known);
    }

    /**
     * An assignment source now.
     *
     * @param known the fingerprints that it will be compared with
     * @throws SourceException if the source cannot be found
     */
    public Snapshot of(AssignmentSource source, Collection<String> known) {
        return of(Rows.of(source), known);
    }

    private Snapshot of(Rows source, Collection<String> known) {
        try {
            Optional<PartitionDays> days =
                    source.time().partition().map(partition -> new PartitionDays(partition, zone));
            if (source.location() instanceof Location.Files files && files.format() != FileFormat.DELTA) {
                return FileSnapshot.of(spark, files, days);
            }
            return table(source.location())
                    .<Snapshot>map(table -> DeltaSnapshot.of(spark, table, source, days, known))
                    .orElseGet(Snapshot.Untold::new);
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            throw source.problem("cannot be read", e);
        }
    }

    private Optional<DeltaTable> table(Location location) {
        if (location instanceof Location.Files files) {
            return Optional.of(DeltaTable.forPath(spark, files.path()));
        }
        return location instanceof Location.Table table && isDelta(table.name())
                ? Optional.of(DeltaTable.forName(spark, table.name()))
                : Optional.empty();
    }

    private boolean isDelta(String table) {
        return !spark.sql("DESCRIBE TABLE EXTENDED " + table)
                .filter("col_name = 'Provider' AND lower(data_type) = 'delta'")
                .isEmpty();
    }
}
