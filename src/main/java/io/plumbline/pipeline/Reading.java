package io.plumbline.pipeline;

import io.plumbline.source.AddedFiles;
import io.plumbline.source.Snapshot;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read of a source and what it holds now, which together say what has to be read.
 *
 * @param loaded what was read, by day
 * @param snapshot what the source holds now
 * @param asked the days as of which there are to be results; read again where the source cannot tell what it holds
 * @param moved days whose edges have moved
 * @param refresh whether what is unchanged is read too
 */
record Reading(
        Map<LocalDate, LoadRecord> loaded,
        Snapshot snapshot,
        Set<LocalDate> asked,
        Set<LocalDate> moved,
        Refresh refresh) {

    /** The fingerprint of a day whose rows are of no one time, so that it can be compared with none. */
    static final String UNKNOWN = "";

    /**
     * What is recorded of a day that is read: what the source holds now. A run that leaves changes to later ones may read a
     * changed day again, for new experiments or metrics; of such a day nothing is recorded that it could be compared by, and a
     * later run reads all of it.
     */
    String fingerprint(LocalDate day) {
        LoadRecord record = refresh == Refresh.MISSING ? loaded.get(day) : null;
        return record == null || snapshot.since(day, record.fingerprint()) != Snapshot.Freshness.CHANGED
                ? snapshot.fingerprint(day)
                : UNKNOWN;
    }

    /** The files that came since a day was read, if that is all that has changed. */
    Optional<AddedFiles> added(LocalDate day) {
        LoadRecord record = loaded.get(day);
        return record == null || reason(day).filter(ReadReason.CHANGED::equals).isEmpty()
                ? Optional.empty()
                : snapshot.added(day, record.fingerprint());
    }

    /** Why a day is read; empty if what was read of it still holds. */
    Optional<ReadReason> reason(LocalDate day) {
        if (moved.contains(day)) {
            return Optional.of(ReadReason.MOVED);
        }
        LoadRecord record = loaded.get(day);
        if (record == null) {
            return Optional.of(ReadReason.NEW);
        }
        if (refresh == Refresh.EVERYTHING) {
            return Optional.of(ReadReason.REFRESHED);
        }
        if (refresh == Refresh.MISSING) {
            return Optional.empty();
        }
        return switch (snapshot.since(day, record.fingerprint())) {
            case SAME -> Optional.empty();
            case CHANGED -> Optional.of(ReadReason.CHANGED);
            case UNKNOWN -> asked.contains(day) ? Optional.of(ReadReason.UNTOLD) : Optional.empty();
        };
    }
}
