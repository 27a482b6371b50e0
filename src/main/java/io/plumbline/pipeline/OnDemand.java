package io.plumbline.pipeline;

import io.plumbline.analysis.Scorecard;
import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
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
        Readiness.require(context.loads(), plan, planned);
        try (PropertyStage properties = new PropertyStage(context)) {
            plan.propertyScans().forEach(properties::load);
            ScorecardStage stage = new ScorecardStage(
                            context, planned.experiment().unit(), List.of(planned), properties, Map.of())
                    .with(focus);
            return stage.scorecards(stage.exposureCounts()).get(0);
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
        record.end(context, new RunSteps(0, Progress.NONE));
    }

    /** What stages need that read no source. */
    private RunContext stored(RunPlan plan, Commit commit) {
        LoadBook loads = new LoadBook(new Loads(spark, warehouse));
        return RunContext.of(spark, warehouse, plan, loads, Inputs.unread(loads), commit);
    }
}
