package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pairs that are seen after the events, and change which unit an event belongs to, leave the tables that a run over all of
 * them leaves: bit for bit, in every column but the id of the run.
 */
class IdLawsTest extends SparkTest {

    private static final List<String> TABLES = List.of(
            "exposures",
            "experiment_exposures_daily",
            "experiment_health",
            "experiment_results",
            "metric_daily",
            "id_pairs");

    @TempDir
    Path folder;

    @Test
    void days_in_order_in_any_order_all_at_once_and_the_last_day_alone_come_to_the_same() {
        Scenario ordered = open("ordered").run("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04");

        Scenario shuffled = open("shuffled");
        shuffled.rewrite(
                "logins.csv",
                IdScenarios.LOGINS
                        .replace("c2,u2b,2026-01-02T11:05:00Z\n", "")
                        .replace("c4,u4,2026-01-02T10:05:00Z\n", ""));
        shuffled.run("2026-01-03");
        shuffled.rewrite("logins.csv", IdScenarios.LOGINS);
        shuffled.run("2026-01-02", "2026-01-01", "2026-01-04", "2026-01-03");

        Scenario backfilled = open("backfilled");
        backfilled.plumbline().backfill(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-04"), Progress.NONE);
        Scenario last = open("last").run("2026-01-04");

        assertThat(tables(shuffled, "true")).isEqualTo(tables(ordered, "true"));
        assertThat(tables(backfilled, "true")).isEqualTo(tables(ordered, "true"));
        Map<String, List<String>> found = tables(last, "ds = DATE'2026-01-04'");
        assertThat(found).isEqualTo(tables(ordered, "ds = DATE'2026-01-04'"));
        assertThat(found.get("experiment_results")).isNotEmpty();
    }

    private Scenario open(String name) {
        Path own = folder.resolve(name);
        assertThat(own.toFile().mkdirs()).isTrue();
        return IdScenarios.of(
                spark(),
                own,
                IdScenarios.resolved("strict", "[spent]"),
                IdScenarios.resolved("first_touch", "[spent, first_day]"));
    }

    private static Map<String, List<String>> tables(Scenario scenario, String condition) {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String name : TABLES) {
            tables.put(
                    name,
                    scenario
                            .plumbline()
                            .table(name)
                            .filter(name.equals("exposures") ? "true" : condition)
                            .drop("run_id")
                            .collectAsList()
                            .stream()
                            .map(Row::toString)
                            .sorted()
                            .toList());
        }
        return tables;
    }
}
