package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.Population;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitValue;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a metric as SQL: its rows, and one value per exposed unit.
 *
 * @param name of the value's column: {@code value}, {@code numerator} or {@code denominator}
 * @param value what the side is
 * @param population whether units without rows have a value, which is 0
 * @param source where its rows are
 * @param unitType the experiment's unit type
 * @param lastDay the last day whose rows count
 */
record Side(
        String name, UnitValue value, Population population, MetricSource source, String unitType, LocalDate lastDay) {

    /** Whether a source knows only the day of its rows. */
    static boolean isDaily(MetricSource source) {
        return source.time().precision() == EventTime.Precision.DAY;
    }

    /** The instant that is some elapsed time after another; intervals of days would follow the calendar instead. */
    static String after(String instant, Duration elapsed) {
        if (elapsed.isZero()) {
            return instant;
        }
        boolean hours = elapsed.equals(Duration.ofHours(elapsed.toHours()));
        return hours
                ? "timestampadd(HOUR, " + elapsed.toHours() + ", " + instant + ")"
                : "timestampadd(SECOND, " + elapsed.toSeconds() + ", " + instant + ")";
    }

    /** Row level: the rows that pass the filters, with unit, time and value. */
    String rows() {
        Component component = value.component();
        String time = SqlText.name(source.time().column());
        List<String> columns = new ArrayList<>();
        columns.add("CAST(" + SqlText.name(source.unitColumn(unitType)) + " AS STRING) AS unit_id");
        columns.add((isDaily(source) ? "to_date(" + time + ")" : time) + " AS at");
        List<String> conditions =
                new ArrayList<>(FilterSql.conditions(component.rows().filters()));
        ValueSql.column(component).ifPresent(columns::add);
        ValueSql.known(component).ifPresent(conditions::add);
        conditions.add(
                isDaily(source)
                        ? "to_date(" + time + ") <= " + SqlText.literal(lastDay)
                        : time + " < " + SqlText.startOf(lastDay.plusDays(1)));
        return "-- Row level: the rows that count" + (component.value().isPresent() ? ", with their value" : "") + "\n"
                + name + "_rows AS (\n  SELECT "
                + String.join(", ", columns) + "\n  FROM " + source.name() + "\n  WHERE "
                + String.join("\n    AND ", conditions) + "\n)";
    }

    /** Unit level: one value per exposed unit; 0 for units without rows, unless these do not count. */
    String values() {
        String table = name.equals("value") ? "units" : name + "s";
        boolean participating = population == Population.PARTICIPATING;
        return "-- Unit level: one " + name + " per exposed unit, "
                + (participating ? "unless it has no value\n" : "also without rows\n") + table + " AS (\n"
                + (value.cap().isPresent() ? limitedDays() : wholeWindow())
                + (participating ? "\n  HAVING COUNT(r.unit_id) > 0" : "") + "\n)";
    }

    private String wholeWindow() {
        return "  SELECT e.unit_id, e.group_name,\n    " + withThreshold(rolledUp()) + " AS " + name
                + "\n  FROM exposed e" + joinedRows("  ") + "\n  GROUP BY e.unit_id, e.group_name, e.t0, e.d0";
    }

    /** A day at a time, each limited before they are added. */
    private String limitedDays() {
        String limit = SqlText.number(value.cap().orElseThrow());
        return "  SELECT unit_id, group_name,\n    "
                + withThreshold("SUM(LEAST(of_day, CAST(" + limit + " AS DOUBLE)))") + " AS " + name
                + "\n  FROM (\n    SELECT e.unit_id, e.group_name, to_date(r.at) AS day, "
                + ValueSql.total(value.component().aggregate())
                + " AS of_day\n    FROM exposed e" + joinedRows("    ")
                + "\n    GROUP BY e.unit_id, e.group_name, e.t0, e.d0, to_date(r.at)\n  )"
                + "\n  GROUP BY unit_id, group_name";
    }

    private String joinedRows(String indent) {
        return "\n" + indent + "LEFT JOIN " + name + "_rows r\n" + indent + "  ON r.unit_id = e.unit_id\n" + indent
                + "  AND " + String.join("\n" + indent + "  AND ", window());
    }

    /** Which rows {@code r} are in the window of an exposed unit {@code e}; all must be true. */
    List<String> window() {
        CohortWindow window = value.window();
        List<String> conditions = new ArrayList<>();
        if (isDaily(source)) {
            conditions.add("r.at >= " + dayAfter(window.from()));
            window.to().ifPresent(to -> conditions.add("r.at < " + dayAfter(to)));
        } else {
            conditions.add("r.at >= " + after("e.t0", window.from()));
            window.to().ifPresent(to -> conditions.add("r.at < " + after("e.t0", to)));
        }
        return conditions;
    }

    private static String dayAfter(Duration elapsed) {
        return elapsed.isZero() ? "e.d0" : "date_add(e.d0, " + elapsed.toDays() + ")";
    }

    private String rolledUp() {
        return switch ((Rollup.Plain) value.rollup()) {
            case TOTAL -> ValueSql.total(value.component().aggregate());
            case ANY -> "CAST(IF(COUNT(r.unit_id) > 0, 1, 0) AS DOUBLE)";
            case ACTIVE_DAY_SHARE ->
                "COUNT(DISTINCT to_date(r.at)) / CAST(datediff(" + SqlText.literal(lastDay) + ", e.d0) + 1 AS DOUBLE)";
        };
    }

    private String withThreshold(String number) {
        return value.threshold()
                .map(threshold -> "CAST(IF(" + number
                        + (threshold.kind() == Threshold.Kind.MORE_THAN ? " > " : " >= ")
                        + SqlText.number(threshold.limit()) + ", 1, 0) AS DOUBLE)")
                .orElse(number);
    }
}
