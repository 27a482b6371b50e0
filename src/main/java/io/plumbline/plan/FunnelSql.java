package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.FunnelRule;
import io.plumbline.metric.MetricSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A funnel as SQL, step by step: the rows of every step, the attempts, and for each step the first row after the one before.
 * A run evaluates the same in one pass over the times of a unit. The furthest of several attempts or sessions completes
 * the funnel exactly if any does.
 *
 * @param funnel the definition
 * @param sources those of its steps
 * @param unitType the experiment's unit type
 * @param lastDay the last day whose rows count
 */
record FunnelSql(FunnelMetric funnel, Collection<MetricSource> sources, String unitType, LocalDate lastDay) {

    /** The tables that lead from {@code exposed} to {@code units (unit_id, group_name, numerator, denominator)}. */
    List<String> tables() {
        List<String> tables = new ArrayList<>();
        tables.add(rows());
        tables.add(starts());
        for (int step = 2; step <= rule().steps(); step++) {
            tables.add(step(step));
        }
        tables.add(units());
        return tables;
    }

    private FunnelRule rule() {
        return funnel.rule();
    }

    private boolean isFromExposure() {
        return rule().start() == FunnelRule.Start.EXPOSURE;
    }

    private boolean isDaily() {
        return sources.iterator().next().time().precision() == EventTime.Precision.DAY;
    }

    private String rows() {
        List<String> selects = new ArrayList<>();
        for (int step = 1; step <= rule().steps(); step++) {
            selects.add(rows(step));
        }
        return "-- Row level: the rows of every step that the window takes, times in microseconds\nstep_rows AS (\n"
                + String.join("\n  UNION ALL\n", selects) + "\n)";
    }

    private String rows(int step) {
        FunnelMetric.Step defined = funnel.steps().get(step - 1);
        MetricSource source = sources.stream()
                .filter(each -> each.name().equals(defined.rows().source()))
                .findFirst()
                .orElseThrow();
        String time = SqlText.name(source.time().column());
        List<String> conditions =
                new ArrayList<>(FilterSql.conditions(defined.rows().filters()));
        rule().session().ifPresent(session -> conditions.add(session + " IS NOT NULL"));
        conditions.add(
                isDaily()
                        ? "to_date(" + time + ") <= " + SqlText.literal(lastDay)
                        : time + " < " + SqlText.startOf(lastDay.plusDays(1)));
        return "  SELECT e.*, " + step + " AS step, s.session_id, "
                + (isDaily() ? micros("s.row_at") : "unix_micros(s.row_at)")
                + " AS at\n  FROM exposed e\n  JOIN (SELECT CAST("
                + SqlText.name(source.unitColumn(unitType)) + " AS STRING) AS row_unit, "
                + (isDaily() ? "to_date(" + time + ")" : time) + " AS row_at, "
                + rule().session()
                        .map(session -> "CAST(" + session + " AS STRING)")
                        .orElse("''")
                + " AS session_id\n    FROM " + source.name() + "\n    WHERE " + String.join("\n      AND ", conditions)
                + ") s\n    ON s.row_unit = e.unit_id AND " + String.join(" AND ", window());
    }

    private List<String> window() {
        Duration from = funnel.rows().from();
        Optional<Duration> to = funnel.rows().to();
        List<String> conditions = new ArrayList<>();
        if (isDaily()) {
            conditions.add("s.row_at >= date_add(e.d0, " + from.toDays() + ")");
            to.ifPresent(end -> conditions.add("s.row_at < date_add(e.d0, " + end.toDays() + ")"));
        } else {
            conditions.add("s.row_at >= " + Side.after("e.t0", from));
            to.ifPresent(end -> conditions.add("s.row_at < " + Side.after("e.t0", end)));
        }
        return conditions;
    }

    private String starts() {
        List<String> conditions = new ArrayList<>(List.of("step = 1"));
        if (isFromExposure()) {
            limit(rule().window()).ifPresent(limit -> conditions.add("at <= " + exposedAt() + limit));
            limit(rule().withins().get(0)).ifPresent(limit -> conditions.add("at <= " + exposedAt() + limit));
        } else if (rule().maturity() == CohortWindow.Maturity.ONLY_MATURED) {
            conditions.add("at" + limit(rule().window()).orElse("") + " <= " + dataEnd());
        }
        boolean best = rule().attempts() == FunnelRule.Attempts.BEST;
        return "-- Attempts: " + (best ? "one for every row" : "the first row") + " of step 1\nstep_1 AS (\n  SELECT "
                + (best ? "DISTINCT " : "") + "unit_id, group_name, t0, d0, session_id, "
                + (best ? "at" : "MIN(at)") + " AS at_1\n  FROM step_rows\n  WHERE "
                + String.join("\n    AND ", conditions)
                + (best ? "" : "\n  GROUP BY unit_id, group_name, t0, d0, session_id") + "\n)";
    }

    private String step(int step) {
        String before = "a.at_" + (step - 1);
        String columns = columns(step - 1);
        List<String> limits = new ArrayList<>();
        String start = isFromExposure() ? exposedAt("a.") : "a.at_1";
        limit(rule().window()).ifPresent(limit -> limits.add("MIN(r.at) <= " + start + limit));
        limit(rule().withins().get(step - 1)).ifPresent(limit -> limits.add("MIN(r.at) <= " + before + limit));
        String first =
                limits.isEmpty() ? "MIN(r.at)" : "CASE WHEN " + String.join(" AND ", limits) + " THEN MIN(r.at) END";
        return "step_" + step + " AS (\n  SELECT " + columns + ",\n    " + first + " AS at_" + step + "\n  FROM step_"
                + (step - 1)
                + " a\n  LEFT JOIN step_rows r\n    ON r.unit_id = a.unit_id AND r.session_id = a.session_id"
                + " AND r.step = " + step + "\n    AND " + following(before) + "\n  GROUP BY " + columns + "\n)";
    }

    private String following(String before) {
        return switch (rule().order()) {
            case ORDERED -> "r.at >= " + before;
            case STRICT -> "r.at > " + before;
            case UNORDERED -> {
                boolean bounded = !isFromExposure() && rule().window().isPresent();
                String known = before + " IS NOT NULL";
                yield bounded
                        ? known + " AND r.at >= a.at_1 - "
                                + elapsed(rule().window().get())
                        : known;
            }
        };
    }

    private static String columns(int steps) {
        StringBuilder columns = new StringBuilder("a.unit_id, a.group_name, a.t0, a.d0, a.session_id");
        for (int step = 1; step <= steps; step++) {
            columns.append(", a.at_").append(step);
        }
        return columns.toString();
    }

    private String units() {
        String completed = "COUNT(a.at_" + rule().steps() + ")";
        boolean sessions = rule().counted() == FunnelRule.Counted.SESSIONS;
        String numerator = sessions ? completed : "IF(" + completed + " > 0, 1, 0)";
        String denominator = sessions ? "COUNT(a.at_1)" : "1";
        boolean maturing = rule().maturity() == CohortWindow.Maturity.ONLY_MATURED;
        String matured = isFromExposure() && maturing
                ? "\n  WHERE " + exposedAt("e.") + limit(rule().window()).orElse("") + " <= " + dataEnd()
                : "";
        return "-- Unit level: completed the last step, and started; "
                + (isFromExposure() ? "all exposed units" : "units that started")
                + "\nunits AS (\n  SELECT e.unit_id, e.group_name,\n    CAST(" + numerator
                + " AS DOUBLE) AS numerator, CAST(" + denominator + " AS DOUBLE) AS denominator\n  FROM exposed e "
                + (isFromExposure() ? "LEFT " : "") + "JOIN step_" + rule().steps() + " a ON a.unit_id = e.unit_id"
                + matured + "\n  GROUP BY e.unit_id, e.group_name\n)";
    }

    private String exposedAt() {
        return exposedAt("");
    }

    private String exposedAt(String table) {
        return isDaily() ? micros(table + "d0") : "unix_micros(" + table + "t0)";
    }

    private String dataEnd() {
        LocalDate next = lastDay.plusDays(1);
        return isDaily() ? micros(SqlText.literal(next)) : "unix_micros(" + SqlText.startOf(next) + ")";
    }

    /** Days since 1970 as microseconds of 24 hours each. */
    private static String micros(String date) {
        return "unix_date(" + date + ") * 86400000000";
    }

    private static Optional<String> limit(Optional<Duration> duration) {
        return duration.map(limit -> " + " + elapsed(limit));
    }

    private static String elapsed(Duration duration) {
        return duration.toSeconds() + "000000";
    }
}
