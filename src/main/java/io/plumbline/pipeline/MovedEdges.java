package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;

import io.plumbline.exposure.ExposureEdges;
import io.plumbline.exposure.MovedExposures;
import io.plumbline.plan.Edges;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Days of metric sources that were cut at exposures which have moved. They are taken out of the loads before the moved
 * exposures are stored, so that a run that is killed in between leaves nothing behind that looks complete.
 */
final class MovedEdges {

    private final RunContext run;
    private final List<PlannedExperiment> experiments;

    MovedEdges(RunContext run, List<PlannedExperiment> experiments) {
        this.run = run;
        this.experiments = experiments;
    }

    /** Has the days read again on which edges come or go with these exposures. */
    void forget(Dataset<Row> before, Dataset<Row> after) {
        Dataset<Row> moved = MovedExposures.between(before, after).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            run.plan().sources().values().forEach(source -> forget(source, moved));
        } finally {
            moved.unpersist();
        }
    }

    private void forget(SourcePlan source, Dataset<Row> moved) {
        Set<LocalDate> loaded =
                run.loads().of(LoadRecord.Kind.METRIC_SOURCE, source.name()).keySet();
        if (loaded.isEmpty()) {
            return;
        }
        DayRange range = new DayRange(Collections.min(loaded), Collections.max(loaded));
        Set<LocalDate> days = new TreeSet<>();
        for (String unitType : source.unitTypes()) {
            List<Edges> edges = source.edgesOf(unitType).stream()
                    .filter(e -> experiments.stream().anyMatch(x -> x.name().equals(e.experiment())))
                    .toList();
            if (!edges.isEmpty()) {
                days.addAll(days(ExposureEdges.of(moved, unitType, edges, range)));
            }
        }
        days.retainAll(loaded);
        if (!days.isEmpty()) {
            run.inputs().move(source.name(), days);
            new Loads(run.spark(), run.warehouse()).forget(source.name(), days, run.commit());
        }
    }

    private static Set<LocalDate> days(Dataset<Row> edges) {
        return edges.select(DS).distinct().collectAsList().stream()
                .map(row -> row.getDate(0).toLocalDate())
                .collect(Collectors.toSet());
    }
}
