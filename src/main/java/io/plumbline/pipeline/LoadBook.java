package io.plumbline.pipeline;

import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    private final Map<List<Object>, Set<String>> extended = new HashMap<>();

    /** The book as the table has it. */
    LoadBook(Loads loads) {
        this(loads.all());
    }

    private LoadBook(List<LoadRecord> records) {
        records.forEach(this::put);
    }

    /** The book where there is no table yet. */
    static LoadBook empty() {
        return new LoadBook(List.of());
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
        loads.forEach(load -> {
            put(load);
            unwritten.add(load);
            extended.remove(key(load));
        });
    }

    /**
     * Notes that more has been computed of a day, or that it was looked at again; not written yet. What the day had before is
     * written only if the table still has it then: maintenance may have taken it out meanwhile.
     *
     * @param added those of the record's definitions that were computed now
     */
    synchronized void extend(LoadRecord load, Set<String> added) {
        put(load);
        unwritten.add(load);
        extended.computeIfAbsent(key(load), key -> new HashSet<>()).addAll(added);
    }

    private static List<Object> key(LoadRecord load) {
        return List.of(load.kind(), load.source(), load.day());
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

    /**
     * What was noted since the last call, a source's day once.
     *
     * @param stored what the table holds now; asked only if records are extended
     */
    synchronized List<LoadRecord> drain(Supplier<List<LoadRecord>> stored) {
        Map<List<Object>, LoadRecord> last = new HashMap<>();
        unwritten.forEach(load -> last.put(key(load), load));
        unwritten.clear();
        extended.keySet().retainAll(last.keySet());
        if (!extended.isEmpty()) {
            Map<List<Object>, LoadRecord> current =
                    stored.get().stream().collect(Collectors.toMap(LoadBook::key, load -> load));
            extended.forEach((key, added) -> last.computeIfPresent(key, (any, load) -> {
                LoadRecord now = current.get(key);
                return now == null ? null : load.having(now.definitions(), added);
            }));
            extended.clear();
        }
        return List.copyOf(last.values());
    }
}
