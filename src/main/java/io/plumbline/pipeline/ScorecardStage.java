package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;

import io.plumbline.analysis.HealthCheck;
import io.plumbline.analysis.HealthChecks;
import io.plumbline.analysis.IdChecks;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.Results;
import io.plumbline.analysis.Scorecard;
import io.plumbline.experiment.View;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.exposure.Exposures;
import io.plumbline.exposure.IdCount;
import io.plumbline.exposure.ResolvedIds;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.summary.Summaries;
import io.plumbline.warehouse.Tables;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes the scorecards of experiments of one unit type, from exposures and unit-days: no source is read. An experiment
 * that resolves ids is alone in its stage, because its unit-days have the ids of no other experiment.
 */
final class ScorecardStage implements AutoCloseable {

    private final RunContext run;
    private final String unitType;
    private final List<PlannedExperiment> experiments;
    private final PropertyStage properties;
    private final Map<String, String> failed;
    private final Optional<StoredTotals> stored;
    private final Dataset<Row> allExposures;
    private final Dataset<Row> exposures;
    private final Optional<ResolvedIds> ids;

    /**
     * A stage for experiments of one unit type.
     *
     * @param pairs which ids belong together
     * @param properties what property sources say of units
     * @param failed metric → why it cannot be computed
     * @param stored what stands for the oldest days; empty to add up all days
     */
    ScorecardStage(
            RunContext run,
            List<PlannedExperiment> experiments,
            IdStage pairs,
            PropertyStage properties,
            Map<String, String> failed,
            Optional<StoredTotals> stored) {
        this.run = run;
        this.unitType = experiments.get(0).experiment().unit();
        this.experiments = experiments;
        this.properties = properties;
        this.failed = failed;
        this.stored = stored;
        Object[] names = experiments.stream().map(PlannedExperiment::name).toArray();
        this.allExposures = Exposures.asOf(
                run.warehouse()
                        .read(Tables.EXPOSURES.name())
                        .filter(col(EXPERIMENT).isin(names)),
                run.plan().asOf(),
                run.plan().project().zone());
        this.ids = experiments.stream()
                .flatMap(e -> pairs.resolved(e, allExposures).stream())
                .findFirst()
                .map(ResolvedIds::persisted);
        this.exposures = ids.map(resolved -> resolved.kept(allExposures)).orElse(allExposures);
    }

    private ScorecardStage(ScorecardStage whole, Focus focus) {
        this.run = whole.run;
        this.unitType = whole.unitType;
        this.experiments = whole.experiments;
        this.properties = whole.properties;
        this.failed = whole.failed;
        this.stored = whole.stored;
        this.ids = whole.ids;
        this.allExposures = focus.chosen(whole.allExposures);
        this.exposures = focus.chosen(whole.exposures);
    }

    /** The same stage for those units that a focus chooses; ids belong to whom they belong to among all. */
    ScorecardStage with(Focus focus) {
        return new ScorecardStage(this, focus);
    }

    /** The daily exposures of the experiments, as of the day. */
    List<ExposureCount> exposureCounts() {
        return ids.isPresent() ? ExposureCount.of(allExposures, exposures) : ExposureCount.of(exposures);
    }

    /** The scorecards, in the order of the experiments. */
    List<Scorecard> scorecards(List<ExposureCount> counts) {
        Map<View, Map<Integer, Summaries>> summaries = summaries();
        return experiments.stream().map(e -> scorecard(e, counts, summaries)).toList();
    }

    private Scorecard scorecard(
            PlannedExperiment experiment, List<ExposureCount> counts, Map<View, Map<Integer, Summaries>> summaries) {
        List<Result> results = views(experiment)
                .flatMap(view -> results(experiment, view, summaries))
                .toList();
        Summaries cumulative =
                summaries.getOrDefault(View.CUMULATIVE, Map.of()).getOrDefault(Summaries.NO_DAY, Summaries.NONE);
        return new Scorecard(
                experiment.experiment(), run.plan().asOf(), results, health(experiment, counts, results, cumulative));
    }

    private List<HealthCheck> health(
            PlannedExperiment experiment, List<ExposureCount> counts, List<Result> results, Summaries cumulative) {
        Stream<HealthCheck> resolution =
                ids.map(resolved -> IdChecks.of(experiment.experiment(), counts, IdCount.of(resolved))).stream();
        return Stream.concat(HealthChecks.of(experiment, counts, results, cumulative).stream(), resolution)
                .toList();
    }

    @Override
    public void close() {
        ids.ifPresent(resolved -> resolved.links().unpersist());
    }

    /** The summaries of every view that some experiment shows; units that are read again are kept until then. */
    private Map<View, Map<Integer, Summaries>> summaries() {
        List<PlannedExperiment> all = computable(View.CUMULATIVE);
        if (all.isEmpty()) {
            return Map.of();
        }
        List<View> shown = Stream.of(View.values())
                .filter(view -> !computable(view).isEmpty())
                .toList();
        Dataset<Row> units = AnalysedUnits.of(properties.added(exposures, unitType), all);
        if (shown.size() > 1 || all.stream().anyMatch(ScorecardStage::isBrokenDown)) {
            units.persist(StorageLevel.MEMORY_AND_DISK());
        }
        try {
            UnitLevel level = UnitLevel.of(new UnitDayReader(run, unitType, ids, stored), all, units);
            Map<View, Map<Integer, Summaries>> summaries = new ConcurrentHashMap<>();
            Concurrently.run(shown.stream()
                    .<Runnable>map(view -> () -> summaries.put(view, level.summaries(computable(view), view)))
                    .toList());
            return summaries;
        } finally {
            units.unpersist();
        }
    }

    /** Which values a breakdown shows is found from the units, before they are read for its results. */
    private static boolean isBrokenDown(PlannedExperiment experiment) {
        return !experiment.experiment().breakdowns().isEmpty()
                || experiment.metrics().stream()
                        .anyMatch(metric -> !experiment.columnDimensions(metric).isEmpty());
    }

    private Stream<Result> results(
            PlannedExperiment experiment, View view, Map<View, Map<Integer, Summaries>> summaries) {
        Summaries none = Summaries.NONE;
        Map<Integer, Summaries> byDay = summaries.getOrDefault(view, Map.of());
        if (view != View.DAYS_SINCE_EXPOSURE) {
            Summaries whole = byDay.getOrDefault(Summaries.NO_DAY, none);
            return Results.of(inView(experiment, view), view, OptionalInt.empty(), whole, failed).stream();
        }
        PlannedExperiment told = inView(experiment.with(computable(experiment, view)), view);
        int days = Math.toIntExact(
                ChronoUnit.DAYS.between(experiment.experiment().period().start(), experiment.lastWindowDay()));
        return IntStream.rangeClosed(0, days)
                .filter(byDay::containsKey)
                .boxed()
                .flatMap(day ->
                        Results.of(told, view, OptionalInt.of(day), byDay.getOrDefault(day, none), failed).stream());
    }

    /** Covariates are from before the exposure, and results of single days since then do without them. */
    private static PlannedExperiment inView(PlannedExperiment experiment, View view) {
        return view == View.CUMULATIVE ? experiment : experiment.unadjusted();
    }

    /** The metrics of an experiment that a view shows and that can be computed. */
    private List<PlannedMetric> computable(PlannedExperiment experiment, View view) {
        return experiment.metrics().stream()
                .filter(metric -> !failed.containsKey(metric.name()))
                .filter(metric ->
                        view != View.DAYS_SINCE_EXPOSURE || metric.metric().isToldByDay())
                .toList();
    }

    /** The views of an experiment; its last day is the last with a daily one. */
    private Stream<View> views(PlannedExperiment experiment) {
        return experiment.experiment().views().stream()
                .filter(view -> view != View.DAILY
                        || experiment.lastDay().equals(run.plan().asOf()));
    }

    /** The experiments that show a view, with the metrics that can be computed. */
    private List<PlannedExperiment> computable(View view) {
        return experiments.stream()
                .filter(e -> views(e).anyMatch(view::equals))
                .map(e -> inView(e.with(computable(e, view)), view))
                .filter(e -> !e.metrics().isEmpty())
                .toList();
    }
}
