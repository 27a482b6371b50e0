package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;

import io.plumbline.experiment.View;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.summary.Summaries;
import io.plumbline.unittotal.BreakdownValues;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ValueRanking;
import io.plumbline.unittotal.ViewDays;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The values of analysed units, summarised by group, for the experiments of one unit type: exposures and unit-days are
 * joined, and no source is read. Which breakdown values are shown by name is the same in every view.
 */
final class UnitLevel {

    private final RunContext run;
    private final UnitDayReader reader;
    private final Dataset<Row> units;
    private final BreakdownValues values;

    private UnitLevel(UnitDayReader reader, Dataset<Row> units, BreakdownValues values) {
        this.run = reader.run();
        this.reader = reader;
        this.units = units;
        this.values = values;
    }

    /**
     * The level of units of one type.
     *
     * @param reader of the unit-days of the type
     * @param all every experiment of the type, with the metrics that can be computed
     * @param units the analysed units of all of them
     */
    static UnitLevel of(UnitDayReader reader, List<PlannedExperiment> all, Dataset<Row> units) {
        RunContext run = reader.run();
        LocalDate asOf = run.plan().asOf();
        ValueRanking ranking = new ValueRanking(run.plan().project().settings(), all, asOf);
        BreakdownValues values = ranking.needsUnitDays()
                ? ranking.of(units, reader.unitDays(all, new ViewDays(View.CUMULATIVE, start(all), asOf)))
                : ranking.of(units);
        return new UnitLevel(reader, values.folded(units), values);
    }

    /** The summaries of a view by number of days since exposure, see {@link Summaries#byDay}. */
    Map<Integer, Summaries> summaries(List<PlannedExperiment> shown, View view) {
        int before =
                shown.stream().mapToInt(PlannedExperiment::daysBefore).max().orElse(0);
        ViewDays days = new ViewDays(view, start(shown), run.plan().asOf(), before);
        UnitValues unitValues = UnitValues.of(
                reader.unitDays(shown, days),
                units.filter(col(EXPERIMENT)
                        .isin(shown.stream().map(PlannedExperiment::name).toArray())),
                shown,
                run.partitions(),
                days,
                values);
        boolean readTwice = shown.stream().flatMap(e -> e.metrics().stream()).anyMatch(PlannedMetric::isReadTwice);
        double relativeError = run.plan().project().settings().winsorizeRelativeError();
        if (!readTwice) {
            return Summaries.byDay(unitValues, shown, view, relativeError);
        }
        unitValues.rows().persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return Summaries.byDay(unitValues, shown, view, relativeError);
        } finally {
            unitValues.rows().unpersist();
        }
    }

    private static LocalDate start(List<PlannedExperiment> shown) {
        return shown.stream()
                .map(e -> e.experiment().period().start())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
