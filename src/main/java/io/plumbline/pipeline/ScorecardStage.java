package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.analysis.HealthChecks;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.Results;
import io.plumbline.analysis.Scorecard;
import io.plumbline.experiment.View;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.exposure.Exposures;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.UnitTotal;
import io.plumbline.summary.Summaries;
import io.plumbline.unittotal.UnitTotals;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes the scorecards of all experiments of one unit type, from exposures and unit-days: no source is read.
 */
final class ScorecardStage {

    private final RunContext run;
    private final String unitType;
    private final List<PlannedExperiment> experiments;
    private final Map<String, String> failed;
    private final Dataset<Row> exposures;

    /**
     * A stage for experiments of one unit type.
     *
     * @param failed metric → why it cannot be computed
     */
    ScorecardStage(RunContext run, String unitType, List<PlannedExperiment> experiments, Map<String, String> failed) {
        this.run = run;
        this.unitType = unitType;
        this.experiments = experiments;
        this.failed = failed;
        Object[] names = experiments.stream().map(PlannedExperiment::name).toArray();
        this.exposures = Exposures.asOf(
                run.warehouse()
                        .read(Tables.EXPOSURES.name())
                        .filter(col(EXPERIMENT).isin(names)),
                run.plan().asOf(),
                run.plan().project().zone());
    }

    /** The daily exposures of the experiments, as of the day. */
    List<ExposureCount> exposureCounts() {
        return ExposureCount.of(exposures);
    }

    /** The scorecards, in the order of the experiments. */
    List<Scorecard> scorecards(List<ExposureCount> counts) {
        Map<View, Summaries> summaries = new ConcurrentHashMap<>();
        Concurrently.run(Stream.of(View.values())
                .filter(view -> !computable(view).isEmpty())
                .<Runnable>map(view -> () -> summaries.put(view, summaries(computable(view), view)))
                .toList());
        return experiments.stream()
                .map(e -> new Scorecard(
                        e.experiment(),
                        run.plan().asOf(),
                        views(e).flatMap(view -> results(e, view, summaries)).toList(),
                        HealthChecks.of(e.experiment(), counts)))
                .toList();
    }

    private Stream<Result> results(PlannedExperiment experiment, View view, Map<View, Summaries> summaries) {
        return Results.of(experiment, view, summaries.getOrDefault(view, Summaries.NONE), failed).stream();
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
                .map(e -> e.with(e.metrics().stream()
                        .filter(m -> !failed.containsKey(m.name()))
                        .toList()))
                .filter(e -> !e.metrics().isEmpty())
                .toList();
    }

    private Summaries summaries(List<PlannedExperiment> shown, View view) {
        int days = days(shown);
        Dataset<Row> totals = UnitTotals.of(
                unitDays(shown, view),
                AnalysedUnits.of(exposures, shown),
                totals(shown),
                Integer.parseInt(run.spark().conf().get("spark.sql.shuffle.partitions")),
                days);
        Dataset<Row> values = UnitValues.of(totals, shown, view, days, keys(shown));
        boolean readTwice = shown.stream().flatMap(e -> e.metrics().stream()).anyMatch(PlannedMetric::isReadTwice);
        double relativeError = run.plan().project().settings().winsorizeRelativeError();
        if (!readTwice) {
            return Summaries.of(values, shown, relativeError);
        }
        Dataset<Row> kept = values.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return Summaries.of(kept, shown, relativeError);
        } finally {
            kept.unpersist();
        }
    }

    private static List<String> keys(List<PlannedExperiment> shown) {
        return Stream.concat(
                        Stream.of(EXPERIMENT, UNIT_ID, "group_name", DIMENSION, DIMENSION_VALUE),
                        AnalysedUnits.properties(shown).stream().map(name -> PROPERTY + name))
                .toList();
    }

    /** Unit-days of every source that the metrics need, one below the other; columns of other sources are null. */
    private Dataset<Row> unitDays(List<PlannedExperiment> shown, View view) {
        LocalDate first = view == View.DAILY ? run.plan().asOf() : start(shown);
        List<UnitTotal> totals = totals(shown);
        List<String> sources = totals.stream()
                .map(total -> total.component().component().source())
                .distinct()
                .toList();
        List<Dataset<Row>> perSource = new ArrayList<>();
        for (String source : sources) {
            Column[] columns = UnitTotals.columns(totals.stream()
                            .filter(t -> t.component().component().source().equals(source))
                            .toList())
                    .stream()
                    .map(functions::col)
                    .toArray(Column[]::new);
            perSource.add(run.warehouse()
                    .read(Tables.unitDays(source, unitType, "").name())
                    .filter(col(DS).between(lit(first), lit(run.plan().asOf())))
                    .select(columns));
        }
        return perSource.stream().reduce((a, b) -> a.unionByName(b, true)).orElseThrow();
    }

    private static List<UnitTotal> totals(List<PlannedExperiment> shown) {
        return shown.stream()
                .flatMap(e -> e.metrics().stream())
                .flatMap(metric -> metric.totals().stream())
                .distinct()
                .toList();
    }

    private static LocalDate start(List<PlannedExperiment> shown) {
        return shown.stream()
                .map(e -> e.experiment().period().start())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private int days(List<PlannedExperiment> shown) {
        return Math.toIntExact(ChronoUnit.DAYS.between(start(shown), run.plan().asOf()) + 1);
    }
}
