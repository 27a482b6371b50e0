package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.FaultySources;
import io.plumbline.Folders;
import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk of the warehouse is full at some moment of a run: a file system of a few megabytes, filled up but for so many
 * kilobytes. Needs the right to mount one; where the test has not, it is skipped and says so.
 */
class FullDiskTest extends InterpretingTest {

    private static final int MEGABYTES = 16;

    @TempDir
    static Path folder;

    private static Path disk;
    private static Map<String, List<String>> firstDay;
    private static Map<String, List<String>> bothDays;

    @BeforeAll
    static void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", disk + "")
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(mount.waitFor() == 0, "SKIPPED, no file system can be mounted to be filled: " + said.strip());
        FaultySources sources = new FaultySources(spark(), folder);
        sources.mend("events", "parquet");
        sources.mend("people", "delta");
        Plumbline never = open("never");
        assertThat(run("2026-01-01").code()).isZero();
        firstDay = firstDay(never);
        Folders.copy(folder.resolve("never"), folder.resolve("first"));
        assertThat(run("2026-01-02").code()).isZero();
        bothDays = StoredTables.of(never, "true", "true");
    }

    @AfterAll
    static void unmount() throws IOException, InterruptedException {
        new ProcessBuilder("umount", "-l", disk + "").start().waitFor();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 150})
    void a_full_disk_loses_nothing_and_the_next_run_has_everything(int kilobytes) throws IOException {
        Plumbline plumbline = afterTheFirstDay("disk/left" + kilobytes);

        Path ballast = fill(kilobytes);
        Terminal.Ended full = run("2026-01-02");

        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err())
                .contains("is full (no space left on device); make room for the warehouse")
                .doesNotContain("\tat ", "Exception");
        assertThat(full.err().lines()).allMatch(line -> line.length() < 600);
        StoredTables.assertSame(firstDay(plumbline), firstDay);
        Files.delete(ballast);
        assertThat(run("2026-01-02").code()).isZero();
        StoredTables.assertSame(StoredTables.of(plumbline, "true", "true"), bothDays);
    }

    /** The same at more moments of the run. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {20, 50, 90, 220, 300, 400, 500})
    void wherever_it_happens(int kilobytes) throws IOException {
        a_full_disk_loses_nothing_and_the_next_run_has_everything(kilobytes);
    }

    /** Spark's own files, in a process of its own: a session's scratch folder is chosen when it starts. */
    @Tag("slow")
    @Test
    void a_full_scratch_disk_is_said_and_nothing_is_lost() throws IOException, InterruptedException {
        Plumbline plumbline = afterTheFirstDay("scratched");
        Path ballast = fill(0);
        Process process = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains("is full (no space left on device); make room for the warehouse and for Spark's scratch");
        StoredTables.assertSame(firstDay(plumbline), firstDay);
        Files.delete(ballast);
        assertThat(run("2026-01-02").code()).isZero();
        StoredTables.assertSame(StoredTables.of(plumbline, "true", "true"), bothDays);
    }

    private static List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("conf/spark-defaults.conf"))) {
            settings.load(reader);
        }
        settings.setProperty("spark.master", "local[2]");
        settings.setProperty("spark.ui.enabled", "false");
        settings.setProperty("spark.driver.host", "127.0.0.1");
        settings.setProperty("spark.driver.bindAddress", "127.0.0.1");
        settings.setProperty("spark.local.dir", Files.createDirectory(disk.resolve("scratch")) + "");
        settings.setProperty(
                "log4j2.configurationFile",
                Path.of("src/test/resources/log4j2-test.properties").toUri() + "");
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--date",
                "2026-01-02"));
        return command;
    }

    private static Map<String, List<String>> firstDay(Plumbline plumbline) {
        return StoredTables.of(plumbline, "ds = '2026-01-01'", "first_exposure_date = '2026-01-01'");
    }

    /** Takes all space but so much. */
    private static Path fill(int kilobytes) throws IOException {
        Path ballast = disk.resolve("ballast" + kilobytes);
        long free = Files.getFileStore(disk).getUsableSpace() - 1024L * kilobytes;
        Files.write(ballast, new byte[(int) free]);
        return ballast;
    }

    private static Terminal.Ended run(String day) {
        return new Terminal(folder).with(spark()).at("2026-03-13T12:00:00Z").run("run", "--date", day);
    }

    private static Plumbline afterTheFirstDay(String warehouse) throws IOException {
        Folders.copy(folder.resolve("first"), folder.resolve(warehouse));
        return open(warehouse);
    }

    private static Plumbline open(String warehouse) throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), """
                version: 1
                project: full
                warehouse: ./%s
                unit_types: [user]
                metric_sources:
                  - {name: events, path: events, format: parquet, timestamp: at, date_partition: ds, units: {user: user}}
                assignment_sources:
                  - {name: people, path: people, format: delta, timestamp: at, date_partition: ds, experiment: experiment,
                     group: arm, units: {user: user}}
                metrics:
                  - {name: amount, type: sum, source: events, value: amount}
                experiments:
                  - {name: red, assignment_source: people, unit: user, start: 2026-01-01,
                     groups: [{name: a, control: true}, {name: b}], metrics: {primary: [amount]}}
                """.formatted(warehouse));
        return Plumbline.on(spark(), ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
    }
}
