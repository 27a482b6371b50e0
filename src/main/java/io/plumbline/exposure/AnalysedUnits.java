package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.COVARIATE_FROM;
import static io.plumbline.exposure.ExposureSchema.CROSSOVER;
import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.LAST_DAY;
import static io.plumbline.exposure.ExposureSchema.LAST_WINDOW_DAY;
import static io.plumbline.exposure.ExposureSchema.PROPERTIES;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.plan.PlannedExperiment;
import io.plumbline.unitday.UnitDaySchema;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The units that are analysed: exposures as of a day, without cross-over units where the experiment excludes them.
 *
 * <p>Output: {@code experiment, unit_id, group_name, first_exposure_at, first_exposure_date, last_day,
 * last_window_day, covariate_from}, and {@code
 * property__<name>} for every property that some experiment breaks down by, {@code (unknown)} where the unit has none.
 */
public final class AnalysedUnits {

    private AnalysedUnits() {}

    /** The analysed units of the experiments. */
    public static Dataset<Row> of(Dataset<Row> exposuresAsOf, List<PlannedExperiment> experiments) {
        Stream<Column> columns = Stream.of(
                col(EXPERIMENT),
                col(UNIT_ID),
                col(GROUP_NAME),
                col(FIRST_EXPOSURE_AT),
                col(FIRST_EXPOSURE_DATE),
                day(experiments, PlannedExperiment::lastDay).as(LAST_DAY),
                day(experiments, PlannedExperiment::lastWindowDay).as(LAST_WINDOW_DAY),
                covariateFrom(experiments).as(COVARIATE_FROM));
        Stream<Column> properties = properties(experiments).stream()
                .map(name -> coalesce(
                                List.of(exposuresAsOf.columns()).contains(PROPERTY + name)
                                        ? coalesce(
                                                col(PROPERTY + name),
                                                col(PROPERTIES).getItem(name))
                                        : col(PROPERTIES).getItem(name),
                                lit(UnitDaySchema.UNKNOWN))
                        .as(PROPERTY + name));
        return exposuresAsOf
                .filter(kept(experiments))
                .select(Stream.concat(columns, properties).toArray(Column[]::new));
    }

    /** The properties that some experiment breaks down by, sorted. */
    public static List<String> properties(List<PlannedExperiment> experiments) {
        return experiments.stream()
                .flatMap(e -> e.experiment().breakdowns().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Column kept(List<PlannedExperiment> experiments) {
        return by(experiments, e -> e.experiment().crossover()).entrySet().stream()
                .map(entry -> switch (entry.getKey()) {
                    case EXCLUDE -> isOneOf(entry.getValue()).and(col(CROSSOVER).equalTo(lit(false)));
                    case FIRST_GROUP -> isOneOf(entry.getValue());
                })
                .reduce(Column::or)
                .orElse(lit(false));
    }

    private static Column covariateFrom(List<PlannedExperiment> experiments) {
        return ofExperiment(
                experiments,
                PlannedExperiment::daysBefore,
                days -> days > 0
                        ? date_sub(col(FIRST_EXPOSURE_DATE), days)
                        : lit(null).cast(DataTypes.DateType));
    }

    private static Column day(
            List<PlannedExperiment> experiments, Function<PlannedExperiment, LocalDate> ofExperiment) {
        return ofExperiment(experiments, ofExperiment, day -> lit(day));
    }

    /** What a row's experiment has, one case for all that have the same: most have. */
    private static <T> Column ofExperiment(
            List<PlannedExperiment> experiments, Function<PlannedExperiment, T> has, Function<T, Column> column) {
        Column found = lit(null).cast(DataTypes.DateType);
        for (Map.Entry<T, List<PlannedExperiment>> same : by(experiments, has).entrySet()) {
            found = when(isOneOf(same.getValue()), column.apply(same.getKey())).otherwise(found);
        }
        return found;
    }

    private static <T> Map<T, List<PlannedExperiment>> by(
            List<PlannedExperiment> experiments, Function<PlannedExperiment, T> has) {
        return experiments.stream().collect(Collectors.groupingBy(has, LinkedHashMap::new, Collectors.toList()));
    }

    private static Column isOneOf(List<PlannedExperiment> experiments) {
        return col(EXPERIMENT)
                .isin(experiments.stream().map(PlannedExperiment::name).toArray());
    }
}
