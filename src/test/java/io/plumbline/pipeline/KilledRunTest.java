package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.Folders;
import io.plumbline.InterpretingTest;
import io.plumbline.KilledFileSystem;
import io.plumbline.StoredTables;
import io.plumbline.unitday.Layers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any change of any file of the warehouse, and started again, leaves the tables of a run that was
 * left in peace: bit for bit, in every column but the id of the run. The day that is killed has a file with late rows of a day
 * before, and pairs of ids that cut its events otherwise, so that every stage has something to replace.
 */
class KilledRunTest extends InterpretingTest {

    private static final LocalDate BEFORE = LocalDate.parse("2026-01-03");
    private static final LocalDate DAY = LocalDate.parse("2026-01-04");
    private static final List<String> TABLES = Stream.concat(
                    StoredTables.TABLES.stream(),
                    Stream.of(
                            "loads", "unit_day__orders__user", "unit_day__logins__device", "unit_day__clicks__device"))
            .toList();

    @TempDir
    Path folder;

    private Scenario scenario;
    private Map<String, List<String>> expected;
    private long changes;

    @BeforeEach
    void runInPeace() throws IOException {
        scenario = IdScenarios.of(
                spark(),
                folder,
                IdScenarios.resolved("strict", "[spent, clicks_made]"),
                IdScenarios.resolved("first_touch", "[spent, items]"));
        run(open("before"), BEFORE);
        scenario.rewrite("orders/late.csv", "user,at,amount,country,item\nu1,2026-01-02T11:00:00Z,3,DE,late\n");
        copy("before", "peaceful");
        Scenario peaceful = open("peaceful");
        KilledFileSystem.killAfter(Long.MAX_VALUE);
        run(peaceful, DAY);
        changes = KilledFileSystem.revive();
        expected = tables(peaceful);
    }

    @AfterEach
    void revive() {
        KilledFileSystem.revive();
    }

    @Test
    void a_run_that_is_killed_and_started_again_leaves_the_same_tables() throws IOException {
        assertThat(changes).isGreaterThan(100);
        assertThat(expected.get("unit_day__orders__user"))
                .as("rows of the late file, beside those of the day")
                .anyMatch(row -> row.contains(Layers.OWN_ROWS));
        killed(changes / 2);
    }

    @Test
    @Tag("slow")
    void wherever_it_is_killed() throws IOException {
        Random random = new Random(20_260_104);
        for (long change : LongStream.generate(() -> random.nextLong(changes * 19 / 20))
                .distinct()
                .limit(36)
                .toArray()) {
            killed(change);
        }
    }

    private void killed(long change) throws IOException {
        String name = "killed" + change;
        copy("before", name);
        KilledFileSystem.killAfter(change);
        boolean finished = finishes(open(name));
        assertThat(KilledFileSystem.isKilled())
                .as("killed after %d of %d changes", change, changes)
                .isTrue();
        assertThat(finished).as("a run that was killed reports success").isFalse();
        KilledFileSystem.revive();
        DeltaLog.clearCache();
        Scenario again = open(name);
        run(again, DAY);
        StoredTables.assertSame(tables(again), expected);
    }

    private static boolean finishes(Scenario scenario) {
        try {
            return scenario.plumbline().run(DAY, Progress.NONE).steps().stream()
                    .allMatch(step -> step.status() == StepReport.Status.OK);
        } catch (Exception e) {
            // Spark's own failures are checked exceptions that no signature names.
            return false;
        }
    }

    private static void run(Scenario scenario, LocalDate day) {
        scenario.run(day.toString());
    }

    private Scenario open(String warehouse) {
        return scenario.into(spark(), KilledFileSystem.path(folder.resolve(warehouse)));
    }

    private void copy(String from, String to) throws IOException {
        Folders.copy(folder.resolve(from), folder.resolve(to));
    }

    private static Map<String, List<String>> tables(Scenario scenario) {
        return StoredTables.of(scenario.plumbline(), TABLES, "true", "true");
    }
}
