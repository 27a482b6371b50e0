package io.plumbline.source;

import io.plumbline.definition.SqlCheck;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A condition over one row that a person has typed, rather than written into a definition. A row is taken only if it is
 * true.
 *
 * @param sql the text
 */
public record RowCondition(String sql) {

    /**
     * The condition of a text.
     *
     * @param columns what it may read
     * @param noun what these are, such as {@code a column of metric source 'orders'}
     * @throws IllegalArgumentException if the text is no expression over one row, or reads something else
     */
    public static RowCondition of(String sql, List<String> columns, String noun) {
        SqlCheck.Outcome outcome = new SparkGrammar().rowExpression(sql);
        outcome.findings().stream().findFirst().ifPresent(finding -> {
            String part = sql.substring(finding.start(), finding.end());
            throw unusable(sql, (part.isEmpty() ? "the end" : "'" + part + "'") + " " + finding.complaint());
        });
        Optional<String> unknown = outcome.columns().stream()
                .filter(column -> columns.stream().noneMatch(column::equalsIgnoreCase))
                .min(String::compareTo);
        unknown.ifPresent(column -> {
            throw unusable(
                    sql,
                    "'" + column + "' is not " + noun + "; "
                            + (columns.isEmpty() ? "there are none" : "there are " + String.join(", ", columns)));
        });
        return new RowCondition(sql);
    }

    /**
     * The rows of which it is true.
     *
     * @throws IllegalArgumentException if it is not one that is true or false
     */
    public Dataset<Row> taken(Dataset<Row> rows) {
        try {
            return rows.filter(sql);
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            throw unusable(sql, SparkMessage.of(e));
        }
    }

    private static IllegalArgumentException unusable(String sql, String complaint) {
        return new IllegalArgumentException("condition \"" + sql + "\": " + complaint);
    }
}
