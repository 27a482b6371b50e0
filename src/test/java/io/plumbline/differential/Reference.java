package io.plumbline.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What DuckDB finds in the files of a random project: metric by metric, as the SQL beside this class says. */
final class Reference implements AutoCloseable {

    private final ProjectText project;
    private final Connection connection;
    private final Statement sql;
    private final Map<String, String> variables = new LinkedHashMap<>();

    private Reference(ProjectText project, Path data) throws SQLException {
        this.project = project;
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        this.sql = connection.createStatement();
        boolean csv = project.world().seed() % 2 == 0;
        variables.put("data", data.toString());
        variables.put("zone", zone(project.world().zone()));
        variables.put("visit_day", csv ? "day" : "local_day(day)");
        variables.put(
                "visits",
                csv
                        ? "read_csv('" + data + "/visits.csv', header = true, quote = '\"', escape = '\"', columns = "
                                + "{'user_id': 'VARCHAR', 'day': 'DATE', 'minutes': 'DOUBLE', 'country': 'VARCHAR'})"
                        : "read_parquet('" + data + "/visits/*.parquet')");
        variables.put("first_day", project.world().day(0).toString());
    }

    static Reference of(ProjectText project, Path data) {
        try {
            Reference reference = new Reference(project, data);
            reference.run("1_inputs.sql", Map.of());
            reference.definitions();
            return reference;
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    /** DuckDB knows zones by name only; the names of fixed offsets have the opposite sign. */
    static String zone(ZoneId zone) {
        String id = zone.getId();
        return id.startsWith("-") ? "Etc/GMT+" + Integer.parseInt(id.substring(1, 3)) : id;
    }

    /** Rows of {@code experiment_results} as of a day. */
    Table results(LocalDate asOf) {
        exposeAsOf(asOf);
        forEachSide((metric, name, side) -> run("3_side.sql", fragments(metric, name, side)));
        run("4_results.sql", Map.of());
        return Table.of(query("5_summary.sql"), "experiment", "metric", "shown", "dimension", "label", "group_name");
    }

    /** Number of metrics. */
    int metrics() {
        return project.metrics().size();
    }

    /** Finds the analysed units and their rows as of a day. */
    void exposeAsOf(LocalDate asOf) {
        variables.put("as_of", asOf.toString());
        variables.put("day_end", String.valueOf(project.world().start(asOf.plusDays(1))));
        run("2_exposures.sql", Map.of());
    }

    /** What a query of a script finds. */
    Table found(String script, Map<String, String> fragments, String... keys) {
        return Table.of(query(script, fragments), keys);
    }

    /** Rows of a query over the tables of the last results. */
    Table table(String query, String... keys) {
        String text = replaced(query, variables);
        try {
            return Table.of(sql.executeQuery(text), keys);
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage() + "\n" + text, failure);
        }
    }

    /** Rows of {@code experiment_exposures_daily} for the day of the last results. */
    Table exposures() {
        return Table.of(query("8_exposures_daily.sql"), "experiment", "group_name");
    }

    /** Rows of {@code metric_daily} up to a day. */
    Table catalog(LocalDate asOf) {
        variables.put("as_of", asOf.toString());
        execute(
                "CREATE OR REPLACE TEMP TABLE catalog_sides (metric VARCHAR, side VARCHAR, day DATE, dimension VARCHAR, "
                        + "label VARCHAR, v DOUBLE, has_data BOOLEAN, row_count BIGINT, units BIGINT, scale DOUBLE)");
        forEachSide((metric, name, side) -> {
            Map<String, String> fragments = fragments(metric, name, side);
            if (side.kind().equals("any") || side.kind().equals("share")) {
                fragments.put("aggregate", "count(DISTINCT j.user_key)");
            }
            if (ValueKind.isDistinct(side.kind())) {
                fragments.put("aggregate", ValueKind.pairs(side));
            } else if (ValueKind.isValueKind(side.kind())) {
                fragments.put("over_units", ValueKind.overUnits(metric, side));
                run("9_catalog_unit_side.sql", fragments);
                return;
            }
            boolean summed = side.kind().equals("sum");
            fragments.put(
                    "scale",
                    summed ? "coalesce(fsum(abs(" + value(side) + ")) FILTER (" + finite(side) + "), 0)" : "0");
            run("6_catalog_side.sql", fragments);
        });
        return Table.of(query("7_catalog.sql"), "metric", "day", "dimension", "label");
    }

    private interface SideTask {
        void accept(MetricCase metric, String name, Side side);
    }

    private void forEachSide(SideTask task) {
        for (MetricCase metric : project.metrics()) {
            task.accept(metric, "numerator", metric.numerator());
            metric.lower().ifPresent(side -> task.accept(metric, "denominator", side));
        }
    }

    private Map<String, String> fragments(MetricCase metric, String name, Side side) {
        Map<String, String> fragments = new LinkedHashMap<>();
        fragments.put("metric", metric.name());
        fragments.put("side", name);
        fragments.put("source", side.source());
        fragments.put("condition", side.condition());
        fragments.put("window", side.window().sql(side.dateOnly()));
        fragments.put(
                "slices",
                Stream.concat(
                                Stream.of("{'dimension': '', 'label': ''}"),
                                metric.breakdowns().stream()
                                        .map(column -> "{'dimension': '" + column + "', 'label': coalesce(j." + column
                                                + "::VARCHAR, '(unknown)')}"))
                        .collect(Collectors.joining(", ")));
        fragments.put("aggregate", aggregate(side));
        boolean valued = !side.value().isEmpty();
        fragments.put("has_data", valued ? "count(*) FILTER (" + finite(side) + ") > 0" : "count(*) > 0");
        return fragments;
    }

    private static String aggregate(Side side) {
        return switch (side.kind()) {
            case "count" -> "count(*)";
            case "sum" -> "fsum(" + value(side) + ") FILTER (" + finite(side) + ")";
            case "values" -> "count(*) FILTER (" + finite(side) + ")";
            case "any" -> "max(1)";
            case "share" ->
                "count(DISTINCT j.day) / max(CASE w.shown WHEN 'daily' THEN 1 ELSE DATE '{as_of}' - j.d0 + 1 END)";
            default -> ValueKind.aggregate(side);
        };
    }

    private static String value(Side side) {
        return "(" + side.value() + ")::DOUBLE";
    }

    private static String finite(Side side) {
        return ValueKind.known(side);
    }

    private void definitions() throws SQLException {
        for (Trial trial : project.trials()) {
            insert("experiments", trial.name(), trial.unit(), trial.start(), trial.end(), trial.crossover());
            each("experiment_groups", trial.name(), trial.groups());
            each("experiment_metrics", trial.name(), trial.metrics());
            each("experiment_views", trial.name(), trial.views());
            each("experiment_breakdowns", trial.name(), trial.breakdowns());
        }
        for (MetricCase metric : project.metrics()) {
            String limit = metric.threshold();
            boolean isAlone = metric.lower().isEmpty()
                    && ValueKind.isOneValue(metric.numerator().kind());
            insert(
                    "metrics",
                    metric.name(),
                    metric.lower().isPresent(),
                    metric.policy().equals("all_units"),
                    limit.startsWith("at_least") ? number(limit) : null,
                    limit.startsWith("more_than") ? number(limit) : null,
                    isAlone && metric.policy().equals("participating"),
                    isAlone);
        }
        forEachSide(this::side);
    }

    private void side(MetricCase metric, String name, Side side) {
        Span window = side.window();
        Long after = window.onlyMatured() ? Span.micros(Objects.requireNonNull(window.to())) : null;
        Side.Limits limits = side.limits();
        insert(
                "sides",
                metric.name(),
                name,
                after,
                side.dateOnly(),
                limits.lower().isEmpty() ? null : Double.parseDouble(limits.lower()),
                limits.upper().isEmpty() ? null : Double.parseDouble(limits.upper()),
                limits.population().equals("all"));
    }

    private static double number(String threshold) {
        return Double.parseDouble(threshold.substring(threshold.indexOf(':') + 1));
    }

    private void each(String table, String name, List<String> values) {
        values.forEach(value -> insert(table, name, value));
    }

    private void insert(String table, @Nullable Object... row) {
        String markers = Stream.of(row).map(cell -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + markers + ")")) {
            for (int i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    /** Runs a script with fragments in place of the names between braces. */
    void run(String script, Map<String, String> fragments) {
        execute(text(script, fragments));
    }

    private void execute(String text) {
        try {
            sql.execute(text);
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage() + "\n" + text, failure);
        }
    }

    private ResultSet query(String script) {
        return query(script, Map.of());
    }

    private ResultSet query(String script, Map<String, String> fragments) {
        try {
            return sql.executeQuery(text(script, fragments));
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    private String text(String script, Map<String, String> fragments) {
        try (InputStream in = Reference.class.getResourceAsStream(script)) {
            String text = new String(Objects.requireNonNull(in, script).readAllBytes(), StandardCharsets.UTF_8);
            return replaced(replaced(text, fragments), variables);
        } catch (IOException failure) {
            throw new IllegalStateException(script + ": " + failure.getMessage(), failure);
        }
    }

    private static String replaced(String text, Map<String, String> values) {
        String result = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.replace("{" + value.getKey() + "}", value.getValue());
        }
        return result;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }
}
