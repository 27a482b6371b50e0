package io.plumbline.source;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a source holds now, day by day, to be compared with what it held when a day was read. */
public sealed interface Snapshot permits DeltaSnapshot, FileSnapshot, Snapshot.Untold {

    /** Whether a day holds what it held. */
    enum Freshness {
        /** No row of the day has come, gone or changed. */
        SAME,
        /** Some row may have. */
        CHANGED,
        /** The source cannot tell. */
        UNKNOWN
    }

    /** A short text that is kept with what was read of a day. */
    String fingerprint(LocalDate day);

    /**
     * Whether a day holds what it held when it was read.
     *
     * @param fingerprint what {@link #fingerprint} said then
     */
    Freshness since(LocalDate day, String fingerprint);

    /** Whether what is told of changes since then may soon be gone, so that a newer fingerprint should be kept. */
    default boolean isAging(String fingerprint) {
        return false;
    }

    /**
     * The files that came since a day was read; empty if anything else has changed too, or they cannot be read alone.
     *
     * @param fingerprint what {@link #fingerprint} said when the day was read
     */
    default Optional<AddedFiles> added(LocalDate day, String fingerprint) {
        return Optional.empty();
    }

    /** True for days of which some rows to be read are those that the source held, and no file has come meanwhile. */
    default Predicate<LocalDate> tellsOf(Dataset<Row> rows) {
        return day -> true;
    }

    /**
     * A file that shows which columns a day's rows have; empty where the source says so for all its days at once.
     */
    default Optional<String> sample(LocalDate day) {
        return Optional.empty();
    }

    /** Of queries and of tables in other formats than Delta. */
    record Untold() implements Snapshot {
        @Override
        public String fingerprint(LocalDate day) {
            return "";
        }

        @Override
        public Freshness since(LocalDate day, String fingerprint) {
            return Freshness.UNKNOWN;
        }
    }
}
