package io.plumbline.pipeline;

import io.plumbline.analysis.CatalogValue;
import io.plumbline.analysis.Scorecard;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.plan.IdScan;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PropertyScan;
import io.plumbline.plan.ReadingOrder;
import io.plumbline.plan.RunPlan;
import io.plumbline.plan.SourcePlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * The daily job, as of one day or of each day of a range: exposures, unit-days, catalog series, scorecards, in this order.
 * Sources are read once for the whole range. A source that fails takes the metrics that need it with it, an assignment
 * source its experiments; everything else is published.
 */
final class DailyRun {

    private final RunContext run;
    private final Scope scope;
    private final RunSteps steps;
    private final FailedMetrics failedMetrics = new FailedMetrics();
    private final Map<String, String> failedExperiments = new ConcurrentSkipListMap<>();
    private final Set<String> readSources = new ConcurrentSkipListSet<>();
    private final Set<LocalDate> changedDays = new ConcurrentSkipListSet<>();
    private final Map<LocalDate, RunPlan> days;
    private final ComputedScorecards scorecards = new ComputedScorecards();
    private final PropertyStage properties;
    private final IdStage ids;
    private final RollForward totals;

    DailyRun(RunContext run, Scope scope, Progress progress) {
        this.run = run;
        this.scope = scope;
        this.properties = new PropertyStage(run);
        this.ids = new IdStage(run);
        this.totals = new RollForward(run);
        this.days = scope.days();
        this.steps = new RunSteps(plannedSteps(), progress);
    }

    private int plannedSteps() {
        int catalog = 1;
        int ofDays = days.values().stream()
                .mapToInt(plan -> together(plan.experiments()).size())
                .sum();
        int publication = Math.min(ofDays, 1);
        int scans = run.plan().propertyScans().size() + run.plan().idScans().size();
        int reads = ReadingOrder.of(run.plan().sources().values()).stream()
                .mapToInt(List::size)
                .sum();
        return run.plan().bySource().size() + reads + scans + catalog + ofDays + publication + rolled().size();
    }

    RunSteps perform() {
        Concurrently.run(run.plan().bySource().entrySet().stream()
                .<Runnable>map(entry -> () -> exposures(entry.getKey(), entry.getValue()))
                .toList());
        try {
            run.plan().idScans().forEach(this::ids);
            ReadingOrder.of(run.plan().sources().values())
                    .forEach(together -> Concurrently.run(together.stream()
                            .<Runnable>map(source -> () -> unitDays(source))
                            .toList()));
            Concurrently.run(run.plan().propertyScans().stream()
                    .<Runnable>map(scan -> () -> properties(scan))
                    .toList());
            compute();
        } finally {
            properties.close();
            ids.close();
        }
        publish();
        recordLoads();
        rolled().forEach(this::rollForward);
        return steps;
    }

    /** The experiments of the day, by unit type, whose totals are to be rolled forward. Parts of the job leave that to the whole. */
    private List<List<PlannedExperiment>> rolled() {
        RunPlan asked = plan(scope.asked().asOf());
        return asked.selected().isPresent()
                ? List.of()
                : together(asked.experiments()).values().stream()
                        .filter(experiments -> experiments.get(0).ids().isEmpty())
                        .filter(experiments -> totals.isDue(experiments, asked.asOf()))
                        .toList();
    }

    private void rollForward(List<PlannedExperiment> experiments) {
        String unitType = experiments.get(0).experiment().unit();
        if (steps.hasFailed()) {
            steps.skip("totals", unitType, "another step failed");
        } else {
            steps.perform(
                    "totals",
                    unitType,
                    () -> totals.roll(experiments, scope.asked().asOf()));
        }
    }

    /** Days count as read when what follows from them is published: a run that ends before that reads them again. */
    private void recordLoads() {
        if (!steps.failed("catalog", "publication")) {
            Set<String> unpublished = days.keySet().stream()
                    .flatMap(day -> scorecards.lacking(plan(day)).stream())
                    .collect(Collectors.toSet());
            run.recordLoads(scope.settled(run.inputs(), unpublished));
        }
    }

    private void compute() {
        List<Runnable> computed = new ArrayList<>(List.of(this::catalog));
        days.values()
                .forEach(plan -> together(plan.experiments())
                        .forEach((units, experiments) -> computed.add(() -> scorecards(plan, units, experiments))));
        Concurrently.run(computed);
    }

    RunSteps steps() {
        return steps;
    }

    /** Which definitions it has computed. */
    ComputedDefinitions definitions() {
        List<String> experiments =
                found().stream().map(card -> card.experiment().name()).toList();
        return ComputedDefinitions.of(scope.asked(), steps, readSources, failedMetrics.names(), experiments);
    }

    /** The scorecards of the last day that could be computed, in the order of the experiments. */
    List<Scorecard> found() {
        return scorecards.of(plan(scope.asked().asOf()));
    }

    private RunPlan plan(LocalDate day) {
        return Objects.requireNonNull(days.get(day));
    }

    /** Experiments whose scorecards are computed together, by what is said of them: those of a unit type, each with resolved ids alone. */
    private static Map<String, List<PlannedExperiment>> together(Collection<PlannedExperiment> experiments) {
        return experiments.stream()
                .collect(Collectors.groupingBy(
                        e -> e.experiment().unit() + (e.ids().isPresent() ? " of " + e.name() : ""),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private void exposures(AssignmentSource source, List<PlannedExperiment> experiments) {
        StepReport report = steps.read(
                "exposures",
                source.info(),
                run,
                apart -> RunSteps.Outcome.ok(
                        new ExposureStage(apart, source, experiments).load().text()));
        if (report.status() == StepReport.Status.ERROR) {
            experiments.forEach(e -> failedExperiments.put(e.name(), report.detail()));
        }
    }

    /** Without a property that it is broken down by, an experiment fails alone. */
    private void properties(PropertyScan scan) {
        StepReport report = steps.read("properties", scan.source().info(), run, apart -> {
            long units = properties.load(scan, apart);
            return RunSteps.Outcome.ok(String.format(Locale.ROOT, "%,d exposures with properties", units));
        });
        if (report.status() == StepReport.Status.ERROR) {
            scan.experiments().forEach(name -> failedExperiments.putIfAbsent(name, report.detail()));
        }
    }

    private void ids(IdScan scan) {
        StepReport report = steps.read(
                "ids",
                ids.info(scan),
                run,
                apart -> RunSteps.Outcome.ok(ids.load(scan, apart).text("pairs of ids")));
        if (report.status() == StepReport.Status.ERROR) {
            fail(scan, report.detail());
        }
    }

    /** Without the ids of its events, an experiment fails alone. */
    private void fail(IdScan scan, String reason) {
        scan.users(run.plan().experiments()).forEach(e -> failedExperiments.putIfAbsent(e.name(), reason));
    }

    private void unitDays(SourcePlan plan) {
        StepReport report = steps.read("unit-days", plan.source().info(), run, apart -> {
            UnitDayStage stage = new UnitDayStage(apart, DayCuts.without(failedExperiments.keySet(), plan), ids);
            UnitDayStage.Loaded loaded = stage.load();
            changedDays.addAll(loaded.days());
            readSources.add(plan.name());
            run.plan().metricsWith(stage.unresolved()).forEach(failedMetrics::unresolved);
            plan.ids()
                    .forEach(scan -> scan.component()
                            .flatMap(pairs ->
                                    Optional.ofNullable(stage.unresolved().get(pairs.id())))
                            .ifPresent(reason -> fail(scan, "unresolved: " + reason)));
            return stage.outcome(loaded);
        });
        if (report.status() == StepReport.Status.ERROR && !readSources.contains(plan.name())) {
            run.plan()
                    .metricsOf(plan.name())
                    .forEach(metric -> failedMetrics.sourceFailed(metric.name(), report.detail()));
            plan.ids().forEach(scan -> fail(scan, report.detail()));
        }
    }

    /** Of days that were read and those asked for, whose metrics may be defined otherwise than when they were read. */
    private void catalog() {
        if (readSources.isEmpty()) {
            steps.skip("catalog", "all metrics", "no source could be read");
            return;
        }
        steps.perform("catalog", "all metrics", () -> {
            changedDays.addAll(scope.asked().days());
            List<CatalogValue> values = new CatalogStage(run).values(changedDays);
            new Publication(run).catalog(changedDays, values);
            return RunSteps.Outcome.ok(String.format(Locale.ROOT, "%,d values", values.size()));
        });
    }

    private void scorecards(RunPlan plan, String units, List<PlannedExperiment> experiments) {
        List<PlannedExperiment> sound = experiments.stream()
                .filter(e -> !failedExperiments.containsKey(e.name()))
                .toList();
        String subject = days.size() == 1 ? units : units + " " + plan.asOf();
        if (sound.isEmpty()) {
            steps.skip("scorecards", subject, "exposures, ids or properties failed");
        } else {
            steps.perform("scorecards", subject, () -> computed(plan, sound));
        }
    }

    private RunSteps.Outcome computed(RunPlan plan, List<PlannedExperiment> experiments) {
        RunContext ofDay = run.with(plan);
        Map<String, String> failed = failedMetrics.asOf(ofDay, ids);
        Optional<StoredTotals> stored =
                experiments.get(0).ids().isEmpty() ? totals.stored(experiments, plan.asOf()) : Optional.empty();
        List<Scorecard> found;
        try (ScorecardStage stage = new ScorecardStage(ofDay, experiments, ids, properties, failed, stored)) {
            List<ExposureCount> counts = stage.exposureCounts();
            found = stage.scorecards(counts);
            scorecards.add(plan.asOf(), found, counts);
        }
        long results = found.stream().mapToLong(s -> s.results().size()).sum();
        String text = String.format(Locale.ROOT, "%d experiments, %,d results", found.size(), results);
        return RunSteps.Outcome.ok(text
                + stored.map(older -> ", with totals of the days to " + older.lastDay())
                        .orElse(""));
    }

    /** One publication for the experiments of all unit types: each of the tables is replaced by day. */
    private void publish() {
        if (run.plan().experiments().isEmpty()) {
            return;
        }
        if (scorecards.isEmpty()) {
            steps.skip("publication", "all experiments", "no scorecard could be computed");
            return;
        }
        List<DayScorecards> found = days.values().stream()
                .filter(day -> scorecards.areThere(day.asOf()))
                .map(day -> scorecards.published(day, scope.untouched(day.asOf())))
                .toList();
        steps.perform("publication", "all experiments", () -> {
            new Publication(run).scorecards(found);
            long published =
                    found.stream().mapToLong(day -> day.scorecards().size()).sum();
            return RunSteps.Outcome.ok(String.format(Locale.ROOT, "%d scorecards", published));
        });
    }
}
