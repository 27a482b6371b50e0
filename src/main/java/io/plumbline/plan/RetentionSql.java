package io.plumbline.plan;

import io.plumbline.metric.Rollup;
import java.util.List;

/**
 * Retention as SQL: the days of both selections, and for every unit its start days and those it came back after.
 *
 * @param starts the start rows
 * @param completions the completion rows
 * @param window when the completion has to be
 */
record RetentionSql(Side starts, Side completions, Rollup.Return window) {

    /** The tables of the query after the exposed units. */
    List<String> tables() {
        return List.of(starts.rows(), completions.rows(), startDays(), completionDays(), units());
    }

    private String startDays() {
        return "-- Day level: start days since exposure whose window has ended\nstart_days AS (\n"
                + "  SELECT DISTINCT e.unit_id, e.group_name, to_date(r.at) AS day\n  FROM exposed e\n  JOIN "
                + starts.name() + "_rows r\n    ON r.unit_id = e.unit_id\n    AND "
                + String.join("\n    AND ", starts.window())
                + "\n  WHERE date_add(to_date(r.at), " + window.endDays() + ") <= "
                + SqlText.literal(starts.lastDay()) + "\n)";
    }

    private String completionDays() {
        return "-- Day level: days with a completion\ncompletion_days AS (\n"
                + "  SELECT DISTINCT unit_id, to_date(at) AS day\n  FROM " + completions.name() + "_rows\n)";
    }

    private String units() {
        return """
                -- Unit level: start days with a completion in their window, and all start days
                units AS (
                  SELECT s.unit_id, s.group_name,
                    CAST(COUNT(DISTINCT IF(c.day IS NULL, NULL, s.day)) AS DOUBLE) AS numerator,
                    CAST(COUNT(DISTINCT s.day) AS DOUBLE) AS denominator
                  FROM start_days s
                  LEFT JOIN completion_days c
                    ON c.unit_id = s.unit_id
                    AND c.day BETWEEN date_add(s.day, %d) AND date_add(s.day, %d)
                  GROUP BY s.unit_id, s.group_name
                )""".formatted(window.firstDay(), window.endDays());
    }
}
