package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;

import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.FunnelRule;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.RunPlan;
import io.plumbline.summary.FunnelDay;
import io.plumbline.unitday.States;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The catalog values of funnels. A day's value is not final while windows of its attempts are open: every run computes it
 * again for the days in reach of those that it has read, from unit-days, so that late days and reruns give what one run
 * over all days would. All days that were read take part, also later ones than the run's.
 */
final class FunnelCatalog {

    private final RunContext run;
    private final Map<String, Map<LocalDate, LoadRecord>> loaded;

    /** For the days that were read of each source. */
    FunnelCatalog(RunContext run, Map<String, Map<LocalDate, LoadRecord>> loaded) {
        this.run = run;
        this.loaded = loaded;
    }

    /** The days whose value changes with those of some days: these alone for all metrics but funnels. */
    static Set<LocalDate> reached(PlannedMetric metric, Collection<LocalDate> days) {
        Set<LocalDate> reached = new TreeSet<>(days);
        if (metric.metric() instanceof FunnelMetric funnel) {
            int reach = funnel.catalogReachDays();
            boolean backwards = funnel.rule().order() == FunnelRule.Order.UNORDERED;
            for (LocalDate day : days) {
                reached.addAll(day.minusDays(reach)
                        .datesUntil(day.plusDays(backwards ? reach + 1L : 1))
                        .toList());
            }
        }
        return reached;
    }

    /** Whether all sources have the same unit type first: the catalog is kept by it, and steps are joined by it. */
    static boolean isOfOneUnit(RunPlan plan, FunnelMetric funnel) {
        return funnel.sources().stream()
                        .flatMap(name -> plan.sources().values().stream()
                                .filter(source -> source.name().equals(name)))
                        .map(source -> source.source().firstUnit())
                        .distinct()
                        .count()
                == 1;
    }

    /** The funnel on some days, all of which must have been read. */
    List<FunnelDay> days(PlannedMetric metric, FunnelMetric funnel, Set<LocalDate> days) {
        if (days.isEmpty()) {
            return List.of();
        }
        TreeSet<LocalDate> sorted = new TreeSet<>(days);
        LocalDate from = sorted.first().minusDays(funnel.catalogReachDays());
        LocalDate to = sorted.last().plusDays(funnel.catalogReachDays());
        List<PlannedComponent> components = metric.components();
        Dataset<Row> moments = components.stream()
                .map(component -> moments(component, from, to))
                .reduce(Dataset::unionByName)
                .orElseThrow();
        return FunnelDay.of(
                moments,
                funnel.rule(),
                components.get(0).precision(),
                sorted,
                run.plan().project().zone());
    }

    private Dataset<Row> moments(PlannedComponent component, LocalDate from, LocalDate to) {
        String source = component.component().source();
        Object[] read = loaded.getOrDefault(source, Map.of()).entrySet().stream()
                .filter(entry ->
                        !entry.getKey().isBefore(from) && !entry.getKey().isAfter(to))
                .filter(entry -> LoadBatch.holds(entry.getValue(), List.of(component)))
                .map(Map.Entry::getKey)
                .toArray();
        String unit = run.plan().sources().values().stream()
                .filter(plan -> plan.name().equals(source))
                .map(plan -> plan.source().firstUnit())
                .findFirst()
                .orElseThrow();
        return run.warehouse()
                .read(Tables.unitDays(source, unit, "").name())
                .filter(col(DS).isin(read).and(col(UNIT_ID).isNotNull()))
                .select(
                        col(UNIT_ID),
                        col(DIMENSION),
                        col(DIMENSION_VALUE),
                        col(component.column(States.MOMENTS)).as(FunnelDay.MOMENTS));
    }
}
