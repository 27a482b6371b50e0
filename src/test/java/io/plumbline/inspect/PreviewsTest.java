package io.plumbline.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.metric.Component;
import io.plumbline.metric.Filter;
import io.plumbline.metric.MetricSource;
import io.plumbline.source.Sources;
import io.plumbline.source.SparkGrammar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A preview reads a source once, whatever the number of filters. */
class PreviewsTest extends SparkTest {

    @Test
    void numbersAndSamplesOfAllSelectionsComeOfOneScan() {
        Project project = ProjectLoader.load(
                Path.of("src/test/resources/io/plumbline/pipeline/scenarios"), Map.of(), new SparkGrammar());
        MetricSource source = Objects.requireNonNull(project.metricSources().get("events"));
        List<List<Filter>> selections = project.metrics().values().stream()
                .flatMap(metric -> metric.components().stream())
                .map(Component::rows)
                .map(rows -> rows.filters())
                .distinct()
                .toList();
        Previews previews = new Previews(new Sources(spark(), ZoneId.of("UTC")), LocalDate.parse("2026-01-02"), 3);
        Dataset<Row> counted = previews.counted(previews.rows(source), selections);
        assertThat(selections).hasSizeGreaterThan(2);
        assertThat(counted.queryExecution().executedPlan().toString()).containsOnlyOnce("FileScan");
    }
}
