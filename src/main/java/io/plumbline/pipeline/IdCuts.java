package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.plumbline.experiment.Experiment;
import io.plumbline.exposure.ExposureEdges;
import io.plumbline.exposure.IdPairs;
import io.plumbline.plan.Edges;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.unitday.Splits;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.sql.Date;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where the days of a source are cut whose rows carry another id than the exposures.
 *
 * <p>An event id is cut at the edges of all units that it was ever seen with, so that only a new pair can ask for another
 * cut, and never a pair that is decided otherwise. A day that was read before such a pair was known has to be read again
 * if the event id has rows on it. To find these days, each is recorded with a hash of the cuts of the event ids that have
 * unit-days on it.
 */
final class IdCuts {

    private static final String PREFIX = "ids:";

    private final RunContext run;
    private final SourcePlan plan;
    private final IdStage ids;

    IdCuts(RunContext run, SourcePlan plan, IdStage ids) {
        this.run = run;
        this.plan = plan;
        this.ids = ids;
    }

    /** The exposures that some experiments' edges are counted from, by the id that the source's rows carry. */
    Dataset<Row> exposures(List<Edges> edges) {
        Dataset<Row> direct = run.warehouse().read(Tables.EXPOSURES.name());
        List<Edges> resolved = resolved(edges);
        if (resolved.isEmpty()) {
            return direct;
        }
        Object[] names = resolved.stream().map(Edges::experiment).toArray();
        Dataset<Row> all = direct.filter(col(EXPERIMENT).isin(names).equalTo(lit(false)))
                .select(EXPERIMENT, UNIT_ID, FIRST_EXPOSURE_AT);
        for (Edges each : resolved) {
            all = all.unionByName(exposures(each));
        }
        return all;
    }

    private Dataset<Row> exposures(Edges resolved) {
        Experiment experiment =
                Objects.requireNonNull(run.plan().project().experiments().get(resolved.experiment()));
        return IdPairs.exposures(
                run.warehouse()
                        .read(Tables.EXPOSURES.name())
                        .filter(col(EXPERIMENT).equalTo(lit(experiment.name()))),
                ids.pairs(experiment, resolved.ids().orElseThrow()));
    }

    /** Days before the run's own that are not cut as the pairs known by now ask for. */
    Set<LocalDate> stale(Map<LocalDate, LoadRecord> loaded) {
        Set<LocalDate> stale = new TreeSet<>();
        for (Edges each : resolved(plan.edges())) {
            List<LocalDate> days = loaded.values().stream()
                    .filter(load -> load.definitions().contains(each.key()))
                    .map(LoadRecord::day)
                    .filter(day -> !day.isBefore(plan.firstDay())
                            && !day.isAfter(run.plan().asOf()))
                    .sorted()
                    .toList();
            Map<LocalDate, Set<String>> wanted = keys(List.of(each), days);
            days.stream()
                    .filter(day -> !Objects.requireNonNull(loaded.get(day))
                            .definitions()
                            .containsAll(wanted.getOrDefault(day, Set.of())))
                    .forEach(stale::add);
        }
        return stale;
    }

    /** What is recorded of days beside their definitions: for each experiment how its event ids are cut. */
    Map<LocalDate, Set<String>> keys(List<Edges> edges, Collection<LocalDate> days) {
        Map<LocalDate, Set<String>> keys = new HashMap<>();
        for (Edges each : resolved(edges)) {
            Map<LocalDate, Long> hashes = days.isEmpty() ? Map.of() : hashes(each, days);
            for (LocalDate day : days) {
                keys.computeIfAbsent(day, any -> new TreeSet<>())
                        .add(PREFIX + each.experiment() + "@" + Long.toHexString(hashes.getOrDefault(day, 0L)));
            }
        }
        return keys;
    }

    /** Whether the cuts of a day were recorded, which follow from the units that have unit-days on it. */
    static boolean isRecorded(LoadRecord load) {
        return load.definitions().stream().anyMatch(definition -> definition.startsWith(PREFIX));
    }

    /** What was recorded of a day, without what is about to be recorded anew. */
    static Set<String> others(Set<String> definitions, Set<String> keys) {
        Set<String> replaced =
                keys.stream().map(key -> key.substring(0, key.indexOf('@') + 1)).collect(Collectors.toSet());
        return definitions.stream()
                .filter(definition -> replaced.stream().noneMatch(definition::startsWith))
                .collect(Collectors.toSet());
    }

    private Map<LocalDate, Long> hashes(Edges each, Collection<LocalDate> days) {
        String table = Tables.unitDays(plan.name(), each.unitType(), "").name();
        if (each.offsets().isEmpty() || !run.warehouse().exists(table)) {
            return Map.of();
        }
        Dataset<Row> edges = ExposureEdges.of(exposures(each), each.unitType(), List.of(each), DayRange.covering(days));
        Dataset<Row> unitDays = run.warehouse()
                .read(table)
                .filter(col(DS).isin(days.toArray()))
                .select(UNIT_ID, DS)
                .distinct();
        Map<LocalDate, Long> hashes = new HashMap<>();
        List<Row> rows = new ArrayList<>(edges.join(unitDays, new String[] {UNIT_ID, DS})
                .groupBy(DS)
                .agg(bit_xor(xxhash64(col(UNIT_ID), col(Splits.SPLIT_AT))).as("hash"))
                .collectAsList());
        rows.forEach(row -> hashes.put(row.<Date>getAs(DS).toLocalDate(), row.<Long>getAs("hash")));
        return hashes;
    }

    private static List<Edges> resolved(List<Edges> edges) {
        return edges.stream().filter(each -> each.ids().isPresent()).toList();
    }
}
