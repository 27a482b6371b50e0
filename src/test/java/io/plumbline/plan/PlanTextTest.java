package io.plumbline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.metric.Metric;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan of a run, the description of a metric and its SQL, as printed. */
class PlanTextTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-15");

    @TempDir
    Path folder;

    @Test
    void a_plan_names_every_source_once_with_all_that_is_computed_from_it() {
        assertThat(shown(PlanText.of(RunPlan.daily(project(), DAY)))).isEqualTo(resource("run.txt"));
    }

    @Test
    void every_source_is_scanned_once_however_many_experiments_use_it() {
        String text = PlanText.of(RunPlan.daily(project(), DAY));
        assertThat(text.lines().filter(line -> line.startsWith("scan ")))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void the_same_plan_gives_the_same_text() {
        assertThat(PlanText.of(RunPlan.daily(project(), DAY))).isEqualTo(PlanText.of(RunPlan.daily(project(), DAY)));
    }

    @Test
    void a_metric_is_described_with_its_modifiers_in_the_order_of_work() {
        Project project = project();
        assertThat(MetricText.of(project, metric(project, "week2_retention"))).isEqualTo("""
                        week2_retention: Came back in the second week
                          type         unit_count
                          unit value   number of rows of checkout_events at or after exposure
                                       where event = 'visit'
                                       1. rows from 7d until before 14d after exposure
                                       2. only units whose window has ended
                                       3. 1 if there is any row, else 0
                          group mean   sum of unit values / number of matured units; units without rows count as 0
                          desired      increase
                          tags         core
                          owner        growth
                          defined at   definitions.yml:32:5
                          used by      ranking_v2 (secondary)
                        """);
    }

    @Test
    void a_ratio_is_shown_as_sql_at_row_unit_and_group_level() {
        Project project = project();
        String sql = String.join(
                ";\n\n",
                MetricSql.statements(
                        project,
                        metric(project, "checkouts_per_visit"),
                        project.experiments().values().iterator().next(),
                        DAY));
        assertThat(sql + "\n").isEqualTo(resource("ratio.sql"));
    }

    private Project project() {
        try {
            Files.writeString(folder.resolve("plumbline.yml"), resource("plumbline.yml"));
            Files.writeString(folder.resolve("definitions.yml"), resource("definitions.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ProjectLoader.load(folder, Map.of(), new SparkGrammar());
    }

    private static String resource(String name) {
        try (InputStream in = PlanTextTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Metric metric(Project project, String name) {
        return Objects.requireNonNull(project.metrics().get(name));
    }

    /** Hashes are no part of the text that people compare. */
    private static String shown(String text) {
        Map<String, String> ids = new LinkedHashMap<>();
        return Pattern.compile("\\bc[0-9a-f]{12}\\b")
                .matcher(text.replaceAll("plan [0-9a-f]{12}", "plan HASH"))
                .replaceAll(match -> ids.computeIfAbsent(match.group(), key -> "c" + (ids.size() + 1)));
    }
}
