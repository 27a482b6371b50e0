package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.plan.PlanText;
import io.plumbline.plan.RunPlan;
import io.plumbline.source.SparkGrammar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which breakdown values are shown, and what units are known by, by example: at most two values, of at least two units each.
 * Units a1 to a3 are in the control, b1 to b3 in the treatment; all were exposed at the same time.
 */
class BreakdownScenariosTest extends SparkTest {

    private static final String EXPOSURES = """
            user,group_name,at
            a1,control,2026-01-01T10:00:00Z
            a2,control,2026-01-01T10:00:00Z
            a3,control,2026-01-01T10:00:00Z
            b1,treatment,2026-01-01T10:00:00Z
            b2,treatment,2026-01-01T10:00:00Z
            b3,treatment,2026-01-01T10:00:00Z
            """;

    private static final String EVENTS = """
            user,at,country,amount
            a1,2026-01-01T11:00:00Z,DE,5
            a1,2026-01-01T12:00:00Z,IT,7
            a1,2026-01-01T13:00:00Z,ES,8
            a2,2026-01-01T11:00:00Z,DE,3
            b1,2026-01-02T11:00:00Z,DE,2
            b2,2026-01-02T11:00:00Z,FR,4
            b3,2026-01-02T11:00:00Z,FR,1
            b3,2026-01-02T11:00:00Z,,2
            b1,2026-01-01T09:00:00Z,IT,99
            """;

    private static final String ACCOUNTS = """
            user,plan,since
            a1,free,2025-12-01T00:00:00Z
            a1,pro,2026-01-01T10:00:00Z
            a1,gone,2026-01-01T10:00:01Z
            a2,free,2025-12-01T00:00:00Z
            a3,free,2025-12-01T00:00:00Z
            a3,,2025-12-31T00:00:00Z
            b1,pro,2025-12-01T00:00:00Z
            b1,basic,2025-12-01T00:00:00Z
            b3,pro,2025-12-01T00:00:00Z
            """;

    private static final String PROFILES = """
            user,tier
            a1,gold
            a2,gold
            b1,gold
            b1,zinc
            b2,tin
            b3,tin
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: scenarios
            unit_types: [user]
            settings: {breakdown_top_values: 2, breakdown_min_units: 2}
            metric_sources:
              - name: events
                path: events.csv
                format: csv
                options: &header {header: "true"}
                schema: user STRING, at TIMESTAMP, country STRING, amount DOUBLE
                timestamp: at
                units: {user: user}
            assignment_sources:
              - name: exposures
                path: exposures.csv
                format: csv
                options: *header
                schema: user STRING, group_name STRING, at TIMESTAMP
                timestamp: at
                columns: {experiment: "'test'"}
                experiment: experiment
                group: group_name
                units: {user: user}
            property_sources:
              - {name: accounts, path: accounts.csv, format: csv, options: *header, schema: "user STRING, plan STRING, since TIMESTAMP", timestamp: since, units: {user: user}, properties: [plan]}
              - {name: profiles, path: profiles.csv, format: csv, options: *header, schema: "user STRING, tier STRING", units: {user: user}, properties: [tier]}
            metrics:
              - {name: spent, type: sum, source: events, value: amount, breakdowns: [country]}
              - {name: capped, type: sum, source: events, value: amount, cap: 10, breakdowns: [country]}
              - {name: much, type: sum, source: events, value: amount, threshold: {more_than: 10}, breakdowns: [country]}
              - {name: buyers, type: unit_count, rollup: one_time_event, source: events, breakdowns: [country]}
              - {name: active, type: unit_count, rollup: daily_participation, source: events, breakdowns: [country]}
            experiments:
              - name: test
                assignment_source: exposures
                unit: user
                start: 2026-01-01
                groups: [{name: control, control: true}, {name: treatment}]
                metrics: {primary: [spent, capped, much, buyers, active]}
                breakdowns: [plan, tier]
                views: [cumulative]
            """;

    @TempDir
    static Path folder;

    private static @Nullable Scenario given;

    @BeforeAll
    static void runTheSecondDay() {
        given = Scenario.of(
                        spark(),
                        folder,
                        Map.of(
                                "exposures.csv", EXPOSURES,
                                "events.csv", EVENTS,
                                "accounts.csv", ACCOUNTS,
                                "profiles.csv", PROFILES,
                                "plumbline.yml", DEFINITIONS))
                .run("2026-01-02");
    }

    @Test
    void b01ValuesOfFewUnitsAreAddedUpAndMissingIsAValueLikeAnyOther() {
        assertThat(results("spent", "country")).isEqualTo("""
                (other) control    3 units  total 15.0000  mean 5.0000
                (other) treatment  3 units  total 2.0000  mean 0.6667
                DE control    3 units  total 8.0000  mean 2.6667
                DE treatment  3 units  total 2.0000  mean 0.6667
                FR control    3 units  total 0.0000  mean 0.0000
                FR treatment  3 units  total 5.0000  mean 1.6667
                """);
    }

    @Test
    void b02AUnitWithSeveralRareValuesIsOneUnit() {
        assertThat(results("buyers", "country")).startsWith("""
                (other) control    3 units  total 1.0000  mean 0.3333
                (other) treatment  3 units  total 1.0000  mean 0.3333
                """);
    }

    @Test
    void b03AndItsDaysAreCountedOnce() {
        assertThat(results("active", "country")).startsWith("""
                (other) control    3 units  total 0.5000  mean 0.1667
                """);
    }

    @Test
    void b04AndItsTotalIsTestedAsOne() {
        assertThat(results("much", "country")).startsWith("""
                (other) control    3 units  total 1.0000  mean 0.3333
                """);
    }

    @Test
    void b05AndItsDayIsCappedAsOne() {
        assertThat(results("capped", "country")).startsWith("""
                (other) control    3 units  total 10.0000  mean 3.3333
                """);
    }

    @Test
    void b06ATimedPropertyIsTheLastValueAtOrBeforeExposure() {
        assertThat(results("spent", "plan")).isEqualTo("""
                (other) control    0 units  total 0.0000  mean unknown
                (other) treatment  2 units  total 6.0000  mean 3.0000
                free control    2 units  total 3.0000  mean 1.5000
                free treatment  0 units  total 0.0000  mean unknown
                pro control    1 units  total 20.0000  mean 20.0000
                pro treatment  1 units  total 3.0000  mean 3.0000
                """);
    }

    @Test
    void b07APropertyWithoutTimeHoldsAlways() {
        assertThat(results("spent", "tier")).isEqualTo("""
                (other) control    1 units  total 0.0000  mean 0.0000
                (other) treatment  0 units  total 0.0000  mean unknown
                gold control    2 units  total 23.0000  mean 11.5000
                gold treatment  1 units  total 2.0000  mean 2.0000
                tin control    0 units  total 0.0000  mean unknown
                tin treatment  2 units  total 7.0000  mean 3.5000
                """);
    }

    @Test
    void b08LatePropertyRowsCountFromTheNextRunOn(@TempDir Path other) {
        Scenario scenario = Scenario.of(
                spark(),
                other,
                Map.of(
                        "exposures.csv", EXPOSURES,
                        "events.csv", EVENTS,
                        "accounts.csv", ACCOUNTS,
                        "profiles.csv", PROFILES,
                        "plumbline.yml", DEFINITIONS));
        scenario.run("2026-01-01");
        scenario.rewrite("accounts.csv", ACCOUNTS + "b2,free,2025-11-01T00:00:00Z\n");
        scenario.run("2026-01-02");
        assertThat(scenario.results("ds = DATE'2026-01-02' AND metric = 'spent' AND dimension_value = 'free'"))
                .isEqualTo("""
                        free control    2 units  total 3.0000  mean 1.5000
                        free treatment  1 units  total 4.0000  mean 4.0000
                        """);
    }

    @Test
    void b09APropertySourceIsAScanOfTheRun() {
        var project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        assertThat(PlanText.of(RunPlan.daily(project, LocalDate.parse("2026-01-02"))))
                .contains("""
                scan profiles
                  rows       csv files %s/profiles.csv
                  time       none
                  days       all to 2026-01-02, in every run
                  properties user (user): tier, last value at or before exposure, for test
                """.formatted(folder));
    }

    private static String results(String metric, String dimension) {
        return Objects.requireNonNull(given).results("metric = '" + metric + "' AND dimension = '" + dimension + "'");
    }
}
