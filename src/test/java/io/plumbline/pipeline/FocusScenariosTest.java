package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.SparkTest;
import io.plumbline.analysis.HealthCheck;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.Scorecard;
import io.plumbline.summary.Slice;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Analyses on demand by a property that the experiment is not broken down by, and of some of its units, by example. Units a1 and
 * a2 are in the control, b1 to b3 in the treatment; of b3 the exposure does not say the platform.
 */
class FocusScenariosTest extends SparkTest {

    private static final String DAY = "2026-01-01";

    private static final String EXPOSURES = """
            user,group_name,at,platform,visits
            a1,control,2026-01-01T10:00:00Z,web,3
            a2,control,2026-01-01T10:00:00Z,app,
            b1,treatment,2026-01-01T10:00:00Z,web,5
            b2,treatment,2026-01-01T10:00:00Z,app,7
            b3,treatment,2026-01-01T10:00:00Z,,11
            """;

    private static final String EVENTS = """
            user,at,country,amount
            a1,2026-01-01T11:00:00Z,DE,10
            a2,2026-01-01T11:00:00Z,FR,20
            b1,2026-01-01T11:00:00Z,DE,30
            b2,2026-01-01T11:00:00Z,FR,50
            b3,2026-01-01T11:00:00Z,DE,70
            """;

    private static final String ACCOUNTS = """
            user,plan
            a1,free
            a2,pro
            b1,free
            b2,pro
            b3,pro
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: scenarios
            unit_types: [user]
            settings: {breakdown_min_units: 1}
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
                schema: user STRING, group_name STRING, at TIMESTAMP, platform STRING, visits INT
                timestamp: at
                columns: {experiment: "'test'"}
                experiment: experiment
                group: group_name
                units: {user: user}
                properties: [platform, visits]
            property_sources:
              - {name: accounts, path: accounts.csv, format: csv, options: *header, schema: "user STRING, plan STRING", units: {user: user}, properties: [plan]}
            metrics:
              - {name: spent, type: sum, source: events, value: amount, breakdowns: [country]}
            experiments:
              - name: test
                assignment_source: exposures
                unit: user
                start: 2026-01-01
                groups: [{name: control, control: true}, {name: treatment}]
                metrics: {primary: [spent]}
                views: [cumulative]
            """;

    @TempDir
    static Path folder;

    private static @Nullable Plumbline plumbline;

    @BeforeAll
    static void runTheDay() {
        plumbline = Scenario.of(
                        spark(),
                        folder,
                        Map.of(
                                "exposures.csv", EXPOSURES,
                                "events.csv", EVENTS,
                                "accounts.csv", ACCOUNTS,
                                "plumbline.yml", DEFINITIONS))
                .run(DAY)
                .plumbline();
    }

    @Test
    void o01ByAPropertyOfTheExposures() {
        assertThat(results(Optional.of("platform"), Optional.empty(), "platform"))
                .isEqualTo("""
                (unknown) control 0 NaN
                (unknown) treatment 1 70.0000
                app control 1 20.0000
                app treatment 1 50.0000
                web control 1 10.0000
                web treatment 1 30.0000
                """);
    }

    @Test
    void o02ByAPropertyOfAPropertySource() {
        assertThat(results(Optional.of("plan"), Optional.empty(), "plan")).isEqualTo("""
                free control 1 10.0000
                free treatment 1 30.0000
                pro control 1 20.0000
                pro treatment 2 60.0000
                """);
    }

    @Test
    void o03BySourceColumnsTheMeansAreOverAllUnits() {
        assertThat(results(Optional.of("country"), Optional.empty(), "country")).isEqualTo("""
                DE control 2 5.0000
                DE treatment 3 33.3333
                FR control 2 10.0000
                FR treatment 3 16.6667
                """);
    }

    @Test
    void o04OnlyUnitsOfWhichTheConditionIsTrueAreAnalysedAndChecked() {
        Scorecard scorecard = scorecard(Optional.empty(), Optional.of("platform = 'web'"));
        assertThat(results(scorecard, null)).isEqualTo("""
                control 1 10.0000
                treatment 1 30.0000
                """);
        assertThat(scorecard.health().stream()
                        .filter(check -> check.name().equals("sample_ratio"))
                        .map(HealthCheck::detail))
                .allMatch(detail -> detail.contains("1") && !detail.contains("3"));
    }

    @Test
    void o05WhatIsUnknownIsNoOtherPlatform() {
        assertThat(results(Optional.empty(), Optional.of("platform <> 'web'"), null))
                .isEqualTo("""
                control 1 20.0000
                treatment 1 50.0000
                """);
        assertThat(results(Optional.empty(), Optional.of("PLATFORM IS NULL"), null))
                .isEqualTo("""
                control 0 NaN
                treatment 1 70.0000
                """);
    }

    @Test
    void o06PropertiesAreTextsThatMayBeReadAsNumbers() {
        assertThat(results(Optional.empty(), Optional.of("cast(visits AS INT) BETWEEN 3 AND 7"), null))
                .isEqualTo("""
                control 1 10.0000
                treatment 2 40.0000
                """);
    }

    @Test
    void o07BothAtOnce() {
        assertThat(results(Optional.of("plan"), Optional.of("platform = 'app' OR platform IS NULL"), "plan"))
                .isEqualTo("""
                pro control 1 20.0000
                pro treatment 2 60.0000
                """);
    }

    @Test
    void o08NothingOfItIsKept() {
        scorecard(Optional.of("platform"), Optional.of("platform = 'web'"));
        assertThat(given().table("experiment_results")
                        .filter("dimension = 'platform'")
                        .collectAsList())
                .isEmpty();
        assertThat(results(given().analyze("test", LocalDate.parse(DAY)), null)).isEqualTo("""
                control 2 15.0000
                treatment 3 50.0000
                """);
    }

    @Test
    void o09AFocusNeedsAnExperiment() {
        assertThatThrownBy(() -> given().focus("other", Optional.empty(), Optional.empty()))
                .hasMessage("no experiment 'other'; experiments are [test]");
    }

    private static Plumbline given() {
        return Objects.requireNonNull(plumbline);
    }

    private static Scorecard scorecard(Optional<String> by, Optional<String> where) {
        return given().analyze("test", LocalDate.parse(DAY), given().focus("test", by, where));
    }

    private static String results(Optional<String> by, Optional<String> where, @Nullable String dimension) {
        return results(scorecard(by, where), dimension);
    }

    private static String results(Scorecard scorecard, @Nullable String dimension) {
        return scorecard.results().stream()
                .filter(result -> Objects.equals(result.key().slice().dimension(), dimension))
                .map(FocusScenariosTest::line)
                .collect(Collectors.joining());
    }

    private static String line(Result result) {
        Slice slice = result.key().slice();
        String value = slice.isTopLine() ? "" : slice.value() + " ";
        return String.format(
                Locale.ROOT,
                "%s%s %d %.4f%n",
                value,
                result.key().group().name(),
                result.estimate().unadjusted().n(),
                result.estimate().unadjusted().mean());
    }
}
