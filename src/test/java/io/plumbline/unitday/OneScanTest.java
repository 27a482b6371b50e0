package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.plan.RunPlan;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.source.Sources;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own plans prove it: one scan of a source for all metrics and experiments, pruned, filtered and narrow. */
class OneScanTest extends SparkTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-02");

    @TempDir
    Path folder;

    private Dataset<Row> unitDays;

    @BeforeEach
    void planAHundredMetricsAndThreeExperiments() throws IOException {
        spark().range(1000)
                .select(
                        concat(lit("u"), col("id").mod(lit(50))).as("user"),
                        expr("timestamp_seconds(1767225600 + id * 170)").as("at"),
                        expr("to_date(timestamp_seconds(1767225600 + id * 170))")
                                .as("ds"),
                        concat(lit("e"), col("id").mod(lit(10))).as("event"),
                        col("id").cast("double").as("amount"),
                        concat(lit("s"), col("id").mod(lit(70))).as("session"),
                        lit("never read").as("payload"))
                .write()
                .partitionBy("ds")
                .parquet(folder.resolve("events").toString());
        unitDays = unitDays(definitions());
    }

    private Dataset<Row> unitDays(String definitions) throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), definitions);
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        SourcePlan plan = RunPlan.daily(project, DAY).sources().get("events");
        Dataset<Row> rows = new Sources(spark(), ZoneId.of("UTC")).read(plan.source(), new DayRange(DAY, DAY));
        Dataset<Row> noEdges = spark().sql(
                        "SELECT '' unit_type, '' unit_id, DATE'2026-01-01' ds, array(TIMESTAMP'2026-01-01') split_at");
        return UnitDays.of(plan, rows, noEdges);
    }

    @Test
    void theSourceIsScannedOnceForAllMetricsAndExperiments() {
        String scans = unitDays.queryExecution().executedPlan().toString();
        assertThat(scans.split("FileScan parquet", -1)).hasSize(2);
        assertThat(unitDays.queryExecution().optimizedPlan().collectLeaves().mkString("\n"))
                .containsOnlyOnce("parquet");
    }

    @Test
    void onlyThePartitionOfTheDayIsReadAndTheFiltersAreEvaluatedInTheScan() {
        String plan = unitDays.queryExecution().executedPlan().toString();
        assertThat(plan).containsPattern("PartitionFilters: \\[[^\\]]*ds#\\d+ [<>]= 2026-01-02");
        assertThat(plan).containsPattern("FileScan parquet .* DataFilters: \\[.*at#\\d+ >= .*event#\\d+ IN");
        assertThat(plan).doesNotContain("payload");
    }

    @Test
    void theRowsAreShuffledOnce() {
        String plan = unitDays.queryExecution().executedPlan().toString();
        assertThat(plan.split("Exchange hashpartitioning", -1)).hasSize(2);
    }

    @Test
    void pairsOfIdsComeWithTheSameScan() throws IOException {
        Dataset<Row> withIds = unitDays(definitions() + """
                  - name: ids
                    assignment_source: exposures
                    unit: user
                    start: 2026-01-01
                    groups: [{name: a, control: true}, {name: b}]
                    metrics: {primary: [taps_made]}
                    id_resolution: {source: events, mode: first_touch}
                """);
        assertThat(withIds.columns()).hasSize(unitDays.columns().length + 1);
        String plan = withIds.queryExecution().executedPlan().toString();
        assertThat(plan.split("FileScan parquet", -1)).hasSize(2);
        assertThat(plan.split("Exchange hashpartitioning", -1)).hasSize(2);
        assertThat(plan).contains("session").doesNotContain("payload");
    }

    private static String definitions() {
        StringBuilder text = new StringBuilder("""
                version: 1
                project: scans
                unit_types: [user, session]
                metric_sources:
                  - {name: events, path: events, format: parquet, timestamp: at, date_partition: ds, units: {user: user, session: session}}
                  - {name: taps, path: taps, format: parquet, timestamp: at, units: {session: session}}
                assignment_sources:
                  - {name: exposures, path: exposures, timestamp: at, experiment: experiment, group: group_name, units: {user: user}}
                metrics:
                  - {name: taps_made, type: count, source: taps}
                """);
        IntStream.range(0, 100)
                .forEach(i -> text.append(
                        "  - {name: m" + i + ", type: " + (i % 2 == 0 ? "count" : "sum, value: amount + " + i)
                                + ", source: events, filters: [{column: event, op: eq, values: [e" + i % 9
                                + "]}], tags: [all]}\n"));
        int i = 0;
        for (String type : List.of("count_distinct", "min", "max", "first_value", "latest_value")) {
            text.append(
                    "  - {name: v" + i++ + ", type: " + type
                            + ", source: events, value: amount, filters: [{column: event, op: eq, values: [e1]}], tags: [all]}\n");
        }
        text.append("  - {name: median, type: percentile, percentile: 0.5, value: amount, source: events, "
                + "filters: [{column: event, op: eq, values: [e1]}], tags: [all]}\n");
        text.append("  - {name: back, type: retention, end: 7d, tags: [all], "
                + "start: {source: events, filters: [{column: event, op: eq, values: [e1]}]}, "
                + "completion: {source: events, filters: [{column: event, op: eq, values: [e2]}]}}\n");
        text.append("experiments:\n");
        IntStream.range(0, 3)
                .forEach(
                        x -> text.append(
                                "  - {name: x" + x + ", assignment_source: exposures, unit: user, start: 2026-01-01, "
                                        + "groups: [{name: a, control: true}, {name: b}], metrics: {primary: [\"tag:all\"]}}\n"));
        return text.toString();
    }
}
