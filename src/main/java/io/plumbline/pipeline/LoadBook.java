package io.plumbline.pipeline;

import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been read of every source, with what the run reads now. The table is read once, when the run begins, and
 * written once, when everything that follows from them is published: a run that dies in between reads the same days again.
 *
 * <p>Safe for use by several threads.
 */
final class LoadBook {

    private record Source(LoadRecord.Kind kind, String name) {}

    private final Map<Source, Map<LocalDate, LoadRecord>> bySource = new HashMap<>();
    private final List<LoadRecord> unwritten = new ArrayList<>();

    /** The book as the table has it. */
    LoadBook(Loads loads) {
        loads.all().forEach(this::put);
    }

    private void put(LoadRecord load) {
        bySource.computeIfAbsent(new Source(load.kind(), load.source()), key -> new HashMap<>())
                .put(load.day(), load);
    }

    /** What was read of a source, by day. */
    synchronized Map<LocalDate, LoadRecord> of(LoadRecord.Kind kind, String source) {
        return Map.copyOf(bySource.getOrDefault(new Source(kind, source), Map.of()));
    }

    /** Notes what was read; not written yet. */
    synchronized void add(Collection<LoadRecord> loads) {
        loads.forEach(this::put);
        unwritten.addAll(loads);
    }

    /** Takes days of a metric source out of the book. */
    synchronized void forget(String source, Collection<LocalDate> days) {
        Map<LocalDate, LoadRecord> records = bySource.get(new Source(LoadRecord.Kind.METRIC_SOURCE, source));
        if (records != null) {
            records.keySet().removeAll(days);
        }
        unwritten.removeIf(load -> load.kind() == LoadRecord.Kind.METRIC_SOURCE
                && load.source().equals(source)
                && days.contains(load.day()));
    }

    /** What was noted since the last call, a source's day once. */
    synchronized List<LoadRecord> drain() {
        Map<List<Object>, LoadRecord> last = new HashMap<>();
        unwritten.forEach(load -> last.put(List.of(load.kind(), load.source(), load.day()), load));
        unwritten.clear();
        return List.copyOf(last.values());
    }
}
