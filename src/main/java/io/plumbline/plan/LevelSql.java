package io.plumbline.plan;

import io.plumbline.metric.Aggregate;
import java.util.List;
import java.util.stream.Collectors;

/** The queries that stop before the group: over the rows that count, and over units. */
final class LevelSql {

    private LevelSql() {}

    /** The rows that count, of all sides one below the other. */
    static String rows(List<Side> sides) {
        return "-- Row level: the rows that count, with the group of their unit\n"
                + sides.stream().map(side -> rows(side, sides.size())).collect(Collectors.joining("\nUNION ALL\n"))
                + "\nORDER BY " + (sides.size() == 1 ? "" : "side, ") + "group_name, unit_id, at";
    }

    private static String rows(Side side, int sides) {
        String name = sides == 1 ? "" : SqlText.literal(side.name()) + " AS side, ";
        boolean sum = side.value().component().aggregate() == Aggregate.SUM;
        String value = sum ? "r.value" : "CAST(1 AS DOUBLE) AS value";
        return "SELECT " + name + "e.group_name, r.unit_id, r.at, " + value + "\nFROM exposed e\nJOIN " + side.name()
                + "_rows r\n  ON r.unit_id = e.unit_id\n  AND " + String.join("\n  AND ", side.window());
    }

    /** The rows of a funnel's steps, from the table {@code step_rows}. */
    static String stepRows() {
        return "-- Row level: the rows of every step, with the group of their unit\n"
                + "SELECT group_name, unit_id, session_id, step, at\nFROM step_rows\nORDER BY group_name, unit_id, at, step";
    }

    /** The units, with their value or both sides. */
    static String units(List<String> values, String table) {
        return "-- Unit level\nSELECT group_name, unit_id, " + String.join(", ", values) + "\nFROM " + table
                + "\nORDER BY group_name, unit_id";
    }
}
