package io.plumbline.pipeline;

import io.plumbline.analysis.Scorecard;
import io.plumbline.definition.Modified;
import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import io.plumbline.experiment.Experiment;
import io.plumbline.inspect.Preview;
import io.plumbline.inspect.Previews;
import io.plumbline.inspect.Walk;
import io.plumbline.metric.Metric;
import io.plumbline.plan.RunPlan;
import io.plumbline.source.Sources;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.RunDiff;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Views;
import io.plumbline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The Java API: a project on a Spark session. The command line and notebooks call nothing else.
 *
 * <pre>
 * Plumbline plumbline = Plumbline.on(spark, project);
 * plumbline.run(LocalDate.parse("2026-11-19"), Progress.NONE);
 * plumbline.table("v_scorecard").show();
 * </pre>
 */
public final class Plumbline {

    /** What a part of a daily job is called in the table of runs. */
    static final String PART = "run --select";

    private final SparkSession spark;
    private final Project project;
    private final Warehouse warehouse;

    private Plumbline(SparkSession spark, Project project) {
        this.spark = spark;
        this.project = project;
        this.warehouse = new Warehouse(spark, project.warehouse());
    }

    /** A project on the application of a session; the session's own settings stay as they are. */
    public static Plumbline on(SparkSession spark, Project project) {
        return new Plumbline(ProjectSession.of(spark, project.zone()), project);
    }

    /** Creates the output tables, and in a schema the views, where they do not exist. */
    public void init() {
        Concurrently.run(Tables.ALL.stream()
                .<Runnable>map(table -> () -> warehouse.create(table))
                .toList());
        if (project.warehouse() instanceof Project.Warehouse.Schema) {
            Views.all(warehouse, project).forEach(warehouse::createView);
        }
    }

    /**
     * The daily job as of a day: reads what is new, recomputes what depends on it, and publishes. Running a day again
     * leaves the same tables.
     *
     * @throws io.plumbline.warehouse.ConflictException if another run of the project began after this one
     */
    public RunReport run(LocalDate asOf, Progress progress) {
        return run(asOf, Refresh.CHANGES, progress);
    }

    /**
     * The daily job as of a day, which reads what is new or has changed since it was read, or everything again.
     *
     * @throws io.plumbline.warehouse.ConflictException if another run of the project began after this one
     */
    public RunReport run(LocalDate asOf, Refresh refresh, Progress progress) {
        return perform("run", RunPlan.daily(project, asOf), refresh, progress);
    }

    /**
     * The part of the daily job that a selection names. It reads what was never read and computes from that; changes of
     * what was read before, and everything that is not selected, are left to the next whole run.
     *
     * @throws IllegalArgumentException if nothing of the selection has results as of the day
     * @throws io.plumbline.warehouse.ConflictException if another run of the project began after this one
     */
    public RunReport run(LocalDate asOf, Selected selected, Progress progress) {
        return perform(PART, RunPlan.daily(project, asOf).only(selected), Refresh.MISSING, progress);
    }

    /**
     * The daily jobs of consecutive days, both included, which share one scan of each source; leaves the same tables as
     * the jobs one by one.
     *
     * @throws io.plumbline.warehouse.ConflictException if another run of the project began after this one
     */
    public RunReport backfill(LocalDate first, LocalDate last, Progress progress) {
        return perform("backfill", RunPlan.range(project, first, last), Refresh.CHANGES, progress);
    }

    /**
     * What {@link #run(LocalDate, Refresh, Progress)} would read and compute, and why.
     *
     * @throws io.plumbline.source.SourceException if a source cannot be found
     */
    public List<PlannedWork> planned(LocalDate asOf, Refresh refresh) {
        init();
        RunPlan asked = RunPlan.daily(project, asOf);
        Inputs inputs = Inputs.of(spark, asked, new LoadBook(new Loads(spark, warehouse)), refresh);
        return new DryRun(Scope.of(asked, inputs, warehouse), inputs).work();
    }

    /** Those days of a range, both included, as of which no run has ended well; in order. */
    public List<LocalDate> missingDays(LocalDate first, LocalDate last) {
        Set<LocalDate> missing =
                new TreeSet<>(first.datesUntil(last.plusDays(1)).toList());
        if (warehouse.exists(Tables.RUNS.name())) {
            warehouse
                    .read(Tables.RUNS.name())
                    .filter("status = 'ok' AND command IN ('run', 'backfill')")
                    .select("as_of")
                    .distinct()
                    .collectAsList()
                    .forEach(row -> missing.remove(row.getDate(0).toLocalDate()));
        }
        return List.copyOf(missing);
    }

    /**
     * The definitions that differ from what the last run of each has computed, by their own content; all of them before the
     * first run.
     *
     * @throws UnknownStateException if the runs there were do not say what they have computed
     */
    public Modified modified() {
        return new ProjectState(project, warehouse).modified();
    }

    private RunReport perform(String command, RunPlan asked, Refresh refresh, Progress progress) {
        init();
        RunRecord record = RunRecord.start(command, asked);
        SparkSession interpreting = ProjectSession.interpreting(spark, project.zone());
        Warehouse own = warehouse.in(interpreting).begin(record.commit()).in(spark);
        LoadBook loads = new LoadBook(new Loads(interpreting, own.in(interpreting)));
        Inputs inputs = Inputs.of(spark, asked, loads, refresh);
        Scope scope = Scope.of(asked, inputs, own);
        RunContext context = RunContext.of(spark, own, scope.plan(), loads, inputs, record.commit());
        DailyRun daily = new DailyRun(context, scope, progress);
        try {
            RunSteps steps = daily.perform();
            record.end(context, steps, daily.definitions().text());
            return new RunReport(record.commit().runId(), asked.asOf(), steps.reports(), daily.found());
        } catch (RuntimeException e) {
            record.fail(context, daily.steps(), e);
            throw e;
        }
    }

    /**
     * The scorecard of one experiment as of a day, from what has been read; nothing is saved.
     *
     * @throws IllegalArgumentException if there is no such experiment, or days that it needs were not read
     */
    public Scorecard analyze(String experiment, LocalDate asOf) {
        return analyze(experiment, asOf, Focus.NONE);
    }

    /**
     * The scorecard of one experiment as of a day, by a further breakdown or of some of its units; nothing is saved.
     *
     * @throws IllegalArgumentException if there is no such experiment, or days that it needs were not read
     */
    public Scorecard analyze(String experiment, LocalDate asOf, Focus focus) {
        return onDemand().scorecard(experiment, asOf, focus);
    }

    /**
     * What an analysis may look at beyond the whole.
     *
     * @param breakdown a unit property, or a source column of some of the experiment's metrics
     * @param condition SQL over the properties that the experiment's exposures have
     * @throws IllegalArgumentException if there is no such experiment or breakdown, or the condition cannot be used
     */
    public Focus focus(String experiment, Optional<String> breakdown, Optional<String> condition) {
        return onDemand().focus(experiment, breakdown, condition);
    }

    /** Saves a scorecard as the results of its experiment and day, in place of those that are there. */
    public void save(Scorecard scorecard) {
        onDemand().save(scorecard);
    }

    private OnDemand onDemand() {
        return new OnDemand(project, spark, warehouse);
    }

    /** The newest day for which everything that the experiment needs has been read. */
    public Optional<LocalDate> latestDay(String experiment) {
        if (!warehouse.exists(Tables.LOADS.name())) {
            return Optional.empty();
        }
        Experiment definition = Objects.requireNonNull(
                project.experiments().get(experiment), () -> "no experiment '" + experiment + "'");
        return Readiness.latestDay(project, definition, new LoadBook(new Loads(spark, warehouse)));
    }

    /**
     * Rows of one day that pass the filters of a metric, or all rows of a metric source, and what every filter lets pass.
     *
     * @param name of a metric or, where there is no such metric, of a metric source
     * @param limit the most rows of a sample
     */
    public List<Preview> preview(String name, LocalDate day, int limit) {
        Previews previews = new Previews(new Sources(spark, project.zone()), day, limit);
        Metric metric = project.metrics().get(name);
        return metric == null
                ? previews.of(Objects.requireNonNull(project.metricSources().get(name), name))
                : previews.of(metric, project.metricSources());
    }

    /** What metrics were like in the past. */
    public Histories histories() {
        init();
        return new Histories(project, spark, warehouse);
    }

    /** The newest day with results of a metric of an experiment. */
    public Optional<LocalDate> latestResult(String experiment, String metric) {
        return new StoredResults(warehouse).latestDay(experiment, metric);
    }

    /**
     * Walks a metric of an experiment from source rows to its stored results, which stay as they are.
     *
     * @throws IllegalArgumentException if there are no results of the day
     */
    public Walk reconcile(String experiment, String metric, LocalDate asOf) {
        List<Row> stored = new StoredResults(warehouse).of(experiment, metric, asOf);
        Metric walked = Objects.requireNonNull(project.metrics().get(metric), metric);
        return onDemand().walk(experiment, walked, asOf, stored);
    }

    /**
     * An output table or view.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Dataset<Row> table(String name) {
        Map<String, String> views = Views.all(warehouse, project);
        if (views.containsKey(name)) {
            return spark.sql(views.get(name));
        }
        boolean known = Tables.isTable(name);
        if (!known || !warehouse.exists(name)) {
            TreeSet<String> names = new TreeSet<>(views.keySet());
            Tables.ALL.forEach(table -> names.add(table.name()));
            throw new IllegalArgumentException("no table or view '" + name + "' in " + warehouse.location()
                    + (known ? "; create it with `plumbline init`" : "; there are " + names));
        }
        return warehouse.read(name);
    }

    /** What two runs left differently, by their ids; see {@link RunDiff}, also for what is thrown. */
    public Dataset<Row> diff(String before, String after) {
        init();
        return new RunDiff(warehouse).between(before, after);
    }

    /** Keeps the tables small; see {@link Maintenance}. */
    public Maintenance maintenance() {
        return new Maintenance(project, spark, warehouse);
    }

    /** Where the tables are. */
    public String location() {
        return warehouse.location();
    }
}
