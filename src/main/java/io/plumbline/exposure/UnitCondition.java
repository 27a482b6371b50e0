package io.plumbline.exposure;

import static io.plumbline.exposure.ExposureSchema.PROPERTIES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import io.plumbline.definition.SqlCheck;
import io.plumbline.source.SparkGrammar;
import io.plumbline.source.SparkMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A condition on what the assignment row said of a unit at its first exposure. Properties are texts, NULL where the row said nothing; a
 * unit is chosen only if the condition is true.
 *
 * @param sql an expression over one row
 * @param properties the properties that it may read
 */
public record UnitCondition(String sql, List<String> properties) {

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
        SqlCheck.Outcome outcome = new SparkGrammar().rowExpression(sql);
        outcome.findings().stream().findFirst().ifPresent(finding -> {
            String part = sql.substring(finding.start(), finding.end());
            throw unusable(sql, (part.isEmpty() ? "the end" : "'" + part + "'") + " " + finding.complaint());
        });
        Optional<String> unknown = outcome.columns().stream()
                .filter(column -> properties.stream().noneMatch(column::equalsIgnoreCase))
                .min(String::compareTo);
        unknown.ifPresent(column -> {
            throw unusable(
                    sql,
                    "'" + column + "' is not a property of the exposures; "
                            + (properties.isEmpty() ? "they have none" : "there are " + String.join(", ", properties)));
        });
        return new UnitCondition(sql, properties);
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
        Dataset<Row> known = exposures.select(columns);
        try {
            return known.filter(sql).select(UNIT + ".*");
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            throw unusable(sql, SparkMessage.of(e));
        }
    }

    private static IllegalArgumentException unusable(String sql, String complaint) {
        return new IllegalArgumentException("condition \"" + sql + "\": " + complaint);
    }
}
