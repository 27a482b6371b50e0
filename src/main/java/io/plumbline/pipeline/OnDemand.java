package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.analysis.Scorecard;
import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.exposure.Exposures;
import io.plumbline.inspect.Reconciliation;
import io.plumbline.inspect.Walk;
import io.plumbline.metric.Metric;
import io.plumbline.plan.IdScan;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Computes the scorecard of one experiment from what runs have read.
 *
 * @param project the definitions
 * @param spark the project's session
 * @param warehouse where the tables are
 */
record OnDemand(Project project, SparkSession spark, Warehouse warehouse) {

    /**
     * The scorecard as of a day.
     *
     * @throws IllegalArgumentException if there is no such experiment, or days that it needs were not read
     */
    Scorecard scorecard(String name, LocalDate asOf, Focus focus) {
        Experiment defined = project.experiments().get(name);
        Project focused = defined == null ? project : focus.applied(project, defined);
        RunPlan plan = RunPlan.experiment(focused, name, asOf);
        PlannedExperiment planned = plan.experiments().get(0);
        RunContext context = stored(plan, RunRecord.start("analyze", plan).commit());
        try (PropertyStage properties = new PropertyStage(context);
                IdStage ids = ids(context)) {
            plan.propertyScans().forEach(scan -> properties.load(scan, context));
            Readiness.require(context, planned, ids);
            try (ScorecardStage stage = new ScorecardStage(
                            context, List.of(planned), ids, properties, Map.of(), Optional.empty())
                    .with(focus)) {
                return stage.scorecards(stage.exposureCounts()).get(0);
            }
        }
    }

    /** Ids from what runs have read, and from the sources that are read whole. */
    private static IdStage ids(RunContext context) {
        IdStage ids = new IdStage(context);
        context.plan().idScans().stream().filter(IdScan::isReadWhole).forEach(scan -> ids.load(scan, context));
        return ids;
    }

    /**
     * The walk of a metric from source rows to its stored results.
     *
     * @param stored the metric's top line of the experiment's cumulative results as of the day
     */
    Walk walk(String name, Metric metric, LocalDate asOf, List<Row> stored) {
        RunPlan plan = RunPlan.experiment(project, name, asOf);
        PlannedExperiment planned = plan.experiments().get(0);
        RunContext context = stored(plan, RunRecord.start("reconcile", plan).commit());
        Dataset<Row> exposures = Exposures.asOf(
                warehouse.read(Tables.EXPOSURES.name()).filter(col(EXPERIMENT).equalTo(lit(name))),
                asOf,
                project.zone());
        try (IdStage ids = ids(context)) {
            return new Reconciliation(project, metric, planned.experiment(), asOf, ids.resolved(planned, exposures))
                    .walk(context.sources(), exposures, stored);
        }
    }

    /**
     * What an analysis may look at beyond the whole.
     *
     * @throws IllegalArgumentException if there is no such experiment or breakdown, or the condition cannot be used
     */
    Focus focus(String name, Optional<String> breakdown, Optional<String> condition) {
        Experiment experiment = project.experiments().get(name);
        if (experiment == null) {
            throw new IllegalArgumentException("no experiment '" + name + "'; experiments are "
                    + project.experiments().keySet());
        }
        Focus focus = Focus.of(project, experiment, breakdown, condition);
        focus.condition().ifPresent(given -> given.chosen(spark.createDataFrame(List.of(), Tables.EXPOSURES.schema())));
        return focus;
    }

    /** Saves a scorecard as the results of its experiment and day, in place of those that are there. */
    void save(Scorecard scorecard) {
        RunPlan plan = RunPlan.experiment(project, scorecard.experiment().name(), scorecard.asOf());
        RunRecord record = RunRecord.start("analyze", plan);
        RunContext context = stored(plan, record.commit());
        new Publication(context).scorecard(scorecard);
        record.end(context, new RunSteps(0, Progress.NONE), null);
    }

    /** What stages need that read no source. */
    private RunContext stored(RunPlan plan, Commit commit) {
        LoadBook loads = new LoadBook(new Loads(spark, warehouse));
        return RunContext.of(spark, warehouse, plan, loads, Inputs.unread(loads), commit);
    }
}
