package io.plumbline.pipeline;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.SourcePlan;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Metrics of which something could not be read, and why. As of a day until which everything was read earlier, they can still
 * be computed. Safe for use by several threads.
 */
final class FailedMetrics {

    private final Map<String, String> reasons = new ConcurrentSkipListMap<>();

    /** Notes a metric of a source that cannot be read. */
    void sourceFailed(String metric, String reason) {
        reasons.put(metric, "source_failed: " + reason);
    }

    /** Notes a metric that asks for something that its source has not. */
    void unresolved(String metric, String reason) {
        reasons.put(metric, "unresolved: " + reason);
    }

    /** The names of all of them. */
    Set<String> names() {
        return reasons.keySet();
    }

    /** Those that cannot be computed as of the day of a run's plan, and why. */
    Map<String, String> asOf(RunContext run, IdStage ids) {
        Map<String, String> failed = new TreeMap<>(reasons);
        run.plan().metrics().values().stream()
                .filter(metric -> reasons.containsKey(metric.name()) && isRead(run, metric, ids))
                .forEach(metric -> failed.remove(metric.name()));
        return failed;
    }

    /** Whether all days of all sources of a metric were read with its components, cut as the experiments need them. */
    private static boolean isRead(RunContext run, PlannedMetric metric, IdStage ids) {
        return run.plan().sources().values().stream()
                .filter(source -> metric.metric().sources().contains(source.name()))
                .allMatch(source -> isRead(run, source, metric, ids));
    }

    private static boolean isRead(RunContext run, SourcePlan source, PlannedMetric metric, IdStage ids) {
        Map<LocalDate, LoadRecord> read = run.loads().of(LoadRecord.Kind.METRIC_SOURCE, source.name());
        Set<LocalDate> cutOtherwise = new TreeSet<>(run.inputs().moved(source.name()));
        cutOtherwise.addAll(new IdCuts(run, source, ids).stale(read));
        List<PlannedComponent> components = source.components().stream()
                .filter(metric.components()::contains)
                .toList();
        SourcePlan needed = source.with(components, source.edges(), List.of());
        return source.firstDay()
                .datesUntil(run.plan().asOf().plusDays(1))
                .allMatch(day -> !cutOtherwise.contains(day) && LoadBatch.holds(read.get(day), needed));
    }
}
