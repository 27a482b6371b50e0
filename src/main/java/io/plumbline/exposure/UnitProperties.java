package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_AT;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static io.plumbline.exposure.ExposureSchema.PROPERTY;
import static io.plumbline.exposure.ExposureSchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.EventTime;
import io.plumbline.plan.PropertyScan;
import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What property sources say of exposed units: for each property the last value that is not null, of the rows at or before
 * the unit's first exposure. Where a source knows only days, the rows of the day of exposure count as before it. Of several
 * values at the same time, and of several rows of a source without time, the one that sorts first as text.
 *
 * <p>Input: the rows of a property source, and exposures. Output: {@code experiment, unit_id}, and {@code property__<name>}
 * STRING; only units of which something is known. Nothing of it is stored: late rows count from the next run on.
 */
public final class UnitProperties {

    private static final String ID = "plumbline__unit_id";
    private static final String AGE = "age";
    private static final String VALUE = "value";

    private UnitProperties() {}

    /** The properties of the units of the scan's experiments. */
    public static Dataset<Row> of(PropertyScan scan, Dataset<Row> rows, Dataset<Row> exposures) {
        Dataset<Row> known = known(scan, rows);
        Dataset<Row> units = exposures
                .filter(col(EXPERIMENT).isin(scan.experiments().toArray()))
                .select(EXPERIMENT, UNIT_ID, FIRST_EXPOSURE_AT, FIRST_EXPOSURE_DATE);
        Dataset<Row> before = known.join(units, col(ID).equalTo(col(UNIT_ID)).and(isBefore(scan)));
        List<Column> values = new ArrayList<>();
        scan.properties().forEach(name -> values.add(last(scan, name).as(PROPERTY + name)));
        return before.groupBy(EXPERIMENT, UNIT_ID)
                .agg(values.get(0), values.subList(1, values.size()).toArray(Column[]::new));
    }

    /** Exposures with the properties beside them; null where nothing is known. */
    public static Dataset<Row> added(Dataset<Row> exposures, Dataset<Row> properties) {
        Dataset<Row> right = properties
                .withColumnRenamed(EXPERIMENT, "plumbline__experiment")
                .withColumnRenamed(UNIT_ID, ID);
        return exposures
                .join(
                        right,
                        exposures
                                .col(EXPERIMENT)
                                .equalTo(right.col("plumbline__experiment"))
                                .and(exposures.col(UNIT_ID).equalTo(right.col(ID))),
                        "left")
                .drop("plumbline__experiment", ID);
    }

    private static Dataset<Row> known(PropertyScan scan, Dataset<Row> rows) {
        Stream<Column> time =
                scan.source().time().isPresent() ? Stream.of(col(SourceSchema.AT), col(SourceSchema.DAY)) : Stream.of();
        Stream<Column> properties =
                scan.properties().stream().map(name -> text(name).as(PROPERTY + name));
        Column id = text(scan.source().unitColumn(scan.unitType())).as(ID);
        return rows.select(Stream.of(Stream.of(id), time, properties)
                        .flatMap(columns -> columns)
                        .toArray(Column[]::new))
                .filter(col(ID).isNotNull());
    }

    private static Column isBefore(PropertyScan scan) {
        return scan.source()
                .time()
                .map(time -> time.precision() == EventTime.Precision.DAY
                        ? col(SourceSchema.DAY).leq(col(FIRST_EXPOSURE_DATE))
                        : col(SourceSchema.AT).leq(col(FIRST_EXPOSURE_AT)))
                .orElse(lit(true));
    }

    private static Column last(PropertyScan scan, String property) {
        Column value = col(PROPERTY + property);
        if (scan.source().time().isEmpty()) {
            return min(value);
        }
        Column age = negate(unix_micros(col(SourceSchema.AT))).as(AGE);
        return min(when(value.isNotNull(), struct(age, value.as(VALUE)))).getField(VALUE);
    }

    private static Column text(String column) {
        return Sources.quoted(column).cast(DataTypes.StringType);
    }
}
