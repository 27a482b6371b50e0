package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a treatment does to totals, by example. Units a1 and a2 are in the control, b1 and b2 in the treatment; z is in no
 * experiment and counts in totals only, as does what b1 spent before it was exposed.
 */
class ImpactScenariosTest extends SparkTest {

    private static final String EXPOSURES = """
            user,group_name,at
            a1,control,2026-01-01T10:00:00Z
            a2,control,2026-01-01T10:00:00Z
            b1,treatment,2026-01-01T10:00:00Z
            b2,treatment,2026-01-01T10:00:00Z
            """;

    private static final String EVENTS = """
            user,device,at,amount
            a1,d1,2026-01-01T11:00:00Z,10
            a2,d2,2026-01-01T11:00:00Z,20
            b1,d3,2026-01-01T09:00:00Z,100
            b1,d3,2026-01-01T11:00:00Z,30
            b2,d4,2026-01-01T11:00:00Z,50
            z,d5,2026-01-01T11:00:00Z,90
            a1,d1,2026-01-02T11:00:00Z,10
            a2,d2,2026-01-02T11:00:00Z,20
            b1,d3,2026-01-02T11:00:00Z,40
            b2,d4,2026-01-02T11:00:00Z,40
            z,d5,2026-01-02T11:00:00Z,100
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: scenarios
            unit_types: [user, device]
            metric_sources:
              - name: events
                path: events.csv
                format: csv
                options: &header {header: "true"}
                schema: user STRING, device STRING, at TIMESTAMP, amount DOUBLE
                timestamp: at
                units: {user: user}
              - {name: by_device, path: events.csv, format: csv, options: *header, schema: "user STRING, device STRING, at TIMESTAMP, amount DOUBLE", timestamp: at, units: {device: device, user: user}}
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
            metrics:
              - {name: spent, type: sum, source: events, value: amount}
              - {name: visits, type: count, source: events}
              - {name: order_value, type: mean, source: events, value: amount}
              - name: spent_per_visitor
                type: ratio
                numerator: {type: sum, source: events, value: amount}
                denominator: {type: unit_count, rollup: one_time_event, source: events}
              - {name: trimmed, type: sum, source: events, value: amount, winsorize: {upper: 0.9}}
              - {name: capped, type: sum, source: events, value: amount, cap: 30}
              - {name: big, type: sum, source: events, value: amount, threshold: {more_than: 30}}
              - {name: first_day, type: sum, source: events, value: amount, cohort_window: {to: 1d}}
              - {name: visitors, type: unit_count, rollup: one_time_event, source: events}
              - {name: amounts, type: count_distinct, source: events, value: amount}
              - {name: largest, type: max, source: events, value: amount}
              - {name: median, type: percentile, source: events, value: amount, percentile: 0.5}
              - {name: by_device, type: sum, source: by_device, value: amount}
            experiments:
              - name: test
                assignment_source: exposures
                unit: user
                start: 2026-01-01
                groups: [{name: control, control: true}, {name: treatment}]
                metrics: {primary: [spent, visits, order_value, spent_per_visitor, trimmed, capped, big, first_day, visitors, amounts, largest, median, by_device]}
            """;

    @TempDir
    static Path folder;

    private static @Nullable Scenario given;

    @BeforeAll
    static void runTheSecondDayAndThenTheFirst() {
        given = Scenario.of(
                        spark(),
                        folder,
                        Map.of("exposures.csv", EXPOSURES, "events.csv", EVENTS, "plumbline.yml", DEFINITIONS))
                .run("2026-01-02", "2026-01-01");
    }

    /** Means 30 and 80 over two days: 50·2/2 = 50 a day, of totals of 300 and 210 a day. */
    @Test
    void i01ASumIsSeenAgainstTheTotalOfEverybody() {
        Row row = impact("spent", "2026-01-02");
        assertClose(row, "topline_impact", 50);
        assertClose(row, "daily_total", 255);
        assertClose(row, "topline_relative", 50.0 / 205);
        assertClose(
                row,
                "topline_relative_ci_low",
                50.0 / 205 - (50 - row.<Double>getAs("topline_ci_low")) * 255 / (205.0 * 205));
    }

    /** Half of the experiment's four units have the treatment. */
    @Test
    void i02AProjectionIsForAllUnitsOfTheExperiment() {
        Row row = impact("spent", "2026-01-02");
        assertClose(row, "treated_share", 0.5);
        assertClose(row, "projected_impact", 100);
        assertClose(row, "projected_relative", 100.0 / 205);
    }

    /** Means 15 and 40 on one day of 300. */
    @Test
    void i03AnEarlierDayThatIsRunLaterHasTheTotalOfItsDays() {
        Row row = impact("spent", "2026-01-01");
        assertClose(row, "topline_impact", 50);
        assertClose(row, "daily_total", 300);
        assertClose(row, "topline_relative", 0.2);
    }

    /** Two visits of every unit: no effect, and no interval either. */
    @Test
    void i04ACountWithoutEffectHasAnImpactOfZeroAndNoInterval() {
        Row row = impact("visits", "2026-01-02");
        assertClose(row, "topline_impact", 0);
        assertClose(row, "daily_total", 5.5);
        assertClose(row, "topline_relative", 0);
        assertThat(row.<Double>getAs("topline_relative_ci_low")).isNull();
        assertThat(row.<String>getAs("reason")).isEqualTo("zero_variance");
    }

    /** 15 and 40 per visit, four visits in two days; 30 and 80 per visitor, two visitors. */
    @Test
    void i05AMeanAndARatioHaveTheImpactOfTheirNumerator() {
        assertClose(impact("order_value", "2026-01-02"), "topline_impact", 50);
        assertClose(impact("order_value", "2026-01-02"), "daily_total", 255);
        assertClose(impact("spent_per_visitor", "2026-01-02"), "topline_impact", 50);
        assertClose(impact("spent_per_visitor", "2026-01-02"), "topline_relative", 50.0 / 205);
    }

    @Test
    void i06MetricsThatAreNoPartOfTheCatalogsTotalAreNotThere() {
        assertThat(given().plumbline().table("v_impact").select("metric").distinct().collectAsList().stream()
                        .map(row -> row.getString(0)))
                .containsExactlyInAnyOrder("spent", "visits", "order_value", "spent_per_visitor");
    }

    @Test
    void i07APercentileHasNoImpactOnATotal() {
        assertThat(given().row("median", "NOT is_control AND ds = DATE'2026-01-02'")
                        .<Double>getAs("topline_impact"))
                .isNull();
    }

    private static Scenario given() {
        return Objects.requireNonNull(given);
    }

    private static Row impact(String metric, String day) {
        return given().plumbline()
                .table("v_impact")
                .filter("metric = '" + metric + "' AND ds = DATE'" + day + "'")
                .head();
    }

    private static void assertClose(Row row, String column, double expected) {
        assertThat(row.<Double>getAs(column)).as(column).isCloseTo(expected, within(1e-9));
    }
}
