package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.analysis.History;
import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Period;
import io.plumbline.experiment.View;
import io.plumbline.exposure.Exposures;
import io.plumbline.plan.RunPlan;
import io.plumbline.source.DayRange;
import io.plumbline.statistics.Baseline;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Warehouse;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a metric was like in the past, for planning the next experiment; nothing is saved. */
public final class Histories {

    private static final Baseline UNKNOWN = new Baseline(Double.NaN, Double.NaN);

    private final Project project;
    private final SparkSession spark;
    private final Warehouse warehouse;
    private final LoadBook loads;

    Histories(Project project, SparkSession spark, Warehouse warehouse) {
        this.project = project;
        this.spark = spark;
        this.warehouse = warehouse;
        this.loads = new LoadBook(new Loads(spark, warehouse));
    }

    /**
     * The control of a past experiment and its rate of exposures: as stored or, of the units that a focus chooses,
     * computed.
     *
     * @param asOf the day of the results
     * @throws IllegalArgumentException if days that a focus needs were not read
     */
    public History ofExperiment(String name, String metric, LocalDate asOf, Focus focus) {
        Experiment experiment = Objects.requireNonNull(project.experiments().get(name), name);
        Dataset<Row> exposures = Exposures.asOf(
                warehouse.read(Tables.EXPOSURES.name()).filter(col(EXPERIMENT).equalTo(lit(name))),
                asOf,
                project.zone());
        Period period = experiment.period();
        long days = ChronoUnit.DAYS.between(period.start(), period.lastDay(asOf)) + 1;
        Baseline baseline = focus.equals(Focus.NONE) ? stored(name, metric, asOf) : computed(name, metric, asOf, focus);
        return new History(baseline, focus.chosen(exposures).count() / (double) days);
    }

    private Baseline stored(String experiment, String metric, LocalDate asOf) {
        return warehouse
                .read(Tables.EXPERIMENT_RESULTS.name())
                .filter(col("ds")
                        .equalTo(lit(asOf))
                        .and(col("experiment").equalTo(lit(experiment)))
                        .and(col("metric").equalTo(lit(metric)))
                        .and(col("view").equalTo(lit(View.CUMULATIVE.label())))
                        .and(col("is_control"))
                        .and(col("dimension").isNull())
                        .and(col("step").isNull()))
                .select("unadjusted_mean", "variance")
                .collectAsList()
                .stream()
                .filter(row -> !row.anyNull())
                .findFirst()
                .map(row -> new Baseline(row.getDouble(0), row.getDouble(1)))
                .orElse(UNKNOWN);
    }

    private Baseline computed(String experiment, String metric, LocalDate asOf, Focus focus) {
        return new OnDemand(project, spark, warehouse)
                .scorecard(experiment, asOf, focus).results().stream()
                        .filter(result -> result.key().metric().equals(metric)
                                && result.key().view() == View.CUMULATIVE
                                && result.key().isControl()
                                && result.key().slice().isTopLine()
                                && result.key().step().isEmpty())
                        .findFirst()
                        .map(result -> Baseline.of(result.estimate()))
                        .orElse(UNKNOWN);
    }

    /**
     * The units that had a row in the metric's first source within some days, from their first such row on.
     *
     * @param days how many days, the last of which is {@code asOf}
     * @param condition SQL over a row of that source, which then has to be true; empty for any row
     * @throws IllegalArgumentException if some of the days were not read, or the condition cannot be used
     */
    public History ofMetric(String metric, LocalDate asOf, int days, Optional<String> condition) {
        RunPlan plan = RunPlan.daily(project, asOf);
        RunContext context = RunContext.of(
                spark,
                warehouse,
                plan,
                loads,
                Inputs.unread(loads),
                RunRecord.start("power", plan).commit());
        return new PastUnits(context, metric, new DayRange(asOf.minusDays(days - 1L), asOf)).history(condition);
    }

    /** The newest day on which all sources of a metric were read. */
    public Optional<LocalDate> latestDay(String metric) {
        return Objects.requireNonNull(project.metrics().get(metric), metric).sources().stream()
                .map(source -> loads.of(LoadRecord.Kind.METRIC_SOURCE, source).keySet())
                .reduce((one, other) -> {
                    Set<LocalDate> both = new TreeSet<>(one);
                    both.retainAll(other);
                    return both;
                })
                .flatMap(read -> read.stream().max(Comparator.naturalOrder()));
    }
}
