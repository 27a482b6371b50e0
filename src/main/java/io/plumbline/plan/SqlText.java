package io.plumbline.plan;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and literals as Spark SQL writes them, quoted only where they have to be. */
final class SqlText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> RESERVED = Set.of(
            "all",
            "and",
            "anti",
            "any",
            "as",
            "between",
            "both",
            "by",
            "case",
            "cast",
            "check",
            "collate",
            "column",
            "create",
            "cross",
            "distinct",
            "else",
            "end",
            "escape",
            "except",
            "exists",
            "false",
            "filter",
            "for",
            "from",
            "full",
            "grant",
            "group",
            "having",
            "in",
            "inner",
            "intersect",
            "into",
            "is",
            "join",
            "lateral",
            "leading",
            "left",
            "like",
            "limit",
            "minus",
            "natural",
            "not",
            "null",
            "on",
            "only",
            "or",
            "order",
            "outer",
            "overlaps",
            "right",
            "select",
            "semi",
            "set",
            "some",
            "table",
            "then",
            "to",
            "trailing",
            "true",
            "union",
            "unique",
            "unknown",
            "user",
            "using",
            "values",
            "when",
            "where",
            "window",
            "with",
            "within");

    private SqlText() {}

    /** A column or view by name, whatever characters the name holds. */
    static String name(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
        return plain ? name : quoted(name);
    }

    /** A name in backticks. */
    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** A string, number, boolean or date as a literal. */
    static String literal(Object value) {
        if (value instanceof LocalDate day) {
            return "DATE'" + day + "'";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return '\'' + value.toString().replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }

    /** Local midnight at which a day begins. */
    static String startOf(LocalDate day) {
        return "TIMESTAMP'" + day + " 00:00:00'";
    }

    /** A number without needless zeros. */
    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Elapsed time as definitions write it: {@code 7d}, {@code 36h}, {@code 90m}. */
    static String elapsed(Duration duration) {
        if (duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        if (duration.equals(Duration.ofHours(duration.toHours()))) {
            return duration.toHours() + "h";
        }
        return duration.equals(Duration.ofMinutes(duration.toMinutes()))
                ? duration.toMinutes() + "m"
                : duration.toSeconds() + "s";
    }
}
