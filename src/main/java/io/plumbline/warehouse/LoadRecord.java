package io.plumbline.warehouse;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a source's day.
 *
 * @param day the local day
 * @param kind whether events, exposures or pairs of ids were read
 * @param source the source's name
 * @param fingerprint what the source held when it was read
 * @param rowCount rows that some component takes, or that expose a unit
 * @param definitions short texts for everything computed from the day; it is computed again when one is missing
 * @param runId the run that read the rows, all of them or those that came last
 */
public record LoadRecord(
        LocalDate day,
        Kind kind,
        String source,
        String fingerprint,
        long rowCount,
        Set<String> definitions,
        String runId) {

    /** What was read of a source; names are unique only within a kind. */
    public enum Kind {
        METRIC_SOURCE,
        ASSIGNMENT_SOURCE,
        /** Which ids belong together, of a source that has no unit-days; its name has its own kind before it. */
        ID_SOURCE;

        /** As written in the table. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final StructType SCHEMA = Tables.LOADS.schema();

    static LoadRecord of(Row row) {
        String definitions = row.getAs("definitions");
        return new LoadRecord(
                row.<Date>getAs("ds").toLocalDate(),
                Kind.valueOf(row.<String>getAs("kind").toUpperCase(Locale.ROOT)),
                row.getAs("source"),
                row.getAs("fingerprint"),
                row.<Long>getAs("row_count"),
                Arrays.stream(definitions.split(",")).collect(Collectors.toCollection(TreeSet::new)),
                row.getAs("run_id"));
    }

    /** The same with what the source held when it was looked at again. */
    public LoadRecord with(String laterFingerprint) {
        return new LoadRecord(day, kind, source, laterFingerprint, rowCount, definitions, runId);
    }

    /** The same with further definitions. */
    public LoadRecord with(Set<String> added) {
        Set<String> all = new TreeSet<>(definitions);
        all.addAll(added);
        return new LoadRecord(day, kind, source, fingerprint, rowCount, all, runId);
    }

    /** The same with those of its definitions that were computed now, or that the table still has. */
    public LoadRecord having(Set<String> stored, Set<String> computed) {
        Set<String> all = new TreeSet<>(definitions);
        all.removeIf(definition -> !stored.contains(definition) && !computed.contains(definition));
        return new LoadRecord(day, kind, source, fingerprint, rowCount, all, runId);
    }

    Row row() {
        Map<String, @Nullable Object> values = new TreeMap<>();
        values.put("ds", Date.valueOf(day));
        values.put("kind", kind.label());
        values.put("source", source);
        values.put("fingerprint", fingerprint);
        values.put("row_count", rowCount);
        values.put("definitions", String.join(",", new TreeSet<>(definitions)));
        values.put("run_id", runId);
        return TypedRows.of(SCHEMA, values);
    }
}
