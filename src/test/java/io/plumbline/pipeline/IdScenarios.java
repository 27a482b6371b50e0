package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.experiment.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The world of {@link IdScenariosTest}: devices are exposed, orders know users, logins know both, clicks know devices. The
 * experiments {@code strict}, {@code first_touch} and {@code last_touch} have the same exposures; {@code users} randomizes
 * users and resolves nothing. Devices whose name begins with c are in the control, those with t in the treatment.
 */
final class IdScenarios {

    static final String EXPOSURES = """
            id,group_name,at,platform
            c1,control,2026-01-01T10:00:00Z,web
            c2,control,2026-01-01T11:00:00Z,web
            c3,control,2026-01-01T09:00:00Z,app
            c4,control,2026-01-01T08:00:00Z,app
            c7,control,2026-01-01T07:00:00Z,app
            t1,treatment,2026-01-01T10:00:00Z,web
            t2,treatment,2026-01-01T12:00:00Z,web
            t4,treatment,2026-01-01T08:00:00Z,app
            t5,treatment,2026-01-02T00:00:00Z,app
            t6,treatment,2026-01-01T23:00:00Z,app
            x1,control,2026-01-01T06:00:00Z,web
            x1,treatment,2026-01-03T06:00:00Z,web
            """;

    static final String USER_EXPOSURES = """
            id,group_name,at,platform
            u1,control,2026-01-01T10:30:00Z,web
            u3,treatment,2026-01-02T10:30:00Z,web
            """;

    static final String LOGINS = """
            device,user,at
            c1,u1,2026-01-01T10:05:00Z
            c1,u1,2026-01-02T10:05:00Z
            x1,u1,2026-01-01T06:05:00Z
            z9,u1,2026-01-01T06:05:00Z
            c2,u2a,2026-01-01T11:05:00Z
            c2,u2b,2026-01-02T11:05:00Z
            t1,u3,2026-01-01T10:05:00Z
            t2,u3,2026-01-03T10:05:00Z
            c4,u4,2026-01-02T10:05:00Z
            t4,u4,2026-01-02T10:05:00Z
            t5,u5,2026-01-02T10:05:00Z
            t5,u6,2026-01-02T10:05:00Z
            t6,u6,2026-01-02T10:05:00Z
            c3,,2026-01-02T10:05:00Z
            ,u9,2026-01-02T10:05:00Z
            c7,u7,2026-01-04T10:05:00Z
            c3,u3,2026-01-04T10:05:00Z
            """;

    static final String ORDERS = """
            user,at,amount,country,item
            u1,2026-01-01T09:59:59.999999Z,1000,DE,a
            u1,2026-01-01T10:00:00Z,1,DE,a
            u1,2026-01-02T09:59:59.999999Z,2,FR,a
            u1,2026-01-02T10:00:00Z,4,DE,b
            u2a,2026-01-01T12:00:00Z,10,DE,a
            u2b,2026-01-01T10:59:59Z,2000,DE,z
            u2b,2026-01-01T12:00:00Z,20,FR,a
            u2b,2026-01-03T12:00:00Z,40,DE,b
            u3,2026-01-01T09:30:00Z,50,FR,c
            u3,2026-01-01T11:00:00Z,100,DE,a
            u3,2026-01-01T12:00:00Z,200,DE,b
            u4,2026-01-01T08:00:00Z,7,FR,a
            u5,2026-01-02T00:00:00Z,300,DE,a
            u6,2026-01-01T23:30:00Z,500,DE,a
            u6,2026-01-02T00:30:00Z,700,FR,b
            u7,2026-01-01T06:59:59.999999Z,5000,DE,a
            u7,2026-01-01T07:00:00Z,9,DE,a
            u9,2026-01-02T12:00:00Z,3000,DE,a
            ,2026-01-02T12:00:00Z,4000,DE,a
            """;

    static final String CLICKS = """
            device,at
            c1,2026-01-01T09:00:00Z
            c1,2026-01-01T11:00:00Z
            c1,2026-01-01T12:00:00Z
            c2,2026-01-02T11:00:00Z
            t2,2026-01-02T11:00:00Z
            """;

    static final String ACCOUNTS = """
            device,user,since,plan
            c1,u1,2025-06-01T00:00:00Z,free
            c3,u3,2026-01-02T00:00:00Z,free
            t1,u3,2026-01-03T00:00:00Z,free
            t2,u2a,2026-01-04T00:00:00Z,free
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: ids
            unit_types: [device, user]
            settings: {breakdown_min_units: 1}
            metric_sources:
              - {name: orders, path: orders, format: csv, options: &header {header: "true"}, schema: "user STRING, at TIMESTAMP, amount DOUBLE, country STRING, item STRING", timestamp: at, units: {user: user}}
              - {name: clicks, path: clicks.csv, format: csv, options: *header, schema: "device STRING, at TIMESTAMP", timestamp: at, units: {device: device}}
              - {name: logins, path: logins.csv, format: csv, options: *header, schema: "device STRING, user STRING, at TIMESTAMP", timestamp: at, units: {device: device, user: user}}
            property_sources:
              - {name: accounts, path: accounts.csv, format: csv, options: *header, schema: "device STRING, user STRING, since TIMESTAMP, plan STRING", timestamp: since, units: {device: device, user: user}, properties: [plan]}
              - {name: ledger, path: accounts.csv, format: csv, options: *header, schema: "device STRING, user STRING, since TIMESTAMP, plan STRING", units: {device: device, user: user}, properties: [plan]}
            metrics:
              - {name: spent, type: sum, source: orders, value: amount, breakdowns: [country]}
              - {name: first_day, type: sum, source: orders, value: amount, cohort_window: {to: 1d}}
              - {name: items, type: count_distinct, source: orders, value: item}
              - {name: latest, type: latest_value, source: orders, value: amount}
              - {name: capped, type: sum, source: orders, value: amount, cap: 25}
              - {name: active, type: unit_count, rollup: daily_participation, source: orders}
              - {name: clicks_made, type: count, source: clicks}
              - {name: spent_per_click, type: ratio, numerator: {type: sum, source: orders, value: amount}, denominator: {type: count, source: clicks}}
              - {name: order_size, type: mean, source: orders, value: amount}
            """;

    private IdScenarios() {}

    /** A project with some experiments. */
    static Scenario of(SparkSession spark, Path folder, String... experiments) {
        return Scenario.of(spark, folder, files(experiments));
    }

    /** Its files. */
    static Map<String, String> files(String... experiments) {
        StringBuilder sources = new StringBuilder("assignment_sources:\n");
        StringBuilder definitions = new StringBuilder("experiments:\n");
        for (String experiment : experiments) {
            String name = experiment.substring(experiment.indexOf("name: ") + 6, experiment.indexOf(','));
            String unit = name.equals("users") ? "user" : "device";
            sources.append("  - {name: " + name + ", path: " + unit + "_exposures.csv, format: csv, options: {header: "
                    + "\"true\"}, schema: \"id STRING, group_name STRING, at TIMESTAMP, platform STRING\", timestamp: at, "
                    + "columns: {experiment: \"'" + name + "'\"}, experiment: experiment, group: group_name, units: {"
                    + unit + ": id}, properties: [platform]}\n");
            definitions.append("  - {assignment_source: " + name + ", unit: " + unit
                    + ", start: 2026-01-01, groups: [{name: control, control: true}, {name: treatment}], "
                    + experiment + "}\n");
        }
        return Map.of(
                "device_exposures.csv", EXPOSURES,
                "user_exposures.csv", USER_EXPOSURES,
                "logins.csv", LOGINS,
                "orders/first.csv", ORDERS,
                "clicks.csv", CLICKS,
                "accounts.csv", ACCOUNTS,
                "plumbline.yml", DEFINITIONS + sources + definitions);
    }

    /** The SQL of every metric of every experiment gives the numbers of the run. */
    static void assertExplained(Scenario scenario, String day) {
        for (Experiment experiment : scenario.project().experiments().values()) {
            for (String metric : experiment.metrics().keySet()) {
                for (Row row : scenario.explained(experiment, metric, day)) {
                    Row expected = scenario.row(
                            metric,
                            "experiment = '" + experiment.name() + "' AND ds = DATE'" + day + "' AND group_name = '"
                                    + row.getAs("group_name") + "'");
                    String what = experiment.name() + " " + metric;
                    assertThat(row.<Long>getAs("units")).as(what).isEqualTo(expected.<Long>getAs("units"));
                    for (String column : List.of("total", "mean", "std_error")) {
                        assertThat(row.<Double>getAs(column))
                                .as(what + " " + column)
                                .usingComparator(IdScenarios::byNumber)
                                .isEqualTo(expected.getAs(column));
                    }
                }
            }
        }
    }

    /** Equal are numbers that differ by rounding, and two unknowns. */
    private static int byNumber(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return a == null && b == null ? 0 : 1;
        }
        return Math.abs(a - b) <= 1e-12 * Math.abs(b) ? 0 : Double.compare(a, b);
    }

    /** An experiment that resolves users by logins, named by its mode. */
    static String resolved(String mode, String metrics) {
        return resolved(mode, mode, "logins", metrics);
    }

    /** An experiment that resolves users by a source. */
    static String resolved(String name, String mode, String source, String metrics) {
        return "name: " + name + ", metrics: {primary: " + metrics + "}, id_resolution: {source: " + source + ", mode: "
                + mode + "}, breakdowns: [platform], views: [cumulative]";
    }
}
