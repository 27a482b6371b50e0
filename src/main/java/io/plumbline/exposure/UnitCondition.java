package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.PROPERTIES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import io.plumbline.source.RowCondition;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A condition on what the assignment row said of a unit at its first exposure. Properties are texts, NULL where the row
 * said nothing; a unit is chosen only if the condition is true.
 *
 * @param condition an expression over one row
 * @param properties the properties that it may read
 */
public record UnitCondition(RowCondition condition, List<String> properties) {

    private static final String UNIT = "plumbline__unit";

    public UnitCondition {
        properties = List.copyOf(properties);
    }

    /**
     * The condition of a text.
     *
     * @param properties the properties that the exposures have
     * @throws IllegalArgumentException if the text is no expression over one row, or reads something else
     */
    public static UnitCondition of(String sql, List<String> properties) {
        return new UnitCondition(RowCondition.of(sql, properties, "a property of the exposures"), properties);
    }

    /**
     * The exposures of which the condition is true.
     *
     * @throws IllegalArgumentException if the condition is not one that is true or false
     */
    public Dataset<Row> chosen(Dataset<Row> exposures) {
        Column[] columns = Stream.concat(
                        Stream.of(struct(col("*")).as(UNIT)),
                        properties.stream()
                                .map(name -> col(PROPERTIES).getItem(name).as(name)))
                .toArray(Column[]::new);
        return condition.taken(exposures.select(columns)).select(UNIT + ".*");
    }
}
