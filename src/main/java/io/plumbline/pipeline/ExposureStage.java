package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.exposure.Exposures;
import io.plumbline.exposure.Sightings;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.source.DayRange;
import io.plumbline.source.Fingerprints;
import io.plumbline.source.SourceSchema;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads the days of an assignment source that are new to its experiments, and merges what they hold into the exposures.
 * An experiment whose definition has changed starts afresh.
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
        Map<LocalDate, LoadRecord> loaded = run.loads().of(LoadRecord.Kind.ASSIGNMENT_SOURCE, source.name());
        Set<LocalDate> days = new TreeSet<>();
        experiments.forEach(e -> days.addAll(missing(e, loaded)));
        if (days.isEmpty()) {
            return new StageCounts(0, 0);
        }
        Dataset<Row> rows = run.sources()
                .read(source, DayRange.covering(days))
                .filter(col(SourceSchema.DAY).isin(days.toArray()));
        List<String> kept = experiments.stream()
                .filter(e -> loaded.values().stream()
                        .anyMatch(load -> load.definitions().contains(key(e))))
                .map(PlannedExperiment::name)
                .toList();
        Dataset<Row> known = run.warehouse()
                .read(Tables.EXPOSURES.name())
                .filter(col(EXPERIMENT).isin(kept.toArray()));
        String fingerprint = Fingerprints.of(run.spark(), source.location());
        Dataset<Row> sightings = Sightings.of(source, experiments, rows).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Map<LocalDate, Long> rowCounts = Sightings.rowsByDay(sightings);
            write(Exposures.merge(known, Exposures.of(sightings)));
            record(days, loaded, rowCounts, fingerprint);
            return new StageCounts(rowCounts.values().stream().mapToLong(n -> n).sum(), days.size());
        } finally {
            sightings.unpersist();
        }
    }

    /** Days of the experiment's period that were never read for it as it is defined now, and the days as of which there are results. */
    private List<LocalDate> missing(PlannedExperiment experiment, Map<LocalDate, LoadRecord> loaded) {
        return experiment
                .experiment()
                .period()
                .start()
                .datesUntil(experiment.lastDay().plusDays(1))
                .filter(day -> {
                    LoadRecord record = loaded.get(day);
                    return !day.isBefore(run.plan().firstAsOf())
                            || record == null
                            || !record.definitions().contains(key(experiment));
                })
                .toList();
    }

    private void write(Dataset<Row> exposures) {
        String names = experiments.stream().map(e -> "'" + e.name() + "'").collect(Collectors.joining(", "));
        run.warehouse().replace(Tables.EXPOSURES.name(), exposures, EXPERIMENT + " IN (" + names + ")", run.commit());
    }

    private void record(
            Collection<LocalDate> days,
            Map<LocalDate, LoadRecord> loaded,
            Map<LocalDate, Long> rowCounts,
            String fingerprint) {
        List<LoadRecord> records = new ArrayList<>();
        for (LocalDate day : days) {
            Set<String> definitions = new TreeSet<>();
            LoadRecord before = loaded.get(day);
            if (before != null) {
                definitions.addAll(before.definitions());
            }
            experiments.forEach(e -> definitions.removeIf(d -> d.startsWith(e.name() + "@")));
            experiments.forEach(e -> definitions.add(key(e)));
            records.add(new LoadRecord(
                    day,
                    LoadRecord.Kind.ASSIGNMENT_SOURCE,
                    source.name(),
                    fingerprint,
                    rowCounts.getOrDefault(day, 0L),
                    definitions));
        }
        run.loads().add(records);
    }

    private static String key(PlannedExperiment experiment) {
        return experiment.name() + "@" + experiment.exposureHash();
    }
}
