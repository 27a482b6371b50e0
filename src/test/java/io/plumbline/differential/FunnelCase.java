package io.plumbline.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A funnel of a random project.
 *
 * @param window such as {@code 12h}; null for none
 * @param session the column; null for none
 */
record FunnelCase(
        String name,
        List<Step> steps,
        String order,
        @Nullable String window,
        String start,
        String attempts,
        @Nullable String session,
        String count,
        boolean matured,
        Span rows) {

    /** A step; {@code within} may be null. */
    record Step(
            String source, Condition condition, @Nullable String within) {}

    private static final List<String> LIMITS = List.of("0m", "1m", "12h", "1d", "36h", "2d");

    static List<FunnelCase> of(Dice dice, int count) {
        List<FunnelCase> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(one(dice, "funnel_" + i, i));
        }
        return cases;
    }

    private static FunnelCase one(Dice dice, String name, int i) {
        boolean daily = i % 6 == 5;
        boolean session = !daily && i % 3 == 1;
        String start = i % 4 == 3 ? "exposure" : "first_step";
        String window = dice.chance(0.4) ? null : dice.of(LIMITS.subList(2, 6));
        List<Step> steps = new ArrayList<>();
        int length = dice.between(start.equals("exposure") ? 1 : 2, 4);
        for (int step = 0; step < length; step++) {
            boolean limited = dice.chance(0.25) && (step > 0 || start.equals("exposure"));
            steps.add(step(dice, daily, session, limited ? dice.of(LIMITS) : null));
        }
        boolean sessions = session && start.equals("first_step") && dice.chance(0.5);
        return new FunnelCase(
                name,
                steps,
                List.of("ordered", "strict", "unordered").get(i / 2 % 3),
                window,
                start,
                i % 5 == 2 ? "best" : "first",
                session ? dice.of(List.of("tier", "note")) : null,
                sessions ? "sessions" : "units",
                window != null && dice.chance(0.3),
                daily || dice.chance(0.7) ? Span.ALL : dice.of(MetricCases.WINDOWS));
    }

    private static Step step(Dice dice, boolean daily, boolean session, @Nullable String within) {
        if (daily) {
            Condition condition = dice.of(List.of(
                    new Condition("{column: minutes, op: gt, values: [0]}", "minutes > 0"),
                    new Condition("{column: country, op: eq, values: [DE]}", "country = 'DE'"),
                    new Condition("{column: country, op: not_null}", "country IS NOT NULL")));
            return new Step("visits", condition, within);
        }
        if (!session && dice.chance(0.15)) {
            return new Step("payments", new Condition("{column: ok, op: is_true}", "ok = true"), within);
        }
        Condition condition =
                dice.chance(0.8) ? Condition.event(dice.of(Traps.EVENTS)) : dice.of(Condition.everyOperator());
        return new Step("events", condition, within);
    }

    boolean isDaily() {
        return steps.get(0).source().equals("visits");
    }

    boolean isOfDevices() {
        return !isDaily();
    }

    String yaml() {
        List<String> keys = new ArrayList<>(List.of("name: " + name, "type: funnel", "order: " + order));
        keys.add("start: " + start);
        keys.add("attempts: " + attempts);
        keys.add("count: " + count);
        if (window != null) {
            keys.add("window: " + window);
        }
        if (session != null) {
            keys.add("session: " + session);
        }
        if (matured) {
            keys.add("only_matured: true");
        }
        if (!rows.equals(Span.ALL)) {
            keys.add("cohort_window: " + rows.yaml());
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            written.add("{name: step_" + (i + 1) + ", source: " + step.source() + ", filters: ["
                    + step.condition().yaml() + "]" + (step.within() == null ? "" : ", within: " + step.within())
                    + "}");
        }
        keys.add("steps: [" + String.join(", ", written) + "]");
        return "  - {" + String.join(", ", keys) + "}\n";
    }

    /** Rows of {@code experiment, group_name, step, units, total, denominator, mean}; step 0 is the whole funnel. */
    String resultSql() {
        boolean exposure = start.equals("exposure");
        String matures =
                exposure && matured ? " WHERE " + exposedAt("a") + " + " + micros(window) + " <= " + end() : "";
        List<String> measures = new ArrayList<>();
        int last = steps.size();
        measures.add(measure(0, "n" + last, exposure ? "1" : "n1", "true"));
        for (int k = 1; k <= last; k++) {
            String lower = k == 1 ? (exposure ? "1" : "n1") : "n" + (k - 1);
            measures.add(measure(k, "n" + k, lower, "true"));
        }
        measures.add(measure(last + 1, "seconds", "n" + last, "n" + last + " > 0"));
        return "WITH " + attempts("experiment, unit_id, t0, d0", "joined_", "", false)
                + ",\nunits AS (SELECT a.experiment, a.group_name, " + zeroed(last)
                + " FROM analysed a " + (exposure ? "LEFT" : "INNER") + " JOIN folded f USING (experiment, unit_id)"
                + matures + "),\nmeasured AS (" + String.join(" UNION ALL ", measures)
                + ")\nSELECT m.experiment, g.group_name, s.step, coalesce(c.units, 0) AS units, coalesce(c.total, 0) AS total, "
                + "coalesce(c.denominator, 0) AS denominator, c.total / nullif(c.denominator, 0) AS mean\nFROM "
                + "(SELECT experiment FROM experiment_metrics WHERE metric = '" + name
                + "') m JOIN experiment_groups g USING "
                + "(experiment) CROSS JOIN range(0, " + (last + 2)
                + ") AS s(step) LEFT JOIN measured c ON c.experiment = "
                + "m.experiment AND c.group_name = g.group_name AND c.step = s.step";
    }

    /** Rows of {@code day, numerator, denominator} for days with a start. */
    String catalogSql() {
        return "WITH " + attempts("user_key AS unit_id, day", "rows_", ", day", true)
                + "\nSELECT day, sum(n" + steps.size() + ")::DOUBLE AS numerator, sum(n1)::DOUBLE AS denominator "
                + "FROM folded GROUP BY day";
    }

    private static String measure(int step, String upper, String lower, String where) {
        return "SELECT experiment, group_name, " + step + " AS step, count(*) AS units, sum(" + upper
                + ")::DOUBLE AS total, sum(" + lower + ")::DOUBLE AS denominator FROM units WHERE " + where
                + " GROUP BY experiment, group_name";
    }

    private static String zeroed(int last) {
        StringBuilder columns = new StringBuilder("coalesce(f.seconds, 0) AS seconds");
        for (int k = 1; k <= last; k++) {
            columns.append(", coalesce(f.n").append(k).append(", 0) AS n").append(k);
        }
        return columns.toString();
    }

    /** Tables up to {@code folded}: one row per unit with n1 … and seconds. */
    private String attempts(String columns, String prefix, String day, boolean catalog) {
        String key = catalog ? "unit_id" : "experiment, unit_id";
        String carried = catalog ? "unit_id, day" : "experiment, unit_id, t0, d0";
        List<String> rowsOfSteps = new ArrayList<>();
        for (int k = 1; k <= steps.size(); k++) {
            Step step = steps.get(k - 1);
            rowsOfSteps.add("SELECT " + columns + ", " + (session == null ? "''" : session + "::VARCHAR")
                    + " AS session, "
                    + (isDaily() ? "epoch_us(day::TIMESTAMP)" : "epoch_us(instant)") + " AS us, " + k + " AS step FROM "
                    + prefix + step.source() + " AS j WHERE ("
                    + step.condition().sql() + ")"
                    + (session == null ? "" : " AND " + session + " IS NOT NULL")
                    + (catalog
                            ? " AND user_key IS NOT NULL AND day BETWEEN DATE '{first_day}' AND DATE '{as_of}'"
                            : " AND " + rows.sql(isDaily())));
        }
        StringBuilder sql = new StringBuilder("step_rows AS (" + String.join(" UNION ALL ", rowsOfSteps) + ")");
        boolean best = attempts.equals("best");
        sql.append(",\na1 AS (SELECT ")
                .append(best ? "DISTINCT " : "")
                .append(carried)
                .append(", session, ")
                .append(best ? "us" : "min(us)")
                .append(" AS c1 FROM step_rows WHERE step = 1 AND ")
                .append(starts(catalog))
                .append(best ? "" : " GROUP BY " + carried + ", session")
                .append(")");
        for (int k = 2; k <= steps.size(); k++) {
            sql.append(next(k, catalog));
        }
        return sql + folded(key + day, catalog);
    }

    private String starts(boolean catalog) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (!catalog && start.equals("exposure")) {
            if (window != null) {
                conditions.add("us - " + exposedAt("step_rows") + " <= " + micros(window));
            }
            String within = steps.get(0).within();
            if (within != null) {
                conditions.add("us - " + exposedAt("step_rows") + " <= " + micros(within));
            }
        } else if (!catalog && matured) {
            conditions.add("us + " + micros(window) + " <= " + end());
        }
        return String.join(" AND ", conditions);
    }

    private String next(int k, boolean catalog) {
        String before = "a.c" + (k - 1);
        boolean exposure = start.equals("exposure") && !catalog;
        List<String> found =
                new ArrayList<>(List.of("r.step = " + k, "r.unit_id = a.unit_id", "r.session = a.session"));
        found.add(catalog ? (window == null ? "r.day = a.day" : "true") : "r.experiment = a.experiment");
        found.add(
                switch (order) {
                    case "ordered" -> "r.us >= " + before;
                    case "strict" -> "r.us > " + before;
                    default ->
                        before + " IS NOT NULL"
                                + (exposure || window == null ? "" : " AND a.c1 - r.us <= " + micros(window));
                });
        List<String> kept = new ArrayList<>(List.of("true"));
        if (window != null) {
            kept.add("x - " + (exposure ? exposedAt("b") : "c1") + " <= " + micros(window));
        }
        String within = steps.get(k - 1).within();
        if (within != null) {
            kept.add("x - c" + (k - 1) + " <= " + micros(within));
        }
        return ",\na" + k + " AS (SELECT b.* EXCLUDE (x), CASE WHEN " + String.join(" AND ", kept) + " THEN x END AS c"
                + k
                + " FROM (SELECT a.*, (SELECT min(r.us) FROM step_rows AS r WHERE " + String.join(" AND ", found)
                + ") AS x FROM a" + (k - 1) + " AS a) AS b)";
    }

    private String folded(String key, boolean catalog) {
        int last = steps.size();
        String every = all("c", last);
        String from = start.equals("exposure") && !catalog ? exposedAt("a") : "least(" + every + ")";
        String completed = IntStream.rangeClosed(1, last)
                .mapToObj(k -> "(c" + k + " IS NOT NULL)::INT")
                .collect(Collectors.joining(" + "));
        String partition = key + (count.equals("sessions") ? ", session" : "");
        String sums = IntStream.rangeClosed(1, last)
                .mapToObj(k -> "count(*) FILTER (completed >= " + k + ") AS n" + k)
                .collect(Collectors.joining(", "));
        return ",\nfollowed AS (SELECT *, " + completed + " AS completed, CASE WHEN c" + last
                + " IS NOT NULL THEN greatest("
                + every + ") - " + from + " ELSE 0 END AS elapsed FROM a" + last + " AS a),\nchosen AS (SELECT * FROM "
                + "followed QUALIFY row_number() OVER (PARTITION BY " + partition
                + " ORDER BY completed DESC, c1, elapsed) = 1)"
                + ",\nfolded AS (SELECT " + key + ", " + sums + ", sum(elapsed) / 1e6 AS seconds FROM chosen GROUP BY "
                + key
                + ")";
    }

    private static String all(String name, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(k -> name + k).collect(Collectors.joining(", "));
    }

    private String exposedAt(String table) {
        return isDaily() ? "epoch_us(" + table + ".d0::TIMESTAMP)" : "epoch_us(" + table + ".t0)";
    }

    private String end() {
        return isDaily() ? "epoch_us((DATE '{as_of}' + 1)::TIMESTAMP)" : "{day_end}";
    }

    private static long micros(@Nullable String duration) {
        return Span.micros(Objects.requireNonNull(duration));
    }
}
