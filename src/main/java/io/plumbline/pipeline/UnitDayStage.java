package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.LAYER;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.UNIT_TYPE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
        DayCuts.noteDaysWithout(run, plan);
        Reading reading = run.inputs().reading(LoadRecord.Kind.METRIC_SOURCE, plan.name());
        Set<LocalDate> days = new TreeSet<>();
        RowCounts rows = RowCounts.NONE;
        Set<LocalDate> stale = cuts.stale(reading.loaded());
        SourcePlan resolvable = plan.with(resolvable(reading, stale), plan.edges(), plan.otherEdges());
        if (resolvable.components().isEmpty()) {
            return new Loaded(new StageCounts(0, 0), rows, days, Set.of());
        }
        for (LoadBatch batch : LoadBatch.of(resolvable, run.plan().asOf(), reading, stale, this::leftOver)) {
            Dataset<Row> read = rows(batch);
            store(batch, read);
            rows = rows.plus(record(batch, reading, fingerprints(reading, read)));
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

    private void store(LoadBatch batch, Dataset<Row> rows) {
        Dataset<Row> unitDays = UnitDays.of(batch.plan(), rows, edges(batch.plan(), DayRange.covering(batch.days())));
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

    private Dataset<Row> rows(LoadBatch batch) {
        return batch.files()
                .map(files -> run.sources().read(plan.source(), files, batch.days()))
                .orElseGet(() -> run.sources().read(plan.source(), batch.days()));
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
        Dataset<Row> rows =
                unitDays.drop(UNIT_TYPE).withColumn(LAYER, batch.layer()).sortWithinPartitions(DS, UNIT_ID);
        run.warehouse().replace(table.name(), rows, batch.replaced(), run.commit());
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
                        .filter(not(expr(batch.stored())).and(Layers.hasAny(rows, components)))
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

    /** Of rows that are not those which the source held when the run looked at it, nothing is known to compare them with. */
    private static Function<LocalDate, String> fingerprints(Reading reading, Dataset<Row> rows) {
        Predicate<LocalDate> told = reading.snapshot().tellsOf(rows);
        return day -> told.test(day) ? reading.fingerprint(day) : Reading.UNKNOWN;
    }

    /** The run that read the rows of a day: for new components the same rows are read again, and new files may have none. */
    private String readBy(LoadBatch batch, String fingerprint, long rows, Optional<LoadRecord> before) {
        return before.filter(load -> batch.extent() == LoadBatch.Extent.NEW_COMPONENTS || rows == 0)
                .filter(load -> !fingerprint.equals(Reading.UNKNOWN))
                .map(LoadRecord::runId)
                .orElse(run.commit().runId());
    }

    private RowCounts record(LoadBatch batch, Reading reading, Function<LocalDate, String> fingerprints) {
        String table =
                Tables.unitDays(plan.name(), plan.source().firstUnit(), "").name();
        RowCounts counts = RowCounts.of(run.warehouse().read(table).filter(batch.stored()));
        Map<LocalDate, Set<String>> idKeys = cuts.keys(batch.plan().edges(), batch.days());
        for (LocalDate day : batch.days()) {
            Set<String> keys = idKeys.getOrDefault(day, Set.of());
            Optional<LoadRecord> before = batch.extent() == LoadBatch.Extent.WHOLE_DAY
                    ? Optional.empty()
                    : Optional.ofNullable(reading.loaded().get(day));
            Set<String> definitions = batch.definitions(
                    before.map(load -> IdCuts.others(load.definitions(), keys)).orElse(Set.of()));
            definitions.addAll(keys);
            definitions.removeAll(DayCuts.notOn(day, batch.plan().edges(), run));
            String fingerprint = fingerprints.apply(day);
            LoadRecord record = new LoadRecord(
                    day,
                    LoadRecord.Kind.METRIC_SOURCE,
                    plan.name(),
                    fingerprint,
                    batch.rows(counts.rowsOn(day), before),
                    definitions,
                    readBy(batch, fingerprint, counts.rowsOn(day), before));
            if (before.isEmpty()) {
                run.loads().add(List.of(record));
            } else {
                Set<String> computed = batch.computed();
                computed.addAll(keys);
                run.loads().extend(record, computed);
            }
        }
        return counts;
    }
}
