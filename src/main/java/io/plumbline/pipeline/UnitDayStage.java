package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LAYER;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.UNIT_TYPE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.exposure.ExposureEdges;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.source.Sources;
import io.plumbline.unitday.Layers;
import io.plumbline.unitday.Numbers;
import io.plumbline.unitday.Resolution;
import io.plumbline.unitday.States;
import io.plumbline.unitday.UnitDays;
import io.plumbline.warehouse.Days;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Table;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes and stores the unit-days of one source that the run lacks: one scan per batch, for all metrics, experiments and
 * unit types. On an ordinary day there is one batch, of one day.
 */
final class UnitDayStage {

    private final RunContext run;
    private final SourcePlan plan;
    private final IdCuts cuts;
    private final Map<String, String> unresolved = new TreeMap<>();

    UnitDayStage(RunContext run, SourcePlan plan, IdStage ids) {
        this.cuts = new IdCuts(run, plan, ids);
        this.run = run;
        this.plan = plan;
    }

    /**
     * What was read and computed.
     *
     * @param days the days that changed
     * @param stale those among them that were read again because ids on them were paired since
     */
    record Loaded(StageCounts counts, RowCounts rows, Set<LocalDate> days, Set<LocalDate> stale) {}

    /** Reads every batch; returns the days that changed. */
    Loaded load() {
        Reading reading = run.inputs().reading(LoadRecord.Kind.METRIC_SOURCE, plan.name());
        Set<LocalDate> days = new TreeSet<>();
        RowCounts rows = RowCounts.NONE;
        Set<LocalDate> stale = cuts.stale(reading.loaded());
        SourcePlan resolvable = plan.with(resolvable(reading, stale), plan.edges(), plan.otherEdges());
        if (resolvable.components().isEmpty()) {
            return new Loaded(new StageCounts(0, 0), rows, days, Set.of());
        }
        for (LoadBatch batch : LoadBatch.of(resolvable, run.plan().asOf(), reading, stale, this::leftOver)) {
            store(batch);
            rows = rows.plus(record(batch, reading));
            days.addAll(batch.days());
        }
        return new Loaded(new StageCounts(rows.rows(), days.size()), rows, days, stale);
    }

    /** Components that the source's columns cannot give, by id, and why; everything else is computed. */
    Map<String, String> unresolved() {
        return unresolved;
    }

    /** The same in words, with what could not be computed and why. */
    RunSteps.Outcome outcome(Loaded loaded) {
        List<String> parts = new ArrayList<>(List.of(loaded.counts().text()));
        if (!loaded.stale().isEmpty()) {
            parts.add(loaded.stale().size() + " of them read again because ids were paired since");
        }
        if (loaded.rows().withoutUnit() > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d rows without a unit left out",
                    loaded.rows().withoutUnit()));
        }
        if (loaded.rows().nonFinite() > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d NaN or infinite values skipped",
                    loaded.rows().nonFinite()));
        }
        parts.addAll(new TreeSet<>(unresolved.values()));
        StepReport.Status status = unresolved.isEmpty() ? StepReport.Status.OK : StepReport.Status.ERROR;
        return new RunSteps.Outcome(status, String.join(", ", parts));
    }

    private void store(LoadBatch batch) {
        Dataset<Row> unitDays = unitDays(batch);
        List<String> types = batch.plan().unitTypes();
        if (types.size() == 1) {
            write(batch, types.get(0), unitDays);
            return;
        }
        // One scan for all unit types: each table is written from the same rows.
        Dataset<Row> shared = unitDays.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            types.forEach(
                    type -> write(batch, type, shared.filter(col(UNIT_TYPE).equalTo(lit(type)))));
        } finally {
            shared.unpersist();
        }
    }

    /**
     * The components whose filters, values and dimensions are columns of the source and of a file of every day that is to be
     * read: of a file without a column Spark would read nulls. No row is read to find out.
     */
    private List<PlannedComponent> resolvable(Reading reading, Set<LocalDate> stale) {
        LocalDate asOf = run.plan().asOf();
        resolve(run.sources().read(plan.source(), new DayRange(asOf, asOf)));
        for (LocalDate day : LoadBatch.reasons(plan, asOf, reading, stale).keySet()) {
            reading.snapshot()
                    .sample(day)
                    .ifPresent(file -> resolve(run.sources().sample(plan.source(), file, new DayRange(day, day))));
        }
        return plan.components().stream()
                .filter(component -> !unresolved.containsKey(component.id()))
                .toList();
    }

    /** Units are in every number, so that without one of them nothing can be computed. */
    private void resolve(Dataset<Row> rows) {
        plan.unitTypes().forEach(type -> Sources.require(rows, plan.source().unitColumn(type)));
        unresolved.putAll(new Resolution(plan, rows).problems());
    }

    private Dataset<Row> unitDays(LoadBatch batch) {
        DayRange range = DayRange.covering(batch.days());
        Dataset<Row> rows = run.sources().read(plan.source(), batch.days());
        return UnitDays.of(batch.plan(), rows, edges(batch.plan(), range));
    }

    private Dataset<Row> edges(SourcePlan batch, DayRange range) {
        return batch.unitTypes().stream()
                .map(type -> ExposureEdges.of(cuts.exposures(batch.edgesOf(type)), type, batch.edgesOf(type), range))
                .reduce(Dataset::unionByName)
                .orElseThrow();
    }

    private void write(LoadBatch batch, String unitType, Dataset<Row> unitDays) {
        Table table = Tables.unitDays(plan.name(), unitType, states(batch.plan().components()));
        run.warehouse().create(table);
        String days = Days.predicate(batch.days());
        String predicate =
                batch.extent() == LoadBatch.Extent.WHOLE_DAY ? days : days + " AND layer = '" + batch.layer() + "'";
        Dataset<Row> rows =
                unitDays.drop(UNIT_TYPE).withColumn(LAYER, lit(batch.layer())).sortWithinPartitions(DS, UNIT_ID);
        run.warehouse().replace(table.name(), rows, predicate, run.commit());
    }

    /** Days that have states of the components already, from a run or a maintenance that was killed before it said so. */
    private Set<LocalDate> leftOver(LoadBatch batch) {
        Set<LocalDate> days = new TreeSet<>();
        Set<String> components =
                batch.plan().components().stream().map(PlannedComponent::id).collect(Collectors.toSet());
        for (String unitType : batch.plan().unitTypes()) {
            String table = Tables.unitDays(plan.name(), unitType, "").name();
            if (run.warehouse().exists(table)) {
                Dataset<Row> rows = run.warehouse().read(table);
                rows.filter(Days.predicate(batch.days()))
                        .filter(col(LAYER).notEqual(lit(batch.layer())).and(Layers.hasAny(rows, components)))
                        .select(DS)
                        .distinct()
                        .collectAsList()
                        .forEach(row -> days.add(row.getDate(0).toLocalDate()));
            }
        }
        return days;
    }

    private static String states(List<PlannedComponent> components) {
        return components.stream()
                .filter(c -> !Numbers.hold(c.component().aggregate()))
                .flatMap(c -> States.parts(c.component().aggregate()).stream()
                        .map(part -> c.column(part.name()) + " " + part.type()))
                .collect(Collectors.joining(", "));
    }

    private RowCounts record(LoadBatch batch, Reading reading) {
        String table =
                Tables.unitDays(plan.name(), plan.source().firstUnit(), "").name();
        RowCounts counts = RowCounts.of(run.warehouse().read(table), batch.days(), batch.layer());
        Map<LocalDate, Set<String>> idKeys = cuts.keys(batch.plan().edges(), batch.days());
        for (LocalDate day : batch.days()) {
            LoadRecord kept = batch.extent() == LoadBatch.Extent.NEW_COMPONENTS
                    ? reading.loaded().get(day)
                    : null;
            Set<String> keys = idKeys.getOrDefault(day, Set.of());
            Set<String> computed = Stream.concat(batch.definitions().stream(), keys.stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> before = kept == null ? Set.of() : IdCuts.others(kept.definitions(), keys);
            LoadRecord record = new LoadRecord(
                    day,
                    LoadRecord.Kind.METRIC_SOURCE,
                    plan.name(),
                    kept == null ? reading.fingerprint(day) : kept.fingerprint(),
                    kept == null ? counts.rowsOn(day) : kept.rowCount(),
                    Stream.concat(computed.stream(), before.stream()).collect(Collectors.toCollection(TreeSet::new)));
            if (kept == null) {
                run.loads().add(List.of(record));
            } else {
                run.loads().extend(record, computed);
            }
        }
        return counts;
    }
}
