package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.SparkTest;
import io.plumbline.analysis.History;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What metrics were like before an experiment, by example: mean, variance and units a day. Events of 1 to 3 January have been read;
 * {@code d} has some of the year before only.
 */
class HistoryScenariosTest extends SparkTest {

    private static final LocalDate LAST = LocalDate.parse("2026-01-03");

    private static final String EVENTS = """
            user,at,country,amount
            d,2025-12-31T10:00:00Z,DE,1000
            a,2026-01-01T10:00:00Z,DE,10
            a,2026-01-02T09:00:00Z,FR,20
            b,2026-01-02T12:00:00Z,DE,30
            ,2026-01-02T12:00:00Z,DE,9
            b,2026-01-03T12:00:00Z,DE,5
            c,2026-01-03T23:00:00Z,FR,70
            """;

    private static final String EXPOSURES = """
            user,group_name,at,country
            a,control,2026-01-02T09:00:00Z,FR
            b,control,2026-01-02T12:00:00Z,DE
            c,treatment,2026-01-03T22:00:00Z,FR
            """;

    private static final String DEFINITIONS = """
            version: 1
            project: scenarios
            unit_types: [user]
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
                schema: user STRING, group_name STRING, at TIMESTAMP, country STRING
                timestamp: at
                columns: {experiment: "'test'"}
                experiment: experiment
                group: group_name
                units: {user: user}
                properties: [country]
            metrics:
              - {name: spent, type: sum, source: events, value: amount}
              - {name: spent_first_day, type: sum, source: events, value: amount, cohort_window: {to: 1d}}
              - {name: order_value, type: mean, source: events, value: amount}
              - {name: orders, type: count, source: events, breakdowns: [country]}
            experiments:
              - name: test
                assignment_source: exposures
                unit: user
                start: 2026-01-02
                groups: [{name: control, control: true}, {name: treatment}]
                metrics: {primary: [spent]}
            """;

    @TempDir
    static Path folder;

    private static @Nullable Plumbline plumbline;

    @BeforeAll
    static void runTheDays() {
        plumbline = Scenario.of(
                        spark(),
                        folder,
                        Map.of("events.csv", EVENTS, "exposures.csv", EXPOSURES, "plumbline.yml", DEFINITIONS))
                .run("2026-01-01", "2026-01-02", "2026-01-03")
                .plumbline();
    }

    @Test
    void h01AllUnitsWithARowFromTheDayOfTheFirst() {
        assertThat(ofMetric("spent", 3)).isEqualTo("45.0000 475.0000, 1.0000 a day");
        assertThat(ofMetric("orders", 3)).isEqualTo("1.6667 0.3333, 1.0000 a day");
    }

    @Test
    void h02RowsBeforeTheDaysDoNotCount() {
        assertThat(ofMetric("spent", 2)).isEqualTo("41.6667 658.3333, 1.5000 a day");
        assertThat(ofMetric("spent", 1)).isEqualTo("37.5000 2112.5000, 2.0000 a day");
    }

    @Test
    void h03AWindowIsThatOfTheFirstDays() {
        assertThat(ofMetric("spent_first_day", 3)).isEqualTo("36.6667 933.3333, 1.0000 a day");
    }

    @Test
    void h04AConditionChoosesRowsAndTheFirstOfTheseBeginsTheUnit() {
        assertThat(ofMetric("spent", 3, "country = 'FR'")).isEqualTo("45.0000 1250.0000, 0.6667 a day");
        assertThat(ofMetric("spent", 3, "amount < 0")).isEqualTo("NaN NaN, 0.0000 a day");
    }

    /** 135 ÷ 5 rows; of the residuals −24, −19, 43 the sum of squares is 2786, over 2 and over the mean of 5 ÷ 3 rows squared. */
    @Test
    void h05ARatioHasTheVarianceOfItsDelta() {
        assertThat(ofMetric("order_value", 3)).isEqualTo("27.0000 501.4800, 1.0000 a day");
    }

    @Test
    void h06TheControlOfAPastExperiment() {
        assertThat(ofExperiment(Focus.NONE)).isEqualTo("27.5000 112.5000, 1.5000 a day");
        Focus french = given().focus("test", Optional.empty(), Optional.of("country = 'FR'"));
        assertThat(ofExperiment(french)).isEqualTo("20.0000 NaN, 1.0000 a day");
    }

    @Test
    void h07DaysThatWereNotReadAreNamed() {
        assertThatThrownBy(() -> ofMetric("spent", 4))
                .hasMessage(
                        "the history of metric 'spent' needs 2025-12-31 of metric source 'events', which was not read;"
                                + " run `plumbline backfill --start 2025-12-31 --end 2026-01-03` first, or take fewer days");
        assertThat(given().histories().latestDay("spent")).contains(LAST);
    }

    @Test
    void h08AConditionThatCannotBeUsedSaysWhy() {
        assertThatThrownBy(() -> ofMetric("spent", 3, "plan = 'pro'"))
                .hasMessage(
                        "condition \"plan = 'pro'\": 'plan' is not a column of metric source 'events'; there are user,"
                                + " at, country, amount");
        assertThatThrownBy(() -> ofMetric("spent", 3, "amount + 1"))
                .hasMessageStartingWith("condition \"amount + 1\": ")
                .hasMessageEndingWith("is not a boolean.");
    }

    private static String ofMetric(String metric, int days) {
        return text(given().histories().ofMetric(metric, LAST, days, Optional.empty()));
    }

    private static String ofMetric(String metric, int days, String condition) {
        return text(given().histories().ofMetric(metric, LAST, days, Optional.of(condition)));
    }

    private static String ofExperiment(Focus focus) {
        return text(given().histories().ofExperiment("test", "spent", LAST, focus));
    }

    private static String text(History history) {
        return String.format(
                Locale.ROOT,
                "%.4f %.4f, %.4f a day",
                history.baseline().mean(),
                history.baseline().variance(),
                history.unitsPerDay());
    }

    private static Plumbline given() {
        return Objects.requireNonNull(plumbline);
    }
}
