package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What covariates from before exposure do, by example. All units are exposed on 5 January at noon. A unit that spent x on 3
 * and 4 January spends 10 + 2x after, one more or one less, and 3 more in the treatment; by chance the control has more of
 * those who spent before.
 */
class CupedScenariosTest extends SparkTest {

    /** Some units of a kind: what they spent on the two days before, the day before these, on the day of exposure, after. */
    private static final String KINDS = """
            group      platform  units  two_days  earlier  same_day  after
            control    ios          30         0        0         0      9
            control    ios          30         0     1000       500     11
            control    android      60        10        0         0     29
            control    android      60        10     1000       500     31
            treatment  ios          60         0        0         0     12
            treatment  ios          60         0     1000       500     14
            treatment  android      30        10        0         0     32
            treatment  android      30        10     1000       500     34
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: scenarios
            unit_types: [user]
            settings: {winsorize_relative_error: 0, breakdown_min_units: 1}
            metric_sources:
              - name: events
                path: events.csv
                format: csv
                options: {header: "true"}
                schema: user STRING, at TIMESTAMP, shop STRING, amount DOUBLE
                timestamp: at
                units: {user: user}
            assignment_sources:
              - name: exposures
                path: exposures.csv
                format: csv
                options: {header: "true"}
                schema: user STRING, experiment STRING, group_name STRING, at TIMESTAMP, platform STRING
                timestamp: at
                experiment: experiment
                group: group_name
                units: {user: user}
                properties: [platform]
            metrics:
              - {name: spent, type: sum, source: events, value: amount, breakdowns: [shop]}
              - {name: spent_at_once, type: sum, source: events, value: amount, cohort_window: {to: 1d, only_matured: true}}
              - {name: spent_per_order, type: mean, source: events, value: amount}
              - {name: rows, type: count, source: events}
              - {name: least, type: min, source: events, value: amount}
              - {name: median, type: percentile, source: events, value: amount, percentile: 0.5}
            experiments:
            """;

    private static final String EXPERIMENT = """
              - name: %s
                assignment_source: exposures
                unit: user
                start: 2026-01-05
                groups: [{name: control, control: true}, {name: treatment}]
                metrics: {primary: [spent], secondary: [spent_at_once, spent_per_order, rows, least, median]}
                breakdowns: [platform]
                views: [%s]
                analysis: {%s}
            """;

    private static final Map<String, String> ANALYSES = Map.of(
            "two_days", "cuped_days: 2",
            "three_days", "cuped_days: 3",
            "plain", "cuped_days: 0",
            "few", "cuped_days: 2",
            "rare", "cuped_days: 2",
            "by_platform", "covariates: [platform]",
            "by_rows", "cuped_days: 2, covariates: [rows, platform]");

    @TempDir
    static Path folder;

    private static @Nullable Scenario given;

    @BeforeAll
    static void runADay() {
        String experiments = ANALYSES.keySet().stream()
                .sorted()
                .map(name -> EXPERIMENT.formatted(
                        name,
                        name.equals("two_days") ? "daily, days_since_exposure" : "cumulative",
                        ANALYSES.get(name)))
                .collect(Collectors.joining());
        given = Scenario.of(
                        spark(),
                        folder,
                        Map.of(
                                "plumbline.yml", DEFINITIONS + experiments,
                                "events.csv", events(),
                                "exposures.csv", exposures()))
                .run("2026-01-06");
    }

    @Test
    void c01TheEffectIsTheOneOfUnitsThatWereAlike() {
        assertThat(adjusted("two_days", "spent")).isEqualTo("""
                control    180 units  mean 20.0000  unadjusted 23.3333  variance 1.0056  applied true
                treatment  180 units  mean 23.0000  unadjusted 19.6667  variance 1.0056  applied true
                """);
        Row treatment = rows("two_days", "spent").get(1);
        assertThat(treatment.<Double>getAs("abs_effect")).isCloseTo(3, within(1e-9));
        assertThat(treatment.<Double>getAs("variance_reduction")).isCloseTo(1 - 1 / 89.888888888888, within(1e-9));
    }

    @Test
    void c02TheRelativeEffectIsOverTheUnadjustedMeanOfTheControl() {
        Row treatment = rows("two_days", "spent").get(1);
        assertThat(treatment.<Double>getAs("control_mean")).isCloseTo(70.0 / 3, within(1e-9));
        assertThat(treatment.<Double>getAs("rel_effect")).isCloseTo(3 / (70.0 / 3), within(1e-9));
    }

    @Test
    void c03TheDayOfExposureAndDaysFurtherBackAreNoPartOfIt() {
        Row two = rows("two_days", "spent").get(0);
        Row three = rows("three_days", "spent").get(0);
        assertThat(two.<Double>getAs("variance")).isCloseTo(180 / 179.0, within(1e-9));
        assertThat(three.<Double>getAs("variance")).isGreaterThan(80);
    }

    @Test
    void c04NumbersWithoutCovariatesStayBitForBitWhatTheyAre() {
        for (String metric : List.of("spent", "spent_per_order", "rows", "least", "median")) {
            for (int group = 0; group < 2; group++) {
                Row with = rows("two_days", metric).get(group);
                Row without = rows("plain", metric).get(group);
                for (String column : List.of("units", "total", "denominator", "unadjusted_mean", "control_mean")) {
                    assertThat(with.<Object>getAs(column))
                            .as(metric + " " + column)
                            .isEqualTo(without.<Object>getAs(column));
                }
            }
        }
        assertThat(rows("plain", "spent")).allMatch(row -> row.isNullAt(row.fieldIndex("cuped_applied")));
    }

    @Test
    void c05ACohortWindowSpeaksOfTheTimeAfterExposure() {
        assertThat(adjusted("two_days", "spent_at_once")).isEqualTo(adjusted("two_days", "spent"));
    }

    @Test
    void c06AHundredUnitsWithDataAreTooFew() {
        assertThat(adjusted("few", "spent")).isEqualTo("""
                control    60 units  mean 23.3333  unadjusted 23.3333  variance 91.4124  applied false
                treatment  60 units  mean 19.6667  unadjusted 19.6667  variance 91.4124  applied false
                """);
    }

    @Test
    void c07FiveInAHundredUnitsWithDataAreTooFew() {
        assertThat(rows("rare", "spent"))
                .allMatch(row -> !row.<Boolean>getAs("cuped_applied") && row.<Long>getAs("units") == 1_800);
    }

    @Test
    void c08UnderAValueOfASourceColumnTheCovariateIsThatOfTheValue() {
        String shop = "dimension = 'shop' AND dimension_value = ";
        assertThat(adjusted("two_days", "spent", shop + "'main'")).isEqualTo("""
                control    180 units  mean 20.0000  unadjusted 23.3333  variance 1.0056  applied true
                treatment  180 units  mean 23.0000  unadjusted 19.6667  variance 1.0056  applied true
                """);
        assertThat(adjusted("two_days", "spent", shop + "'(other)'")).isEmpty();
    }

    @Test
    void c09UnderAValueOfAPropertyTheUnitsAreThoseOfTheValue() {
        assertThat(adjusted("two_days", "spent", "dimension_value = 'android'")).isEqualTo("""
                control    120 units  mean 30.0000  unadjusted 30.0000  variance 1.0084  applied false
                treatment  60 units  mean 33.0000  unadjusted 33.0000  variance 1.0169  applied false
                """);
    }

    @Test
    void c10APropertyIsACovariateOnTheTopLine() {
        assertThat(adjusted("by_platform", "spent")).isEqualTo(adjusted("two_days", "spent"));
        assertThat(rows("by_platform", "spent", "dimension = 'platform'"))
                .allMatch(row -> row.isNullAt(row.fieldIndex("cuped_applied")));
    }

    @Test
    void c11CovariatesThatSayTheSameTwiceCountOnce() {
        assertThat(adjusted("by_rows", "spent")).isEqualTo(adjusted("two_days", "spent"));
    }

    @Test
    void c12AMetricThatUnitsNeedAValueForIsAdjustedOverAllUnitsThatCount() {
        assertThat(adjusted("two_days", "least")).isEqualTo(adjusted("two_days", "spent"));
    }

    @Test
    void c13SingleDaysAndTypesWithoutOneNumberPerUnitAreNotAdjusted() {
        assertThat(scenario().rows("experiment = 'two_days' AND (view <> 'cumulative' OR metric = 'median')"))
                .isNotEmpty()
                .allMatch(row -> row.isNullAt(row.fieldIndex("cuped_applied"))
                        && row.isNullAt(row.fieldIndex("variance_reduction")));
    }

    @Test
    void c14GroupsThatDifferedBeforeAreWarnedOf() {
        List<Row> checks = scenario()
                .plumbline()
                .table("experiment_health")
                .filter("experiment = 'two_days' AND check_name LIKE 'pre_exposure_bias%'")
                .collectAsList();
        assertThat(checks).hasSize(1);
        assertThat(checks.get(0).<String>getAs("check_name")).isEqualTo("pre_exposure_bias spent");
        assertThat(checks.get(0).<String>getAs("group_name")).isEqualTo("treatment");
        assertThat(checks.get(0).<String>getAs("status")).isEqualTo("warn");
        assertThat(checks.get(0).<Double>getAs("value")).isCloseTo(-10.0 / 3, within(1e-9));
        assertThat(checks.get(0).<String>getAs("detail"))
                .isEqualTo("spent differed from the control by -3.333 already over the 2 days before exposure");
    }

    private static Scenario scenario() {
        return Objects.requireNonNull(given);
    }

    private static List<Row> rows(String experiment, String metric) {
        return rows(experiment, metric, "dimension IS NULL");
    }

    private static List<Row> rows(String experiment, String metric, String where) {
        return scenario()
                .rows("experiment = '" + experiment + "' AND metric = '" + metric + "' AND view = 'cumulative' AND "
                        + where);
    }

    private static String adjusted(String experiment, String metric) {
        return adjusted(experiment, metric, "dimension IS NULL");
    }

    private static String adjusted(String experiment, String metric, String where) {
        return rows(experiment, metric, where).stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%-9s  %d units  mean %.4f  unadjusted %.4f  variance %.4f  applied %s%n",
                        row.<String>getAs("group_name"),
                        row.<Long>getAs("units"),
                        row.<Double>getAs("mean"),
                        row.<Double>getAs("unadjusted_mean"),
                        row.<Double>getAs("variance"),
                        row.<Boolean>getAs("cuped_applied")))
                .collect(Collectors.joining());
    }

    private static List<String[]> kinds() {
        return KINDS.lines().skip(1).map(line -> line.strip().split(" +")).toList();
    }

    private static String events() {
        StringBuilder rows = new StringBuilder("user,at,shop,amount\n");
        for (String[] kind : kinds()) {
            for (int i = 0; i < Integer.parseInt(kind[2]); i++) {
                String user = String.join("-", kind) + "-" + i;
                if (!kind[3].equals("0")) {
                    rows.append(user).append(",2026-01-03T23:00:00Z,main,10\n");
                }
                if (!kind[4].equals("0")) {
                    rows.append(user)
                            .append(",2026-01-02T23:59:00Z,old,")
                            .append(kind[4])
                            .append('\n');
                    rows.append(user)
                            .append(",2026-01-05T00:00:00Z,main,")
                            .append(kind[5])
                            .append('\n');
                }
                rows.append(user)
                        .append(",2026-01-05T12:00:00Z,main,")
                        .append(kind[6])
                        .append('\n');
            }
        }
        return rows.toString();
    }

    /** In {@code few}, a third of the units; in {@code rare}, as many again nine times that never come. */
    private static String exposures() {
        StringBuilder rows = new StringBuilder("user,experiment,group_name,at,platform\n");
        for (String[] kind : kinds()) {
            for (int i = 0; i < Integer.parseInt(kind[2]); i++) {
                String unit = String.join("-", kind) + "-" + i;
                String exposed = "," + kind[0] + ",2026-01-05T12:00:00Z," + kind[1] + "\n";
                for (String experiment : ANALYSES.keySet()) {
                    if (!experiment.equals("few") || i % 3 == 0) {
                        rows.append(unit).append(',').append(experiment).append(exposed);
                    }
                }
                for (int other = 0; other < 9; other++) {
                    rows.append(unit)
                            .append("-other")
                            .append(other)
                            .append(",rare")
                            .append(exposed);
                }
            }
        }
        return rows.toString();
    }
}
