package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;
import static io.plumbline.exposure.ExposureSchema.PROPERTIES;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Assignment rows as sightings: a unit was in a group of an experiment on a day, first at an instant.
 *
 * <p>Input: rows of an assignment source with {@link SourceSchema}. Output: {@code experiment, unit_id, group_name, ds, at,
 * properties, row_count}; grain: experiment, unit, group and local day. Rows count that belong to one of the experiments,
 * lie within its period, name one of its groups and a unit. Of rows at the same instant, the properties that sort first
 * are taken.
 */
public final class Sightings {

    /** The instant of the sighting. */
    static final String AT = "at";

    private static final String DS = "ds";
    private static final String ROW_COUNT = "row_count";

    private final AssignmentSource source;
    private final Dataset<Row> rows;

    private Sightings(AssignmentSource source, Dataset<Row> rows) {
        this.source = source;
        this.rows = rows;
    }

    /** The sightings of units of the experiments. */
    public static Dataset<Row> of(AssignmentSource source, List<PlannedExperiment> experiments, Dataset<Row> rows) {
        return new Sightings(source, rows).of(experiments);
    }

    /** The number of assignment rows on each day. */
    public static Map<LocalDate, Long> rowsByDay(Dataset<Row> sightings) {
        Map<LocalDate, Long> rows = new HashMap<>();
        sightings
                .groupBy(DS)
                .agg(sum(ROW_COUNT).as(ROW_COUNT), new Column[0])
                .collectAsList()
                .forEach(row -> rows.put(row.<Date>getAs(DS).toLocalDate(), row.<Long>getAs(ROW_COUNT)));
        return rows;
    }

    private Dataset<Row> of(List<PlannedExperiment> experiments) {
        Column taken = experiments.stream()
                .map(e -> taken(e.experiment()))
                .reduce(Column::or)
                .orElse(lit(false));
        return rows.filter(taken)
                .select(
                        text(source.experiment()).as(EXPERIMENT),
                        unit(experiments).as(UNIT_ID),
                        text(source.group()).as(GROUP_NAME),
                        col(SourceSchema.DAY).as(DS),
                        col(SourceSchema.AT).as(AT),
                        properties().as(PROPERTIES))
                .filter(col(UNIT_ID).isNotNull())
                .groupBy(EXPERIMENT, UNIT_ID, GROUP_NAME, DS)
                .agg(earliest().as("first"), count(lit(1)).as(ROW_COUNT))
                .select(
                        col(EXPERIMENT),
                        col(UNIT_ID),
                        col(GROUP_NAME),
                        col(DS),
                        col("first." + AT).as(AT),
                        map_from_entries(col("first." + PROPERTIES)).as(PROPERTIES),
                        col(ROW_COUNT));
    }

    /** The aggregate that finds the earliest sighting; maps have no order, so properties are compared as sorted entries. */
    static Column earliest() {
        return min(struct(col(AT), array_sort(map_entries(col(PROPERTIES))).as(PROPERTIES)));
    }

    private Column taken(Experiment experiment) {
        Column day = col(SourceSchema.DAY);
        Column afterStart = day.geq(lit(experiment.period().start()));
        Column inPeriod = experiment
                .period()
                .end()
                .map(end -> afterStart.and(day.leq(lit(end))))
                .orElse(afterStart);
        Object[] groups = experiment.groups().stream().map(Group::name).toArray();
        return text(source.experiment())
                .equalTo(lit(experiment.name()))
                .and(inPeriod)
                .and(text(source.group()).isin(groups));
    }

    private Column unit(List<PlannedExperiment> experiments) {
        Column unit = lit(null).cast(DataTypes.StringType);
        for (PlannedExperiment planned : experiments) {
            Experiment experiment = planned.experiment();
            unit = when(
                            text(source.experiment()).equalTo(lit(experiment.name())),
                            text(source.unitColumn(experiment.unit())))
                    .otherwise(unit);
        }
        return unit;
    }

    private Column properties() {
        Column[] entries = source.properties().stream()
                .flatMap(name -> Stream.of(lit(name), text(name)))
                .toArray(Column[]::new);
        return entries.length == 0
                ? map().cast(DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
                : map(entries);
    }

    private static Column text(String column) {
        return Sources.quoted(column).cast(DataTypes.StringType);
    }
}
