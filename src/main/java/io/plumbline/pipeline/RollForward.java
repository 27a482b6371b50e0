package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.plumbline.experiment.View;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.exposure.Exposures;
import io.plumbline.metric.CohortWindow;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.TotalKeys;
import io.plumbline.unittotal.UnitTotals;
import io.plumbline.unittotal.ViewDays;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keeps totals of units from run to run, so that scorecards add up the days since and not the whole age of the experiments.
 * Once a week they are rolled forward to a day after which late rows and covariates of new units still come. Totals say what
 * they are made of; a run takes of them what it would find itself, and adds up everything else from unit-days.
 */
final class RollForward {

    /** Days on which late rows are usual, and which are left as they are. */
    static final int UNSETTLED_DAYS = 14;

    /** From how many days on totals are rolled forward. */
    static final int STEP_DAYS = 7;

    /**
     * What stored totals say of themselves.
     *
     * @param lastDay the last day in them
     * @param asOf the day to which exposures were known
     * @param madeOf the keys of their components and experiments, see {@link TotalKeys}
     */
    private record Label(LocalDate lastDay, LocalDate asOf, Set<String> madeOf) {}

    private final RunContext run;
    private final Map<String, Label> labels = new HashMap<>();
    private final Map<LocalDate, Map<String, String>> exposures = new ConcurrentHashMap<>();

    RollForward(RunContext run) {
        this.run = run;
        if (run.warehouse().exists(Tables.UNIT_TOTALS.name())) {
            run.warehouse()
                    .in(run.interpreting())
                    .read(Tables.UNIT_TOTALS.name())
                    .filter(col("made_of").isNotNull())
                    .select("unit_type", "last_day", "as_of", "made_of")
                    .collectAsList()
                    .forEach(row -> labels.put(
                            row.getString(0),
                            new Label(
                                    row.getDate(1).toLocalDate(),
                                    row.getDate(2).toLocalDate(),
                                    Set.copyOf(row.<String>getList(3)))));
        }
    }

    /**
     * The stored totals of a unit type, as far as they hold for scorecards as of a day. An experiment that began after their last
     * day need not be in them: it has none of their days.
     *
     * @param experiments of the unit type, with all of their metrics, none of which resolves ids
     */
    Optional<StoredTotals> stored(List<PlannedExperiment> experiments, LocalDate asOf) {
        String unitType = experiments.get(0).experiment().unit();
        Label label = labels.get(unitType);
        if (label == null
                || run.inputs().isRefreshed()
                || label.lastDay().isBefore(firstDay(experiments))
                || label.lastDay().isAfter(asOf.minusDays(Math.max(1, bakeDays(experiments))))
                || !experiments.stream().allMatch(e -> holds(label, e))) {
            return Optional.empty();
        }
        Set<String> holding = UnitTotals.components(UnitDayReader.totals(experiments)).stream()
                .filter(component -> label.madeOf().contains(key(component, label.lastDay())))
                .map(PlannedComponent::id)
                .collect(Collectors.toSet());
        return Optional.of(new StoredTotals(label.lastDay(), holding, rows(unitType)))
                .filter(totals -> !totals.holding().isEmpty());
    }

    private boolean holds(Label label, PlannedExperiment experiment) {
        LocalDate first = experiment.experiment().period().start().minusDays(experiment.daysBefore());
        return first.isAfter(label.lastDay()) || label.madeOf().contains(key(experiment, label.asOf()));
    }

    private Dataset<Row> rows(String unitType) {
        return run.warehouse()
                .read(Tables.UNIT_TOTALS.name())
                .filter(col("unit_type").equalTo(lit(unitType)).and(col(UNIT_ID).isNotNull()));
    }

    /** Whether totals are to be rolled forward: once a week, if they then have a week more. */
    boolean isDue(List<PlannedExperiment> experiments, LocalDate asOf) {
        Label label = labels.get(experiments.get(0).experiment().unit());
        boolean isNew = label == null || Math.abs(ChronoUnit.DAYS.between(label.asOf(), asOf)) >= STEP_DAYS;
        return isNew && !firstDay(experiments).plusDays(STEP_DAYS - 1L).isAfter(lastDay(experiments, asOf));
    }

    /** Writes the totals of a unit type anew, made of those that hold and the days since. */
    RunSteps.Outcome roll(List<PlannedExperiment> experiments, LocalDate asOf) {
        String unitType = experiments.get(0).experiment().unit();
        LocalDate last = lastDay(experiments, asOf);
        Optional<StoredTotals> before =
                stored(experiments, asOf).filter(totals -> !totals.lastDay().isAfter(last));
        ViewDays windows = new ViewDays(View.CUMULATIVE, firstDay(experiments), asOf);
        ViewDays days = new ViewDays(View.CUMULATIVE, firstDay(experiments), last);
        List<PlannedComponent> components = UnitTotals.components(UnitDayReader.totals(experiments));
        Dataset<Row> totals = UnitTotals.of(
                new UnitDayReader(run, unitType, Optional.empty(), before).unitDays(experiments, components, days),
                components,
                AnalysedUnits.of(exposures(experiments, asOf).withColumn(CROSSOVER, lit(false)), experiments),
                experiments,
                run.partitions(),
                windows);
        run.warehouse().create(Tables.UNIT_TOTALS);
        run.warehouse()
                .replace(
                        Tables.UNIT_TOTALS.name(),
                        totals.unionByName(label(experiments, components, asOf, last), true)
                                .withColumn("unit_type", lit(unitType)),
                        "unit_type = '" + unitType + "'",
                        run.commit());
        return RunSteps.Outcome.ok("days to " + last
                + before.map(stored -> ", of which those to " + stored.lastDay() + " were known")
                        .orElse(""));
    }

    private Dataset<Row> label(
            List<PlannedExperiment> experiments, List<PlannedComponent> components, LocalDate asOf, LocalDate last) {
        String[] madeOf = Stream.concat(
                        components.stream().map(component -> key(component, last)),
                        experiments.stream().map(e -> key(e, asOf)))
                .sorted()
                .toArray(String[]::new);
        return run.spark()
                .range(1)
                .select(
                        lit(last).as("last_day"),
                        lit(asOf).as("as_of"),
                        lit(madeOf).as("made_of"));
    }

    /** Windows of units that are exposed later begin after this day, and covariates of these units too. */
    private static LocalDate lastDay(List<PlannedExperiment> experiments, LocalDate asOf) {
        int before = experiments.stream()
                .mapToInt(PlannedExperiment::daysBefore)
                .max()
                .orElse(0);
        return asOf.minusDays(Math.max(UNSETTLED_DAYS, Math.max(before, bakeDays(experiments))));
    }

    private static LocalDate firstDay(List<PlannedExperiment> experiments) {
        return experiments.stream()
                .map(e -> e.experiment().period().start().minusDays(e.daysBefore()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static int bakeDays(List<PlannedExperiment> experiments) {
        return experiments.stream()
                .flatMap(e -> e.metrics().stream())
                .flatMap(metric -> metric.totals().stream())
                .map(total -> total.span() instanceof CohortWindow window ? window.bakeDays() : 0)
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    /** By which run each of the days was read, and which of them have the component. */
    private String key(PlannedComponent component, LocalDate last) {
        Map<LocalDate, LoadRecord> read = new TreeMap<>(run.loads()
                .of(LoadRecord.Kind.METRIC_SOURCE, component.component().source()));
        return TotalKeys.component(
                component,
                read.values().stream()
                        .filter(load -> !load.day().isAfter(last))
                        .map(load -> load.day() + " " + load.runId() + " "
                                + load.definitions().contains(component.id()))
                        .toList());
    }

    private String key(PlannedExperiment experiment, LocalDate asOf) {
        return TotalKeys.experiment(
                experiment, exposures.computeIfAbsent(asOf, this::hashes).getOrDefault(experiment.name(), ""));
    }

    /** Experiment → which units were exposed to a day, and when. */
    private Map<String, String> hashes(LocalDate asOf) {
        Map<String, String> hashes = new HashMap<>();
        exposures(run.plan().experiments(), asOf)
                .groupBy(EXPERIMENT)
                .agg(count(lit(1)), bit_xor(xxhash64(col(UNIT_ID), col(FIRST_EXPOSURE_AT))))
                .collectAsList()
                .forEach(row -> hashes.put(row.getString(0), row.getLong(1) + ":" + row.getLong(2)));
        return hashes;
    }

    private Dataset<Row> exposures(Collection<PlannedExperiment> experiments, LocalDate asOf) {
        Object[] names = experiments.stream().map(PlannedExperiment::name).toArray();
        return Exposures.asOf(
                run.warehouse()
                        .read(Tables.EXPOSURES.name())
                        .filter(col(EXPERIMENT).isin(names)),
                asOf,
                run.plan().project().zone());
    }
}
