package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.DAY_INDEX;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.experiment.View;
import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.plan.UnitTotal;
import io.plumbline.summary.Summaries;
import io.plumbline.unittotal.BreakdownValues;
import io.plumbline.unittotal.UnitTotals;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ValueRanking;
import io.plumbline.unittotal.ViewDays;
import io.plumbline.warehouse.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The values of analysed units, summarised by group, for the experiments of one unit type: exposures and unit-days are
 * joined, and no source is read. Which breakdown values are shown by name is the same in every view.
 */
final class UnitLevel {

    private final RunContext run;
    private final String unitType;
    private final Dataset<Row> units;
    private final BreakdownValues values;

    private UnitLevel(RunContext run, String unitType, Dataset<Row> units, BreakdownValues values) {
        this.run = run;
        this.unitType = unitType;
        this.units = units;
        this.values = values;
    }

    /**
     * The level of units of one type.
     *
     * @param all every experiment of the type, with the metrics that can be computed
     * @param units the analysed units of all of them
     */
    static UnitLevel of(RunContext run, String unitType, List<PlannedExperiment> all, Dataset<Row> units) {
        LocalDate asOf = run.plan().asOf();
        ValueRanking ranking = new ValueRanking(run.plan().project().settings(), all, asOf);
        BreakdownValues values = ranking.needsUnitDays()
                ? ranking.of(units, unitDays(run, unitType, all, new ViewDays(View.CUMULATIVE, start(all), asOf)))
                : ranking.of(units);
        return new UnitLevel(run, unitType, values.folded(units), values);
    }

    /** The summaries of a view by number of days since exposure, see {@link Summaries#byDay}. */
    Map<Integer, Summaries> summaries(List<PlannedExperiment> shown, View view) {
        int before =
                shown.stream().mapToInt(PlannedExperiment::daysBefore).max().orElse(0);
        ViewDays days = new ViewDays(view, start(shown), run.plan().asOf(), before);
        Dataset<Row> totals = UnitTotals.of(
                unitDays(run, unitType, shown, days),
                units.filter(col(EXPERIMENT)
                        .isin(shown.stream().map(PlannedExperiment::name).toArray())),
                totals(shown),
                Integer.parseInt(run.spark().conf().get("spark.sql.shuffle.partitions")),
                days,
                values);
        Dataset<Row> unitValues = UnitValues.of(totals, shown, days, keys(shown, view));
        boolean readTwice = shown.stream().flatMap(e -> e.metrics().stream()).anyMatch(PlannedMetric::isReadTwice);
        double relativeError = run.plan().project().settings().winsorizeRelativeError();
        if (!readTwice) {
            return Summaries.byDay(unitValues, shown, relativeError);
        }
        Dataset<Row> kept = unitValues.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return Summaries.byDay(kept, shown, relativeError);
        } finally {
            kept.unpersist();
        }
    }

    private static List<String> keys(List<PlannedExperiment> shown, View view) {
        Stream<String> day = view == View.DAYS_SINCE_EXPOSURE ? Stream.of(DAY_INDEX) : Stream.of();
        return Stream.of(
                        Stream.of(EXPERIMENT, UNIT_ID, "group_name", DIMENSION, DIMENSION_VALUE),
                        day,
                        AnalysedUnits.properties(shown).stream().map(name -> PROPERTY + name))
                .flatMap(names -> names)
                .toList();
    }

    /** Unit-days of every source that the metrics need, one below the other; columns of other sources are null. */
    private static Dataset<Row> unitDays(
            RunContext run, String unitType, List<PlannedExperiment> shown, ViewDays days) {
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
                    .filter(col(DS).between(lit(days.firstRead()), lit(days.asOf())))
                    .select(columns));
        }
        return perSource.stream().reduce((a, b) -> a.unionByName(b, true)).orElseThrow();
    }

    private static List<UnitTotal> totals(List<PlannedExperiment> shown) {
        return shown.stream()
                .flatMap(e -> e.metrics().stream().flatMap(metric -> e.totals(metric).stream()))
                .distinct()
                .toList();
    }

    private static LocalDate start(List<PlannedExperiment> shown) {
        return shown.stream()
                .map(e -> e.experiment().period().start())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
