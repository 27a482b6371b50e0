package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.PROPERTIES;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.min;

import io.plumbline.analysis.History;
import io.plumbline.analysis.Results;
import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.Period;
import io.plumbline.experiment.Role;
import io.plumbline.experiment.UnitRule;
import io.plumbline.experiment.View;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.source.DayRange;
import io.plumbline.source.RowCondition;
import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import io.plumbline.statistics.Baseline;
import io.plumbline.summary.Summaries;
import io.plumbline.warehouse.LoadRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * What a metric was like in the past, without an experiment: for every unit that had a row in the metric's first source
 * within some days, as if it had been exposed at the start of the day of its first one. The whole of that day counts,
 * because unit-days are cut at real exposures only.
 */
final class PastUnits {

    private static final String ALL = "all";

    private final RunContext run;
    private final DayRange days;
    private final PlannedMetric metric;
    private final MetricSource source;

    /**
     * The units of some days.
     *
     * @throws IllegalArgumentException if some of the days were not read, or the metric's sources have no unit in common
     */
    PastUnits(RunContext run, String metric, DayRange days) {
        this.run = run;
        this.days = days;
        this.metric = Objects.requireNonNull(run.plan().metrics().get(metric), metric);
        List<MetricSource> sources = this.metric.metric().sources().stream()
                .map(name -> Objects.requireNonNull(
                        run.plan().project().metricSources().get(name), name))
                .toList();
        this.source = sources.get(0);
        for (MetricSource other : sources) {
            requireRead(other);
            if (!other.units().containsKey(source.firstUnit())) {
                throw new IllegalArgumentException("metric source '" + other.name() + "' has no unit '"
                        + source.firstUnit() + "', by which '" + source.name()
                        + "' knows its units; name a past experiment instead");
            }
        }
    }

    private void requireRead(MetricSource other) {
        Map<LocalDate, LoadRecord> read = run.loads().of(LoadRecord.Kind.METRIC_SOURCE, other.name());
        days.days().stream().filter(day -> !read.containsKey(day)).findFirst().ifPresent(day -> {
            throw new IllegalArgumentException("the history of metric '" + metric.name() + "' needs " + day
                    + " of metric source '" + other.name() + "', which was not read; run `plumbline backfill"
                    + " --start " + days.first() + " --end " + days.last() + "` first, or take fewer days");
        });
    }

    /**
     * The history of the units that had such a row.
     *
     * @param condition SQL over a row of the metric's first source, which has to be true; empty for any row
     * @throws IllegalArgumentException if the condition cannot be used
     */
    History history(Optional<String> condition) {
        PlannedExperiment standIn = standIn();
        Dataset<Row> units =
                AnalysedUnits.of(exposures(condition), List.of(standIn)).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            UnitDayReader reader = new UnitDayReader(run, source.firstUnit(), Optional.empty());
            Summaries summaries = UnitLevel.of(reader, List.of(standIn), units)
                    .summaries(List.of(standIn), View.CUMULATIVE)
                    .getOrDefault(Summaries.NO_DAY, Summaries.NONE);
            Baseline baseline = Results.of(standIn, View.CUMULATIVE, OptionalInt.empty(), summaries, Map.of()).stream()
                    .filter(result -> result.key().slice().isTopLine()
                            && result.key().step().isEmpty())
                    .findFirst()
                    .map(result -> Baseline.of(result.estimate()))
                    .orElse(new Baseline(Double.NaN, Double.NaN));
            return new History(baseline, units.count() / (double) days.days().size());
        } finally {
            units.unpersist();
        }
    }

    private Dataset<Row> exposures(Optional<String> condition) {
        Dataset<Row> all = run.sources().read(source, days);
        List<String> columns = Stream.of(all.columns())
                .filter(name -> !name.equals(SourceSchema.DAY) && !name.equals(SourceSchema.AT))
                .toList();
        Dataset<Row> rows = condition
                .map(sql -> RowCondition.of(sql, columns, "a column of metric source '" + source.name() + "'")
                        .taken(all))
                .orElse(all);
        return rows.select(
                        Sources.quoted(source.unitColumn(source.firstUnit()))
                                .cast(DataTypes.StringType)
                                .as(UNIT_ID),
                        col(SourceSchema.DAY))
                .filter(col(UNIT_ID).isNotNull())
                .groupBy(UNIT_ID)
                .agg(min(SourceSchema.DAY).as(FIRST_EXPOSURE_DATE))
                .select(
                        lit(ALL).as(EXPERIMENT),
                        col(UNIT_ID),
                        lit(ALL).as(GROUP_NAME),
                        col(FIRST_EXPOSURE_DATE).cast(DataTypes.TimestampType).as(FIRST_EXPOSURE_AT),
                        col(FIRST_EXPOSURE_DATE),
                        lit(false).as(CROSSOVER),
                        map().cast(DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
                                .as(PROPERTIES));
    }

    /** An experiment of one group, of which only what is asked of units and metrics is ever used. */
    private PlannedExperiment standIn() {
        Experiment experiment = new Experiment(
                metric.metric().about().info().named(ALL),
                ALL,
                new UnitRule(source.firstUnit(), Crossover.EXCLUDE, Optional.empty()),
                new Period(days.first(), Optional.of(days.last())),
                List.of(new Group(ALL, 1, Group.Role.CONTROL)),
                Map.of(metric.name(), Role.PRIMARY),
                List.of(),
                List.of(View.CUMULATIVE),
                AnalysisSettings.of(run.plan().project().settings().alpha()));
        AssignmentSource nowhere = new AssignmentSource(
                source.info(), source.location(), source.time(), ALL, ALL, source.units(), Map.of(), List.of());
        return new PlannedExperiment(
                experiment,
                nowhere,
                ALL,
                Optional.empty(),
                List.of(metric),
                days.last(),
                days.last(),
                Optional.empty());
    }
}
