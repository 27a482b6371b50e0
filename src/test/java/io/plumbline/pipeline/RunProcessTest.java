package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.Folders;
import io.plumbline.JavaProcess;
import io.plumbline.SparkHome;
import io.plumbline.SparkTest;
import io.plumbline.StoredTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process of a run gets the signal that no process survives, or another run begins in another process; the run is started
 * again: the tables are those of a run that was left in peace. The day has late rows of the day before and pairs of ids that
 * cut its events otherwise, so that every stage has something to replace.
 */
class RunProcessTest extends SparkTest {

    private static final String BEFORE = "2026-01-03";
    private static final String DAY = "2026-01-04";
    /** What the process of a killed run is said to have ended with: 128 and the number of the signal. */
    private static final int KILLED = 128 + 9;

    private static final List<String> TABLES = Stream.concat(
                    StoredTables.TABLES.stream(),
                    Stream.of(
                            "loads", "unit_day__orders__user", "unit_day__logins__device", "unit_day__clicks__device"))
            .toList();

    private static final Pattern COMMIT = Pattern.compile("_delta_log/\\d{20}\\.json$");

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static SparkHome home;
    private static Map<String, List<String>> expected;
    private static int commits;

    @BeforeAll
    static void runInPeace() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        home = SparkHome.in(Files.createDirectory(folder.resolve("spark")));
        scenario = IdScenarios.of(
                spark(),
                project,
                IdScenarios.resolved("strict", "[spent, clicks_made]"),
                IdScenarios.resolved("first_touch", "[spent, items]"));
        scenario.into(spark(), "before").run(BEFORE);
        scenario.rewrite("orders/first.csv", IdScenarios.ORDERS + "u1,2026-01-02T11:00:00Z,3,DE,late\n");
        copy("before", "peaceful");
        expected = tables(scenario.into(spark(), "peaceful").run(DAY));
        commits = commits("peaceful") - commits("before");
    }

    @Test
    @Tag("slow")
    void a_run_whose_process_is_killed_between_its_first_commit_and_its_last_is_finished_by_the_next()
            throws IOException {
        Random random = new Random(20_260_104);
        for (int round = 0; round < 8; round++) {
            killed(1 + random.nextInt(commits - 2));
        }
    }

    /** What {@link TwoRunsTest} says of the tables at every turn, of processes and their exit code. */
    @Test
    @Tag("slow")
    void a_run_that_begins_before_another_has_ended_stops_the_other_with_exit_code_75() throws IOException {
        copy("before", "twice");
        Scenario twice = scenario.into(spark(), "twice");
        try (JavaProcess run = submitted()) {
            run.awaitPrinted("OK    exposures");
            twice.run(DAY);
            assertThat(run.exitCode()).as(run.printed()).isEqualTo(75);
            assertThat(run.printed().lines().filter(line -> line.startsWith("ERROR: ")))
                    .singleElement()
                    .asString()
                    .matches(
                            "ERROR: run '\\S+' began after this one, which stops before it writes table '\\w+'; run again"
                                    + " when the other has ended");
        }
        StoredTables.assertSame(tables(twice), expected);
        StoredTables.assertSame(tables(twice.run(DAY)), expected);
    }

    private void killed(int afterCommits) throws IOException {
        String name = "killed" + afterCommits;
        copy("before", name);
        Scenario again = scenario.into(spark(), name);
        int all = commits(name) + afterCommits;
        try (JavaProcess run = submitted()) {
            run.await("commits " + afterCommits + " times", () -> commits(name) >= all);
            run.kill();
            assertThat(run.exitCode()).isEqualTo(KILLED);
            assertThat(run.printed()).doesNotContain("Done.");
        }
        assertThat(commits(name) - all).as("commits after the moment").isLessThan(commits - afterCommits);
        try (JavaProcess run = submitted()) {
            assertThat(run.exitCode()).as(run.printed()).isZero();
            assertThat(run.printed()).contains("ERROR=0 SKIP=0");
        }
        StoredTables.assertSame(tables(again), expected);
    }

    private JavaProcess submitted() {
        return home.submit(
                "run",
                "local[2]",
                Map.of(),
                "run",
                "--project",
                scenario.folder().toString(),
                "--date",
                DAY);
    }

    /** How many commits all tables of a warehouse have. */
    private static int commits(String warehouse) {
        try (Stream<Path> files = Files.find(
                scenario.folder().resolve(warehouse),
                3,
                (file, any) -> COMMIT.matcher(file.toString()).find())) {
            return Math.toIntExact(files.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String from, String to) throws IOException {
        Folders.copy(scenario.folder().resolve(from), scenario.folder().resolve(to));
    }

    private static Map<String, List<String>> tables(Scenario scenario) {
        return StoredTables.of(scenario.plumbline(), TABLES, "true", "true");
    }
}
