package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.StoredTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pairs that are seen after the events, and change which unit an event belongs to, leave the tables that a run over all of
 * them leaves: bit for bit, in every column but the id of the run.
 */
class IdLawsTest extends SparkTest {

    private static final List<String> TABLES = Stream.concat(
                    StoredTables.TABLES.stream(), Stream.of("unit_day__logins__device"))
            .toList();

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void days_in_order_in_any_order_and_all_at_once_come_to_the_same() {
        Scenario shuffled = IdScenarios.of(
                spark(),
                folder,
                IdScenarios.resolved("strict", "[spent]"),
                IdScenarios.resolved("first_touch", "[spent, first_day]"));
        shuffled.rewrite(
                "logins.csv",
                IdScenarios.LOGINS
                        .replace("c2,u2b,2026-01-02T11:05:00Z\n", "")
                        .replace("c4,u4,2026-01-02T10:05:00Z\n", ""));
        shuffled.run("2026-01-04");
        shuffled.rewrite("logins.csv", IdScenarios.LOGINS);
        shuffled.run("2026-01-03", "2026-01-04");

        Scenario ordered = shuffled.into(spark(), "ordered").run("2026-01-03", "2026-01-04");
        Scenario backfilled = shuffled.into(spark(), "backfilled");
        backfilled.plumbline().backfill(LocalDate.parse("2026-01-03"), LocalDate.parse("2026-01-04"), Progress.NONE);

        Map<String, List<String>> expected = tables(ordered);
        StoredTables.assertSame(tables(shuffled), expected);
        StoredTables.assertSame(tables(backfilled), expected);
        assertThat(expected.get("experiment_results")).isNotEmpty();
    }

    private static Map<String, List<String>> tables(Scenario scenario) {
        return StoredTables.of(scenario.plumbline(), TABLES, "true", "true");
    }
}
