package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.OTHER;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.exposure.AnalysedUnits;
import io.plumbline.plan.PlannedExperiment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The breakdown values that experiments show by name; every other value is {@code (other)}. Which these are is decided once
 * per experiment and dimension, from all days since exposure, so that the rows of all metrics and views can be compared:
 * see {@link ValueRanking}.
 *
 * <p>Values are replaced before states are merged. A unit that has several of the rare values is one unit under {@code
 * (other)}, with the state of all of its rows: its active days are counted once, its days capped and its total tested as
 * one.
 */
public final class BreakdownValues {

    private final List<PlannedExperiment> experiments;
    private final Map<Key, List<String>> kept;

    /** A dimension of an experiment. */
    record Key(String experiment, String dimension) {}

    BreakdownValues(List<PlannedExperiment> experiments, Map<Key, List<String>> kept) {
        this.experiments = List.copyOf(experiments);
        this.kept = new LinkedHashMap<>(kept);
    }

    /** The values that are shown by name, in the order of their rank. */
    List<String> of(String experiment, String dimension) {
        return kept.getOrDefault(new Key(experiment, dimension), List.of());
    }

    /** Analysed units, with rare values of their properties replaced. */
    public Dataset<Row> folded(Dataset<Row> units) {
        Dataset<Row> folded = units;
        for (String property : AnalysedUnits.properties(experiments)) {
            Column value = col(PROPERTY + property);
            Column shown = value;
            for (PlannedExperiment experiment : experiments) {
                if (experiment.experiment().breakdowns().contains(property)) {
                    shown = when(col(EXPERIMENT).equalTo(lit(experiment.name())), named(experiment, property, value))
                            .otherwise(shown);
                }
            }
            folded = folded.withColumn(PROPERTY + property, shown);
        }
        return folded;
    }

    /** Under which values the rows of source columns are shown. Travels to the executors. */
    ShownValues shown() {
        Map<String, Map<String, Set<String>>> shown = new HashMap<>();
        for (PlannedExperiment experiment : experiments) {
            for (String dimension : columns(experiment)) {
                shown.computeIfAbsent(experiment.name(), key -> new HashMap<>())
                        .put(dimension, new HashSet<>(of(experiment.name(), dimension)));
            }
        }
        return new ShownValues(shown);
    }

    /** The source columns by which some metric of an experiment is shown. */
    static List<String> columns(PlannedExperiment experiment) {
        return experiment.metrics().stream()
                .flatMap(metric -> experiment.columnDimensions(metric).stream())
                .distinct()
                .sorted()
                .toList();
    }

    static Column isOf(PlannedExperiment experiment, String dimension) {
        return col(EXPERIMENT)
                .equalTo(lit(experiment.name()))
                .and(col(DIMENSION).equalTo(lit(dimension)));
    }

    private Column named(PlannedExperiment experiment, String dimension, Column value) {
        List<String> values = new ArrayList<>(of(experiment.name(), dimension));
        return values.isEmpty()
                ? lit(OTHER)
                : when(value.isin(values.toArray()), value).otherwise(lit(OTHER));
    }
}
