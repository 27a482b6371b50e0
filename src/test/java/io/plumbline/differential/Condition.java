package io.plumbline.differential;

import java.util.List;
import java.util.stream.Collectors;

/** A filter twice: as definitions write it, and as DuckDB understands it. */
record Condition(String yaml, String sql) {

    static Condition of(String column, String op, String values, String sql) {
        String given = values.isEmpty() ? "" : ", values: [" + values + "]";
        return new Condition("{column: " + column + ", op: " + op + given + "}", sql);
    }

    static Condition sql(String text) {
        return new Condition("{sql: " + yaml(text) + "}", text);
    }

    static Condition anyOf(Condition... any) {
        String yaml = List.of(any).stream().map(Condition::yaml).collect(Collectors.joining(", ", "{any_of: [", "]}"));
        return new Condition(
                yaml,
                List.of(any).stream().map(c -> "(" + c.sql() + ")").collect(Collectors.joining(" OR ", "(", ")")));
    }

    static Condition event(String name) {
        return of("event", "eq", yaml(name), "event = " + literal(name));
    }

    /** Text between double quotes, as YAML and JSON escape it. */
    static String yaml(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Every operator, over the columns of events. */
    static List<Condition> everyOperator() {
        String odd = Traps.EVENTS.get(2);
        return List.of(
                of("event", "in", yaml(odd) + ", visit", "event IN (" + literal(odd) + ", 'visit')"),
                of("event", "not_in", "visit, " + yaml(" cart "), "event NOT IN ('visit', ' cart ')"),
                event(odd),
                of("tier", "eq", "2", "tier = 2"),
                of("event", "ne", "purchase", "event <> 'purchase'"),
                of("amount", "gt", "1.5", "amount > 1.5::DOUBLE"),
                of("amount", "gte", "0", "amount >= 0"),
                of("amount", "lt", "0", "amount < 0"),
                of("cents", "lte", "500", "cents <= 500"),
                of("cents", "between", "100, 700", "cents BETWEEN 100 AND 700"),
                of(
                        "signup",
                        "between",
                        "\"2020-03-01\", \"2020-03-20\"",
                        "signup BETWEEN '2020-03-01' AND '2020-03-20'"),
                of("country", "is_null", "", "country IS NULL"),
                of("amount", "not_null", "", "amount IS NOT NULL"),
                of("note", "contains", "\"%_\", \"漢\"", "(contains(note, '%_') OR contains(note, '漢'))"),
                of("note", "not_contains", "\"_\", \"\\\\\"", "NOT (contains(note, '_') OR contains(note, '\\'))"),
                of("note", "starts_with", "\"50\", \"O'\"", "(starts_with(note, '50') OR starts_with(note, 'O'''))"),
                of("note", "ends_with", "off", "ends_with(note, 'off')"),
                of("flag", "is_true", "", "flag = true"),
                of("flag", "is_false", "", "flag = false"));
    }
}
