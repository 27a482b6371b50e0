package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static org.apache.spark.sql.functions.col;

import io.plumbline.analysis.CatalogSeries;
import io.plumbline.analysis.CatalogValue;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.SourcePlan;
import io.plumbline.summary.CatalogPercentile;
import io.plumbline.summary.CatalogTotal;
import io.plumbline.summary.FunnelDay;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes the catalog series of days that changed, from unit-days. */
final class CatalogStage {

    private final RunContext run;
    private final Map<String, Map<LocalDate, LoadRecord>> loaded = new HashMap<>();
    private final Map<CatalogPercentile, Double> percentiles = new HashMap<>();

    CatalogStage(RunContext run) {
        this.run = run;
    }

    /** The values of every metric on those of the days on which all of its sources were read completely. */
    List<CatalogValue> values(Collection<LocalDate> days) {
        Set<LocalDate> reached = new TreeSet<>(days);
        run.plan().metrics().values().forEach(metric -> reached.addAll(FunnelCatalog.reached(metric, days)));
        Map<String, List<CatalogTotal>> totals = new HashMap<>();
        run.plan().sources().values().forEach(source -> totals.put(source.name(), totals(source, reached)));
        FunnelCatalog funnels = new FunnelCatalog(run, loaded);
        Map<String, List<FunnelDay>> funnelDays = new HashMap<>();
        Map<Set<LocalDate>, List<PlannedMetric>> byDays = new HashMap<>();
        for (PlannedMetric metric : run.plan().metrics().values()) {
            Set<LocalDate> known = complete(metric, FunnelCatalog.reached(metric, days));
            if (metric.metric() instanceof FunnelMetric funnel) {
                if (!FunnelCatalog.isOfOneUnit(run.plan(), funnel)) {
                    continue;
                }
                funnelDays.put(metric.name(), funnels.days(metric, funnel, known));
            }
            byDays.computeIfAbsent(known, key -> new ArrayList<>()).add(metric);
        }
        return byDays.entrySet().stream()
                .flatMap(entry -> CatalogSeries.of(entry.getValue(), totals, funnelDays, entry.getKey()).stream())
                .map(this::withPercentile)
                .toList();
    }

    private List<CatalogTotal> totals(SourcePlan source, Collection<LocalDate> days) {
        Map<LocalDate, LoadRecord> records = run.loads().of(LoadRecord.Kind.METRIC_SOURCE, source.name());
        loaded.put(source.name(), records);
        List<PlannedComponent> components = components(source);
        List<LocalDate> read = days.stream()
                .filter(day -> {
                    LoadRecord record = records.get(day);
                    return record != null && LoadBatch.holds(record, components);
                })
                .toList();
        if (read.isEmpty() || components.isEmpty()) {
            return List.of();
        }
        String table =
                Tables.unitDays(source.name(), source.source().firstUnit(), "").name();
        Dataset<Row> unitDays = run.warehouse().read(table).filter(col(DS).isin(read.toArray()));
        percentiles.putAll(CatalogPercentile.of(unitDays, percentiles(source)));
        return CatalogTotal.of(unitDays, components, run.partitions());
    }

    /** Those of metrics: pairs of ids are no catalog value. */
    private List<PlannedComponent> components(SourcePlan source) {
        Set<PlannedComponent> needed = run.plan().metrics().values().stream()
                .flatMap(CatalogStage::components)
                .collect(Collectors.toSet());
        return source.components().stream().filter(needed::contains).toList();
    }

    private static Stream<PlannedComponent> components(PlannedMetric metric) {
        return Stream.concat(Stream.of(metric.catalogRows()), metric.components().stream());
    }

    private List<PlannedMetric> percentiles(SourcePlan source) {
        return run.plan().metrics().values().stream()
                .filter(CatalogStage::isPercentile)
                .filter(metric -> metric.metric().sources().contains(source.name()))
                .toList();
    }

    private static boolean isPercentile(PlannedMetric metric) {
        return metric.measure().measure().percentile().isPresent();
    }

    /** The value of a percentile is that of its values, unknown on days without any; all others stay as they are. */
    private CatalogValue withPercentile(CatalogValue value) {
        PlannedMetric metric = Objects.requireNonNull(run.plan().metrics().get(value.metric()));
        CatalogPercentile key = new CatalogPercentile(value.day(), value.metric(), value.slice());
        return isPercentile(metric) ? value.withValue(percentiles.getOrDefault(key, Double.NaN)) : value;
    }

    private Set<LocalDate> complete(PlannedMetric metric, Collection<LocalDate> days) {
        List<PlannedComponent> needed = components(metric).toList();
        return days.stream()
                .filter(day -> needed.stream().allMatch(component -> isRead(component, day)))
                .collect(Collectors.toSet());
    }

    private boolean isRead(PlannedComponent component, LocalDate day) {
        LoadRecord record =
                loaded.getOrDefault(component.component().source(), Map.of()).get(day);
        return record != null && LoadBatch.holds(record, List.of(component));
    }
}
