package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.JavaProcess;
import io.plumbline.SparkHome;
import io.plumbline.SparkTest;
import io.plumbline.StandaloneCluster;
import io.plumbline.StoredTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job on a standalone cluster whose processes die under it leaves the tables of an undisturbed run on this machine: bit
 * for bit, in every column but the id of the run. Master, workers, executors and driver are processes; the classes of the
 * job get to the executors as a jar, as with {@code spark-submit} on any cluster.
 *
 * <p>It takes minutes and is run by {@code mvn test -Pcluster}.
 */
@Tag("cluster")
class ClusterTest extends SparkTest {

    private static final String DAY = "2026-01-04";
    private static final List<String> TABLES = Stream.concat(
                    StoredTables.TABLES.stream(),
                    Stream.of(
                            "loads", "unit_day__orders__user", "unit_day__logins__device", "unit_day__clicks__device"))
            .toList();

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static Map<String, List<String>> expected;
    private static SparkHome home;
    private StandaloneCluster cluster;

    @BeforeAll
    static void runUndisturbed() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        scenario = IdScenarios.of(
                spark(),
                project,
                IdScenarios.resolved("strict", "[spent, capped, items, spent_per_click]"),
                "name: users, metrics: {primary: [spent, latest, order_size]}");
        expected = tables(scenario.into(spark(), "undisturbed").run(DAY));
        home = SparkHome.in(Files.createDirectory(folder.resolve("spark")));
    }

    @BeforeEach
    void startCluster() {
        cluster = StandaloneCluster.start(home);
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void a_run_that_loses_a_worker_and_its_executor_is_finished_by_the_other() {
        disturbed("one_worker", workers -> workers.get(0).kill());
    }

    @Test
    void a_run_that_loses_an_executor_goes_on_with_a_new_one() {
        disturbed(
                "new_executor",
                workers -> assertThat(workers.get(1).killChildren())
                        .as("executors of the worker")
                        .isEqualTo(1));
        assertThat(cluster.master().printed("Launching executor"))
                .as("executors in all")
                .isGreaterThanOrEqualTo(3);
    }

    /** Unit-days are read after the step that is waited for, and every number is computed after that. */
    private void disturbed(String warehouse, Consumer<List<JavaProcess>> disturbance) {
        Scenario disturbed = scenario.into(spark(), warehouse);
        try (JavaProcess driver =
                cluster.submit("run", "--project", disturbed.folder().toString(), "--date", DAY)) {
            driver.awaitPrinted("OK    exposures");
            disturbance.accept(cluster.workers());
            assertThat(driver.printed()).as("when it was disturbed").doesNotContain("scorecards", "Done.");
            driver.awaitPrinted("Lost executor");
            assertThat(driver.printed()).as("when it noticed").doesNotContain("Done.");
            assertThat(driver.exitCode()).as(driver.printed()).isZero();
            assertThat(driver.printed()).contains("ERROR=0 SKIP=0");
        }
        StoredTables.assertSame(tables(disturbed), expected);
    }

    private static Map<String, List<String>> tables(Scenario scenario) {
        return StoredTables.of(scenario.plumbline(), TABLES, "true", "true");
    }
}
