package io.plumbline.pipeline;

import io.plumbline.analysis.CatalogValue;
import io.plumbline.analysis.Scorecard;
import io.plumbline.experiment.Group;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.warehouse.CatalogRows;
import io.plumbline.warehouse.Days;
import io.plumbline.warehouse.ResultRows;
import io.plumbline.warehouse.RunRows;
import io.plumbline.warehouse.Tables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Writes what a run has found into the output tables: one commit per table, each replacing exactly what it is about. */
final class Publication {

    private final RunContext run;

    Publication(RunContext run) {
        this.run = run;
    }

    /** Replaces the catalog series of the days, and of other days only those of the metrics that have values for them. */
    void catalog(Collection<LocalDate> days, List<CatalogValue> values) {
        Map<Boolean, List<CatalogValue>> ofDays =
                values.stream().collect(Collectors.partitioningBy(value -> days.contains(value.day())));
        run.replace(
                Tables.METRIC_DAILY, rows(ofDays.getOrDefault(true, List.of())), Days.predicate(days) + ofMetrics());
        List<CatalogValue> others = ofDays.getOrDefault(false, List.of());
        if (!others.isEmpty()) {
            Map<String, Set<LocalDate>> daysByMetric = others.stream()
                    .collect(Collectors.groupingBy(
                            CatalogValue::metric,
                            TreeMap::new,
                            Collectors.mapping(CatalogValue::day, Collectors.toCollection(TreeSet::new))));
            String predicate = daysByMetric.entrySet().stream()
                    .map(entry -> "(metric = '" + entry.getKey() + "' AND " + Days.predicate(entry.getValue()) + ")")
                    .collect(Collectors.joining(" OR "));
            run.replace(Tables.METRIC_DAILY, rows(others), predicate);
        }
    }

    private String ofMetrics() {
        return run.plan().selected().isEmpty()
                ? ""
                : " AND metric IN ("
                        + run.plan().metrics().keySet().stream()
                                .map(name -> "'" + name + "'")
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    private List<Row> rows(List<CatalogValue> values) {
        return values.stream()
                .map(value -> CatalogRows.of(value, run.commit().runId()))
                .toList();
    }

    /**
     * Replaces results, health and daily exposures as of the days: those of all experiments, but for those that keep
     * what an earlier run of the day has found.
     */
    void scorecards(List<DayScorecards> days) {
        String runId = run.commit().runId();
        String replaced = replaced(days);
        List<Scorecard> all =
                days.stream().flatMap(day -> day.scorecards().stream()).toList();
        List<Runnable> commits = List.of(
                () -> run.replace(
                        Tables.EXPERIMENT_RESULTS,
                        all.stream()
                                .flatMap(s -> ResultRows.results(s, runId).stream())
                                .toList(),
                        replaced),
                () -> run.replace(
                        Tables.EXPERIMENT_HEALTH,
                        all.stream()
                                .flatMap(s -> ResultRows.health(s, runId).stream())
                                .toList(),
                        replaced),
                () -> run.replace(
                        Tables.EXPERIMENT_EXPOSURES_DAILY,
                        days.stream().flatMap(this::exposures).toList(),
                        replaced));
        Concurrently.run(commits);
    }

    /** Days on which the same experiments keep their results make one condition. */
    private static String replaced(List<DayScorecards> days) {
        Map<Set<String>, List<LocalDate>> byKept = days.stream()
                .collect(Collectors.groupingBy(
                        DayScorecards::kept,
                        LinkedHashMap::new,
                        Collectors.mapping(day -> day.scorecards().get(0).asOf(), Collectors.toList())));
        return byKept.entrySet().stream()
                .map(entry -> Days.predicate(entry.getValue()) + butFor(entry.getKey()))
                .collect(Collectors.joining(" OR "));
    }

    private static String butFor(Set<String> kept) {
        String names = kept.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return kept.isEmpty() ? "" : " AND experiment NOT IN (" + names + ")";
    }

    /** Replaces the results of one experiment only. */
    void scorecard(Scorecard scorecard) {
        String runId = run.commit().runId();
        String predicate = Days.predicate(List.of(scorecard.asOf())) + " AND experiment = '"
                + scorecard.experiment().name() + "'";
        Concurrently.run(List.of(
                () -> run.replace(Tables.EXPERIMENT_RESULTS, ResultRows.results(scorecard, runId), predicate),
                () -> run.replace(Tables.EXPERIMENT_HEALTH, ResultRows.health(scorecard, runId), predicate)));
    }

    private Stream<Row> exposures(DayScorecards day) {
        return day.scorecards().stream()
                .flatMap(s -> s.experiment().groups().stream().map(g -> exposures(s, g, day.counts())));
    }

    private Row exposures(Scorecard scorecard, Group group, List<ExposureCount> counts) {
        Map<Boolean, Long> units = counts.stream()
                .filter(c -> c.experiment().equals(scorecard.experiment().name())
                        && c.group().equals(group.name()))
                .collect(Collectors.partitioningBy(
                        c -> c.day().equals(scorecard.asOf()),
                        Collectors.summingLong(
                                c -> c.analysed(scorecard.experiment().crossover()))));
        long today = units.getOrDefault(true, 0L);
        return RunRows.of(
                Tables.EXPERIMENT_EXPOSURES_DAILY,
                Map.of(
                        "ds", Date.valueOf(scorecard.asOf()),
                        "experiment", scorecard.experiment().name(),
                        "group_name", group.name(),
                        "new_units", today,
                        "cumulative_units", today + units.getOrDefault(false, 0L),
                        "run_id", run.commit().runId()));
    }
}
