package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.experiment.Experiment;
import io.plumbline.exposure.ResolvedIds;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.SourcePlan;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.Numbers;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ViewDays;
import io.plumbline.warehouse.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads the unit-days that experiments of one unit type need.
 *
 * @param unitType the experiments' unit type
 * @param ids of the one experiment that there is then: which units the rows of sources belong to that lack the unit type; empty when all have it
 */
record UnitDayReader(RunContext run, String unitType, Optional<ResolvedIds> ids) {

    /** Unit-days of every source that the metrics need, one below the other; columns of other sources are null. */
    Dataset<Row> unitDays(List<PlannedExperiment> shown, ViewDays days) {
        List<UnitTotal> totals = totals(shown);
        List<String> sources = totals.stream()
                .map(total -> total.component().component().source())
                .distinct()
                .toList();
        List<Dataset<Row>> perSource = new ArrayList<>();
        for (String source : sources) {
            List<PlannedComponent> components = totals.stream()
                    .map(UnitTotal::component)
                    .filter(component -> component.component().source().equals(source))
                    .distinct()
                    .toList();
            perSource.add(unitDays(shown.get(0).experiment(), source, days, columns(source, components)));
        }
        return perSource.stream().reduce((a, b) -> a.unionByName(b, true)).orElseThrow();
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

    private Dataset<Row> unitDays(Experiment experiment, String name, ViewDays days, Column... columns) {
        MetricSource source =
                Objects.requireNonNull(run.plan().project().metricSources().get(name));
        if (source.units().containsKey(unitType)) {
            return read(name, unitType, days, columns);
        }
        return ids.orElseThrow().relabelled(read(name, experiment.unitOf(source), days, columns));
    }

    private Dataset<Row> read(String source, String type, ViewDays days, Column... columns) {
        return run.warehouse()
                .read(Tables.unitDays(source, type, "").name())
                .filter(col(DS).between(lit(days.firstRead()), lit(days.asOf())))
                .select(columns);
    }

    /** The totals of the experiments' metrics, each once. */
    static List<UnitTotal> totals(List<PlannedExperiment> shown) {
        return shown.stream()
                .flatMap(e -> e.metrics().stream().flatMap(metric -> e.totals(metric).stream()))
                .distinct()
                .toList();
    }
}
