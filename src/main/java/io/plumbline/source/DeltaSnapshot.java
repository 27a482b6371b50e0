package io.plumbline.source;

import io.delta.tables.DeltaTable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Delta table as it is now. The fingerprint of a day is the version at which the table was looked at; the day has changed
 * if a later commit adds or removes rows of it, see {@link DeltaLog}.
 */
final class DeltaSnapshot implements Snapshot {

    private static final String PREFIX = "delta:";

    /** So many commits are read at most before days are marked as looked at; logs are kept for 30 days by default. */
    private static final int MOST_COMMITS = 10;

    private final String table;
    private final long version;
    private final List<DeltaLog.Change> changes;

    private DeltaSnapshot(String table, long version, List<DeltaLog.Change> changes) {
        this.table = table;
        this.version = version;
        this.changes = changes;
    }

    /**
     * A table now.
     *
     * @param known the fingerprints that it will be compared with
     */
    static DeltaSnapshot of(
            SparkSession spark, DeltaTable table, Rows rows, Optional<PartitionDays> days, Collection<String> known) {
        Row detail = table.detail().select("id", "location").head();
        String id = detail.getString(0);
        long version = table.history(1).select("version").head().getLong(0);
        OptionalLong oldest = known.stream()
                .map(fingerprint -> version(id, fingerprint))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
        List<DeltaLog.Change> changes = oldest.isEmpty() || oldest.getAsLong() >= version
                ? List.of()
                : new DeltaLog(spark, detail.getString(1), rows, days).changes(oldest.getAsLong() + 1, version);
        return new DeltaSnapshot(id, version, changes);
    }

    @Override
    public String fingerprint(LocalDate day) {
        return PREFIX + table + ":" + version;
    }

    @Override
    public Freshness since(LocalDate day, String fingerprint) {
        OptionalLong then = version(table, fingerprint);
        boolean same = then.isPresent()
                && then.getAsLong() <= version
                && changes.stream()
                        .filter(change -> change.version() > then.getAsLong())
                        .noneMatch(change -> change.touches(day));
        return same ? Freshness.SAME : Freshness.CHANGED;
    }

    @Override
    public boolean isAging(String fingerprint) {
        OptionalLong then = version(table, fingerprint);
        return then.isPresent() && then.getAsLong() < version - MOST_COMMITS;
    }

    /** The version in a fingerprint of the table; empty for one of another table. */
    private static OptionalLong version(String table, String fingerprint) {
        String prefix = PREFIX + table + ":";
        return fingerprint.startsWith(prefix)
                ? OptionalLong.of(Long.parseLong(fingerprint.substring(prefix.length())))
                : OptionalLong.empty();
    }
}
