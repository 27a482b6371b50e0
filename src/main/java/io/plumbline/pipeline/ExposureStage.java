package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.exposure.Exposures;
import io.plumbline.exposure.Sightings;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.source.DayRange;
import io.plumbline.source.Sources;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads the days of an assignment source that are new to its experiments, and merges what they hold into the exposures.
 * An experiment whose definition has changed, or a day of which, starts afresh: a row that is gone cannot be taken out of
 * a state.
 */
final class ExposureStage {

    private final RunContext run;
    private final AssignmentSource source;
    private final List<PlannedExperiment> experiments;

    ExposureStage(RunContext run, AssignmentSource source, List<PlannedExperiment> experiments) {
        this.run = run;
        this.source = source;
        this.experiments = experiments;
    }

    /** Updates the exposures; returns how many rows were read, on how many days. */
    StageCounts load() {
        Reading reading = run.inputs().reading(LoadRecord.Kind.ASSIGNMENT_SOURCE, source.name());
        Set<LocalDate> days = reasons(experiments, reading).keySet();
        if (days.isEmpty()) {
            return new StageCounts(0, 0);
        }
        days.forEach(day -> reading.snapshot().sample(day).ifPresent(file -> resolve(file, day)));
        Dataset<Row> rows = run.sources().read(source, days);
        require(rows);
        List<PlannedExperiment> kept = experiments.stream()
                .filter(e -> isKnown(e, reading) && !isChanged(e, reading))
                .toList();
        Dataset<Row> sightings = Sightings.of(source, experiments, rows).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Map<LocalDate, Long> rowCounts = Sightings.rowsByDay(sightings);
            Dataset<Row> exposures = Exposures.merge(known(kept), Exposures.of(sightings));
            List<PlannedExperiment> changed = experiments.stream()
                    .filter(e -> isKnown(e, reading) && isChanged(e, reading))
                    .toList();
            if (!changed.isEmpty()) {
                new MovedEdges(run, changed).forget(known(changed), exposures);
            }
            write(exposures);
            record(days, reading, rowCounts);
            return new StageCounts(rowCounts.values().stream().mapToLong(n -> n).sum(), days.size());
        } finally {
            sightings.unpersist();
        }
    }

    /** Of a file without a column Spark would read nulls, and the day's exposures would be none: so the columns are looked up. */
    private void resolve(String file, LocalDate day) {
        require(run.sources().sample(source, file, new DayRange(day, day)));
    }

    private void require(Dataset<Row> rows) {
        Sources.require(rows, source.experiment());
        Sources.require(rows, source.group());
        source.properties().forEach(property -> Sources.require(rows, property));
        experiments.forEach(
                e -> Sources.require(rows, source.unitColumn(e.experiment().unit())));
    }

    /** Whether exposures of the experiment are stored, as it is defined now. */
    private static boolean isKnown(PlannedExperiment experiment, Reading reading) {
        return reading.loaded().values().stream()
                .anyMatch(load -> load.definitions().contains(experiment.exposureKey()));
    }

    /** Whether rows of its period may have changed or gone since they were read. */
    private static boolean isChanged(PlannedExperiment experiment, Reading reading) {
        return reading.loaded().keySet().stream()
                .filter(experiment.experiment().period()::covers)
                .flatMap(day -> reading.reason(day).stream())
                .anyMatch(reason -> reason == ReadReason.CHANGED || reason == ReadReason.REFRESHED);
    }

    private Dataset<Row> known(List<PlannedExperiment> some) {
        return run.warehouse()
                .read(Tables.EXPOSURES.name())
                .filter(col(EXPERIMENT)
                        .isin(some.stream().map(PlannedExperiment::name).toArray()));
    }

    /**
     * Days that have to be read for the experiments, and why: never read for them as they are defined now, or maybe changed; all
     * of an experiment's period if one day has changed.
     */
    static SortedMap<LocalDate, ReadReason> reasons(List<PlannedExperiment> experiments, Reading reading) {
        SortedMap<LocalDate, ReadReason> reasons = new TreeMap<>();
        for (PlannedExperiment experiment : experiments) {
            boolean changed = isChanged(experiment, reading);
            experiment
                    .experiment()
                    .period()
                    .start()
                    .datesUntil(experiment.lastDay().plusDays(1))
                    .forEach(day -> reason(experiment, day, reading)
                            .or(() -> changed ? Optional.of(ReadReason.RESTARTED) : Optional.empty())
                            .ifPresent(reason -> reasons.merge(day, reason, ExposureStage::first)));
        }
        return reasons;
    }

    private static Optional<ReadReason> reason(PlannedExperiment experiment, LocalDate day, Reading reading) {
        LoadRecord record = reading.loaded().get(day);
        boolean lacks = record != null && !record.definitions().contains(experiment.exposureKey());
        return reading.reason(day).or(() -> lacks ? Optional.of(ReadReason.EXPERIMENT) : Optional.empty());
    }

    private static ReadReason first(ReadReason one, ReadReason other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private void write(Dataset<Row> exposures) {
        String names = experiments.stream().map(e -> "'" + e.name() + "'").collect(Collectors.joining(", "));
        run.warehouse().replace(Tables.EXPOSURES.name(), exposures, EXPERIMENT + " IN (" + names + ")", run.commit());
    }

    private void record(Collection<LocalDate> days, Reading reading, Map<LocalDate, Long> rowCounts) {
        List<LoadRecord> records = new ArrayList<>();
        for (LocalDate day : days) {
            Set<String> definitions = new TreeSet<>();
            LoadRecord before = reading.loaded().get(day);
            if (before != null) {
                definitions.addAll(before.definitions());
            }
            experiments.forEach(e -> definitions.removeIf(d -> d.startsWith(e.name() + "@")));
            experiments.forEach(e -> definitions.add(e.exposureKey()));
            records.add(new LoadRecord(
                    day,
                    LoadRecord.Kind.ASSIGNMENT_SOURCE,
                    source.name(),
                    reading.fingerprint(day),
                    rowCounts.getOrDefault(day, 0L),
                    definitions,
                    run.commit().runId()));
        }
        run.loads().add(records);
    }
}
