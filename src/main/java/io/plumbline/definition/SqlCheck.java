package io.plumbline.definition;

import java.util.List;
import java.util.Set;

/** Says whether SQL in a definition can be used, without running it or knowing any table. */
public interface SqlCheck {

    /**
     * An expression over one row: no aggregates, window functions, sub-queries or functions whose value differs from call
     * to call.
     */
    Outcome rowExpression(String text);

    /** The rows of a source: one SELECT statement, possibly with WITH, and nothing else. */
    Outcome query(String text);

    /** Column definitions as in CREATE TABLE: {@code id BIGINT, name STRING}. */
    Outcome tableSchema(String text);

    /**
     * What is wrong with a part of the text.
     *
     * @param start where the part begins, in UTF-16 units from 0
     * @param end where it ends, exclusive; {@code start} for the end of the text
     * @param complaint the rest of a sentence that begins with the part: {@code is an aggregate; …}
     */
    record Finding(int start, int end, String complaint) {}

    /**
     * What was found.
     *
     * @param findings what is wrong, in the order of the text; empty when all is well
     * @param columns the columns that a row expression reads, as written, without quotes
     */
    record Outcome(List<Finding> findings, Set<String> columns) {
        public Outcome {
            findings = List.copyOf(findings);
            columns = Set.copyOf(columns);
        }
    }
}
