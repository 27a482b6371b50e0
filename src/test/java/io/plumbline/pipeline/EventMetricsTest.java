package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
    static void runTheSecondDay() throws IOException {
        Path given = Path.of("src/test/resources/io/plumbline/pipeline/event_metrics");
        for (String file : List.of("exposures.csv", "events.csv", "plumbline.yml")) {
            Files.copy(given.resolve(file), folder.resolve(file));
        }
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        plumbline = Plumbline.on(spark(), project);
        plumbline.run(LocalDate.parse("2026-01-02"), Progress.NONE);
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
