package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.experiment.Experiment;
import io.plumbline.exposure.ResolvedIds;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.SourcePlan;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.Numbers;
import io.plumbline.unitday.States;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ViewDays;
import io.plumbline.warehouse.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads the unit-days that experiments of one unit type need.
 *
 * @param unitType the experiments' unit type
 * @param ids of the one experiment that there is then: which units the rows of sources belong to that lack the unit type; empty when all have it
 * @param stored what is known of the oldest days together; empty to read all days one by one
 */
record UnitDayReader(RunContext run, String unitType, Optional<ResolvedIds> ids, Optional<StoredTotals> stored) {

    /** A reader of days one by one. */
    UnitDayReader(RunContext run, String unitType, Optional<ResolvedIds> ids) {
        this(run, unitType, ids, Optional.empty());
    }

    /** Unit-days of every source that the metrics need, one below the other; columns of other sources are null. */
    Dataset<Row> unitDays(List<PlannedExperiment> shown, ViewDays days) {
        return unitDays(
                shown,
                totals(shown).stream().map(UnitTotal::component).distinct().toList(),
                days);
    }

    /** The same of some components of the metrics. */
    Dataset<Row> unitDays(List<PlannedExperiment> shown, List<PlannedComponent> components, ViewDays days) {
        Optional<StoredTotals> older = stored.filter(each -> each.isPartOf(days));
        List<PlannedComponent> known =
                older.map(each -> each.components(totals(shown))).orElse(List.of());
        Dataset<Row> unitDays = unitDays(shown.get(0).experiment(), components, known, days);
        return known.isEmpty()
                ? unitDays
                : unitDays.unionByName(older.orElseThrow().numbers(known), true);
    }

    /**
     * Unit-days of some components.
     *
     * @param known those of which the stored totals are read, and only the days since
     */
    private Dataset<Row> unitDays(
            Experiment experiment, List<PlannedComponent> components, List<PlannedComponent> known, ViewDays days) {
        Map<String, List<PlannedComponent>> bySource = components.stream()
                .collect(Collectors.groupingBy(
                        component -> component.component().source(), LinkedHashMap::new, Collectors.toList()));
        List<Dataset<Row>> perSource = new ArrayList<>();
        bySource.forEach((source, some) -> {
            List<PlannedComponent> others =
                    some.stream().filter(each -> !known.contains(each)).toList();
            perSource.add(unitDays(
                    experiment,
                    source,
                    days,
                    rows -> (others.size() == some.size() ? rows : since(rows, others)).select(columns(source, some))));
        });
        return perSource.stream().reduce((a, b) -> a.unionByName(b, true)).orElseThrow();
    }

    /** Days after those of the stored totals and, of components that these do not have, the days before too. */
    private Dataset<Row> since(Dataset<Row> rows, List<PlannedComponent> others) {
        Column isLater = col(DS).gt(lit(stored.orElseThrow().lastDay()));
        return others.isEmpty()
                ? rows.filter(isLater)
                : rows.filter(isLater.or(States.hasAny(others)))
                        .withColumn(NUMBERS, when(isLater, col(NUMBERS)).otherwise(Numbers.only(others)));
    }

    /** Without numbers that nobody needs: what is left is shuffled. */
    private Column[] columns(String source, List<PlannedComponent> components) {
        SourcePlan plan = run.plan().sources().get(source);
        boolean all = plan != null && components.containsAll(plan.components());
        return UnitValues.columns(components).stream()
                .map(name -> all || !name.equals(NUMBERS)
                        ? col(name)
                        : Numbers.only(components).as(NUMBERS))
                .toArray(Column[]::new);
    }

    private Dataset<Row> unitDays(
            Experiment experiment, String name, ViewDays days, UnaryOperator<Dataset<Row>> narrowed) {
        MetricSource source =
                Objects.requireNonNull(run.plan().project().metricSources().get(name));
        if (source.units().containsKey(unitType)) {
            return narrowed.apply(read(name, unitType, days));
        }
        return ids.orElseThrow().relabelled(narrowed.apply(read(name, experiment.unitOf(source), days)));
    }

    private Dataset<Row> read(String source, String type, ViewDays days) {
        return run.warehouse()
                .read(Tables.unitDays(source, type, "").name())
                .filter(col(DS).between(lit(days.firstRead()), lit(days.asOf())));
    }

    /** The totals of the experiments' metrics, each once. */
    static List<UnitTotal> totals(List<PlannedExperiment> shown) {
        return shown.stream()
                .flatMap(e -> e.metrics().stream().flatMap(metric -> e.totals(metric).stream()))
                .distinct()
                .toList();
    }
}
