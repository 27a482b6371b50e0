package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of raw events that asks for {@code auto_event_metrics}, and two days of its eight rows. */
class EventMetricsTest extends SparkTest {

    @TempDir
    static Path folder;

    private static Plumbline plumbline;

    @BeforeAll
    static void runTheSecondDay() {
        plumbline =
                Scenario.of(spark(), folder, "event_metrics").run("2026-01-02").plumbline();
    }

    @Test
    void k07RowsAreCountedByEventAndDay() {
        assertThat(series("clicks_event_count")).isEqualTo("""
                2026-01-01  all 5.0
                2026-01-01  (unknown) 1.0
                2026-01-01  order 1.0
                2026-01-01  visit 3.0
                2026-01-02  all 2.0
                2026-01-02  order 2.0
                """);
    }

    @Test
    void k08ActiveUnitsAreCountedByEventAndDay() {
        assertThat(series("clicks_event_units")).isEqualTo("""
                2026-01-01  all 2.0
                2026-01-01  (unknown) 1.0
                2026-01-01  order 1.0
                2026-01-01  visit 2.0
                2026-01-02  all 1.0
                2026-01-02  order 1.0
                """);
    }

    @Test
    void k09AnExperimentUsesThemByNameAndByTag() {
        String means = plumbline.table("v_scorecard").orderBy("metric", "group_name").collectAsList().stream()
                .map(row -> row.getAs("metric") + " " + row.getAs("role") + " " + row.getAs("group_name") + " "
                        + row.getAs("mean") + "\n")
                .collect(Collectors.joining());
        assertThat(means).isEqualTo("""
                clicks_event_count secondary control 2.5
                clicks_event_count secondary treatment 1.0
                clicks_event_units primary control 1.0
                clicks_event_units primary treatment 1.0
                """);
    }

    private static String series(String metric) {
        return plumbline
                .table("metric_daily")
                .filter("metric = '" + metric + "' AND (dimension IS NULL OR dimension = 'event')")
                .orderBy("ds", "dimension_value")
                .collectAsList()
                .stream()
                .map(EventMetricsTest::text)
                .collect(Collectors.joining());
    }

    private static String text(Row row) {
        String event = row.getAs("dimension_value");
        return row.getAs("ds") + "  " + (event == null ? "all" : event) + " " + row.getAs("value") + "\n";
    }
}
