package io.plumbline.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL, checked without running it. What is wrong is reported at its place within the text. */
enum SqlKind implements Kind {
    /** An expression over one row; a number or true and false are expressions as well. */
    ROW_EXPRESSION,
    /** A SELECT statement, which may use the dates of the run. */
    QUERY,
    /** Column definitions. */
    SCHEMA;

    @Override
    public Map<String, Object> schema(JsonSchema.Definitions definitions) {
        return this == ROW_EXPRESSION
                ? Map.of("type", List.of("string", "number", "boolean"))
                : Map.of("type", "string", "minLength", 1);
    }

    @Override
    public boolean check(YamlNode node, Checker checker, String subject) {
        boolean text = node instanceof YamlNode.Scalar scalar && accepts(scalar.type());
        if (!text) {
            return checker.problem(node, subject, "expected " + expected() + ", found " + node.noun());
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        Variables variables = this == QUERY ? checker.variables().withSampleDates() : checker.variables();
        Optional<Expanded> expanded = checker.expand(scalar, subject, variables);
        if (expanded.isEmpty()) {
            return false;
        }
        SqlCheck.Outcome outcome = outcome(checker.sql(), expanded.get().text());
        checker.remember(node, outcome);
        outcome.findings().forEach(finding -> report(finding, scalar, expanded.get(), checker, subject));
        return outcome.findings().isEmpty();
    }

    private boolean accepts(YamlNode.Type type) {
        return type == YamlNode.Type.TEXT || (this == ROW_EXPRESSION && type != YamlNode.Type.NULL);
    }

    private String expected() {
        return switch (this) {
            case ROW_EXPRESSION -> "a SQL expression";
            case QUERY -> "a SELECT statement";
            case SCHEMA -> "column definitions such as 'id BIGINT, name STRING'";
        };
    }

    private SqlCheck.Outcome outcome(SqlCheck sql, String text) {
        return switch (this) {
            case ROW_EXPRESSION -> sql.rowExpression(text);
            case QUERY -> sql.query(text);
            case SCHEMA -> sql.tableSchema(text);
        };
    }

    private static void report(
            SqlCheck.Finding finding, YamlNode.Scalar scalar, Expanded text, Checker checker, String subject) {
        Place place = scalar.at(text.writtenOffset(finding.start()));
        String part = text.writtenBetween(finding.start(), finding.end());
        checker.problem(
                place, subject, (part.isEmpty() ? "the end" : Wording.quoted(part)) + " " + finding.complaint());
    }
}
