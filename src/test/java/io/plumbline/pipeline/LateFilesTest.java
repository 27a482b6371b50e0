package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.definition.Selector;
import io.plumbline.source.ScanCount;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files come to days that were read before: they are read and nothing else, and then all tables are those of a warehouse that
 * read everything at once. There is a metric of every kind of state. The tests follow one another.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class LateFilesTest extends InterpretingTest {

    private static final LocalDate DAY = MaintainedProject.DAY;
    private static final String DEFINITIONS = MaintainedProject.NOW.replaceAll("(?m)^.*name: extra,.*\n", "");
    private static final String ADDED = "files came since it was read; only these are read";
    private static final String CHANGED = "data came, went or changed since it was read";

    @TempDir
    static Path folder;

    private static MaintainedProject project;

    @BeforeAll
    static void runTwoDays() {
        project = new MaintainedProject(spark(), folder);
        project.define(DEFINITIONS);
        project.run(DAY.minusDays(1));
        project.run(DAY);
    }

    /** Earlier and later than what is there, less and more, the same values, between the steps of a funnel, no unit, no number. */
    @Test
    void a1_a_file_that_comes_is_read_alone() {
        project.arrive("2.csv", """
                ann,2026-01-01T11:00:00Z,visit,0.5
                ann,2026-01-01T14:00:00Z,buy,2.5
                ann,2026-01-01T13:30:00Z,look,-3
                bob,2026-01-01T23:59:59Z,buy,90
                cid,2026-01-02T04:00:00Z,visit,NaN
                eve,2026-01-02T04:00:00Z,visit,6
                ,2026-01-01T16:00:00Z,buy,7
                """);

        assertThat(reasons()).containsOnly(ADDED);
        assertThat(scanned(project.run(DAY))).isEqualTo(7);
        assertThat(project.layers()).hasSize(2).contains("base");
    }

    @Test
    void a2_maintenance_makes_one_of_the_layers_and_leaves_what_is_read_as_it_is() {
        project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT);

        assertThat(project.layers()).containsExactly("base");
        assertThat(MaintainedProject.reads(project.run(DAY))).containsOnly("0 rows of 0 days");
        project.assertAsFromScratch();
    }

    /** Unit-days of the file are stored, and that it was read is not; then another file comes. */
    @Test
    void a3_a_run_that_was_killed_before_it_said_what_it_had_read_counts_no_row_twice() {
        long before = version();
        project.arrive("3.csv", "bob,2026-01-01T10:30:00Z,visit,2\nann,2026-01-02T09:00:00Z,buy,4\n");
        project.run(DAY);
        spark().sql("RESTORE TABLE delta.`" + folder.resolve("tables/loads") + "` TO VERSION AS OF " + before);

        assertThat(project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT).chores())
                .as("rows of which the loads do not know stay apart")
                .noneMatch(chore -> chore.action() == Chore.Action.FOLD);
        project.arrive("4.csv", "cid,2026-01-02T05:00:00Z,buy,1\n");

        assertThat(scanned(project.run(DAY))).isEqualTo(3);
    }

    /** The third day was read with a file that the others have not been read with. */
    @Test
    void a4_days_that_have_got_different_files_are_read_one_after_the_other() {
        LocalDate next = DAY.plusDays(1);
        project.arrive("5.csv", "bob,2026-01-01T20:00:00Z,buy,1\nbob,2026-01-03T20:00:00Z,buy,5\n");
        project.plumbline().run(next, Refresh.MISSING, Progress.NONE);
        project.arrive("6.csv", "ann,2026-01-02T20:00:00Z,buy,1\nann,2026-01-03T20:00:00Z,buy,5\n");

        assertThat(scanned(project.run(next))).isEqualTo(3);
        project.assertAsFromScratch();
    }

    @Test
    void a5_of_files_that_are_written_anew_all_days_are_read() throws IOException {
        project.arrive("6.csv", "ann,2026-01-02T20:00:00Z,buy,10\n");
        assertThat(reasons()).containsOnly(CHANGED);
        Files.delete(folder.resolve("events/6.csv"));
        project.arrive("7.csv", "ann,2026-01-01T18:00:00Z,buy,3\n");
        assertThat(reasons()).containsOnly(CHANGED);

        project.run(DAY.plusDays(1));

        assertThat(project.layers()).containsExactly("base");
    }

    /** The part of a job leaves changes to the whole one, but what it adds is made of what there is now. */
    @Test
    void a6_after_a_part_of_the_job_all_rows_of_its_days_are_read() {
        project.arrive("8.csv", "ann,2026-01-01T17:00:00Z,buy,3\n");
        assertThat(reasons()).containsOnly(ADDED);

        project.define(DEFINITIONS + MaintainedProject.THRICE);
        project.plumbline()
                .run(
                        DAY,
                        Selector.select(ProjectLoader.load(folder, Map.of(), new SparkGrammar()), "metric:thrice"),
                        Progress.NONE);

        assertThat(reasons()).containsOnly(CHANGED);
    }

    private static long version() {
        return spark().sql("DESCRIBE HISTORY delta.`" + folder.resolve("tables/loads") + "`")
                        .count()
                - 1;
    }

    private static List<String> reasons() {
        return project.plumbline().planned(DAY, Refresh.CHANGES).stream()
                .filter(work ->
                        work.step().equals("unit-days") && work.subject().equals("events"))
                .map(PlannedWork::reason)
                .toList();
    }

    /** Rows that Spark read of the source of most metrics. */
    private static long scanned(RunReport report) {
        return report.steps().stream()
                .filter(step ->
                        step.name().equals("unit-days") && step.subject().equals("events"))
                .flatMap(step -> step.scanned().stream())
                .mapToLong(ScanCount::rows)
                .sum();
    }
}
