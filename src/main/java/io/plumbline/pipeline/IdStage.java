package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.experiment.Experiment;
import io.plumbline.exposure.IdPairs;
import io.plumbline.exposure.ResolvedIds;
import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Info;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.IdScan;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.unitday.States;
import io.plumbline.warehouse.Days;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Knows which ids belong together. The pairs of metric sources are in their unit-days. Of assignment sources each day is
 * read once and its pairs are stored, and again when it has changed; of property sources all rows are read in every run,
 * and the pairs are kept until it ends.
 */
final class IdStage implements AutoCloseable {

    private final RunContext run;
    private final Map<IdScan, Dataset<Row>> whole = new ConcurrentHashMap<>();

    IdStage(RunContext run) {
        this.run = run;
    }

    /** What people know the source of a scan by. */
    Info info(IdScan scan) {
        var project = run.plan().project();
        return scan.isReadWhole()
                ? Objects.requireNonNull(project.propertySources().get(scan.source()))
                        .info()
                : Objects.requireNonNull(project.assignmentSources().get(scan.source()))
                        .info();
    }

    /**
     * Reads what is new of a source that has no unit-days, in the session of {@code apart}; returns how many pairs were
     * found, on how many days.
     */
    StageCounts load(IdScan scan, RunContext apart) {
        if (scan.isReadWhole()) {
            return loadWhole(scan, apart);
        }
        Reading reading = run.inputs().reading(LoadRecord.Kind.ID_SOURCE, scan.label());
        Collection<LocalDate> days = missing(scan, reading);
        if (days.isEmpty()) {
            return new StageCounts(0, 0);
        }
        write(scan, days, apart);
        Map<LocalDate, Long> counts = counts(scan, days);
        record(scan, days, reading, counts);
        return new StageCounts(counts.values().stream().mapToLong(n -> n).sum(), days.size());
    }

    private StageCounts loadWhole(IdScan scan, RunContext apart) {
        var source =
                Objects.requireNonNull(run.plan().project().propertySources().get(scan.source()));
        Dataset<Row> pairs = IdPairs.of(
                        apart.sources().read(source, run.plan().asOf()),
                        source.unitColumn(scan.unitType()),
                        source.unitColumn(scan.eventUnitType()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        StageCounts counts = new StageCounts(
                pairs.count(), pairs.select(IdPairs.DS).distinct().count());
        whole.put(scan, pairs);
        return counts;
    }

    /**
     * All pairs that an experiment may use, whatever the day: see {@link IdPairs}. None of a property source that was not
     * read: the days that are cut without its pairs are cut again once they are known.
     */
    Dataset<Row> pairs(Experiment experiment, IdScan scan) {
        if (scan.isReadWhole()) {
            return whole.getOrDefault(scan, none());
        }
        Dataset<Row> pairs = scan.isOfUnitDays() ? ofUnitDays(scan) : stored(scan);
        return IdPairs.since(pairs, experiment.period().start());
    }

    private Dataset<Row> ofUnitDays(IdScan scan) {
        MetricSource source =
                Objects.requireNonNull(run.plan().project().metricSources().get(scan.source()));
        String keyType = scan.keyType(source);
        String table = Tables.unitDays(source.name(), keyType, "").name();
        String column = scan.component()
                .orElseThrow()
                .column(States.parts(Aggregate.DISTINCT).get(0).name());
        if (!run.warehouse().exists(table)) {
            return none();
        }
        Dataset<Row> unitDays = run.warehouse().read(table);
        return List.of(unitDays.columns()).contains(column)
                ? IdPairs.ofSets(unitDays, column, keyType.equals(scan.unitType()) ? UNIT_ID : IdPairs.EVENT_UNIT_ID)
                : none();
    }

    /** The days of a source whose pairs are known; not of a source that is read whole. */
    static Map<LocalDate, LoadRecord> read(LoadBook loads, IdScan scan) {
        if (!scan.isOfUnitDays()) {
            return loads.of(LoadRecord.Kind.ID_SOURCE, scan.label());
        }
        String component = scan.component().orElseThrow().id();
        Map<LocalDate, LoadRecord> read = new HashMap<>(loads.of(LoadRecord.Kind.METRIC_SOURCE, scan.source()));
        read.values().removeIf(record -> !record.definitions().contains(component));
        return read;
    }

    private Dataset<Row> none() {
        return run.spark().createDataFrame(List.of(), Tables.ID_PAIRS.schema());
    }

    /** The pairs that an experiment knows at the end of the last day whose data counts. */
    private Dataset<Row> known(PlannedExperiment planned) {
        Dataset<Row> pairs = pairs(planned.experiment(), planned.ids().orElseThrow());
        return IdPairs.asOf(pairs, planned.lastWindowDay());
    }

    /** Which units event ids belong to then; empty where the experiment resolves none. */
    Optional<ResolvedIds> resolved(PlannedExperiment planned, Dataset<Row> exposures) {
        return planned.ids()
                .map(scan -> ResolvedIds.of(
                        known(planned), exposures, planned.experiment().units()));
    }

    private Dataset<Row> stored(IdScan scan) {
        return run.warehouse().exists(Tables.ID_PAIRS.name())
                ? run.warehouse().read(Tables.ID_PAIRS.name()).filter(predicate(scan))
                : none();
    }

    private static String predicate(IdScan scan) {
        return "source = '" + scan.label() + "' AND unit_type = '" + scan.unitType() + "' AND event_unit_type = '"
                + scan.eventUnitType() + "'";
    }

    /** Days of the experiments that were never read as the source is defined now, or may have changed. */
    private Collection<LocalDate> missing(IdScan scan, Reading reading) {
        List<PlannedExperiment> experiments = run.plan().experiments();
        return scan.firstDay(experiments)
                .datesUntil(scan.lastDay(experiments).plusDays(1))
                .filter(day -> {
                    LoadRecord record = reading.loaded().get(day);
                    return record == null
                            || reading.reason(day).isPresent()
                            || !record.definitions().contains(scan.key());
                })
                .toList();
    }

    private void write(IdScan scan, Collection<LocalDate> days, RunContext apart) {
        run.warehouse().create(Tables.ID_PAIRS);
        var project = run.plan().project();
        Dataset<Row> rows = apart.sources()
                .read(Objects.requireNonNull(project.assignmentSources().get(scan.source())), days);
        Dataset<Row> pairs = IdPairs.of(
                        rows, scan.column(project, scan.unitType()), scan.column(project, scan.eventUnitType()))
                .withColumn("source", lit(scan.label()))
                .withColumn("unit_type", lit(scan.unitType()))
                .withColumn("event_unit_type", lit(scan.eventUnitType()));
        apart.warehouse()
                .replace(Tables.ID_PAIRS.name(), pairs, predicate(scan) + " AND " + Days.predicate(days), run.commit());
    }

    private Map<LocalDate, Long> counts(IdScan scan, Collection<LocalDate> days) {
        Map<LocalDate, Long> counts = new HashMap<>();
        stored(scan)
                .filter(col(DS).isin(days.toArray()))
                .groupBy(DS)
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.getDate(0).toLocalDate(), row.getLong(1)));
        return counts;
    }

    private void record(IdScan scan, Collection<LocalDate> days, Reading reading, Map<LocalDate, Long> counts) {
        String sameTypes = scan.key().substring(0, scan.key().indexOf('@') + 1);
        List<LoadRecord> records = new ArrayList<>();
        for (LocalDate day : days) {
            LoadRecord before = reading.loaded().get(day);
            Set<String> definitions = new TreeSet<>(before == null ? Set.of() : before.definitions());
            definitions.removeIf(definition -> definition.startsWith(sameTypes));
            definitions.add(scan.key());
            records.add(new LoadRecord(
                    day,
                    LoadRecord.Kind.ID_SOURCE,
                    scan.label(),
                    reading.fingerprint(day),
                    counts.getOrDefault(day, 0L),
                    definitions,
                    run.commit().runId()));
        }
        run.loads().add(records);
    }

    @Override
    public void close() {
        whole.values().forEach(Dataset::unpersist);
        whole.clear();
    }
}
