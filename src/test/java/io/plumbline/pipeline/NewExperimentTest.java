package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Experiments that come to a warehouse with days in it: only days on which their windows begin or end are read for them, and
 * then all tables are those of a warehouse that read everything at once. The tests follow one another.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class NewExperimentTest extends InterpretingTest {

    private static final LocalDate DAY = MaintainedProject.DAY;
    private static final String ASKED = "2026-01-04 never read";

    @TempDir
    static Path folder;

    private static MaintainedProject project;

    @BeforeAll
    static void runThreeDays() throws IOException {
        project = new MaintainedProject(spark(), folder);
        Files.writeString(folder.resolve("exposures.csv"), "a,eve,2026-01-05T10:00:00Z\n", StandardOpenOption.APPEND);
        project.arrive("2.csv", "ann,2026-01-03T12:00:00Z,visit,1\ndan,2026-01-04T12:00:00Z,buy,9\n");
        project.run(DAY.minusDays(1));
        project.run(DAY);
        project.run(DAY.plusDays(1));
    }

    @Test
    void a1_for_one_that_starts_today_no_day_is_read_but_today() {
        define("today", "2026-01-04", "[amount, first_day]");

        assertThat(planned()).containsExactly(ASKED);
        assertThat(daysRead(DAY.plusDays(2))).containsExactly("1 rows of 1 day");
        project.assertAsFromScratch();
    }

    /** Its units are exposed on the first two days; their windows of 20 hours end on the first three. */
    @Test
    void a2_for_one_that_has_started_days_with_its_edges_are_read() {
        define("started", "2026-01-01", "[amount]");

        assertThat(daysRead(DAY.plusDays(2)))
                .containsExactly(
                        "9 rows of 2 days, 1 rows without a unit left out" + ", 1 NaN or infinite values skipped");
        project.assertAsFromScratch("ds = DATE'" + DAY.plusDays(2) + "'");
    }

    @Test
    void a3_without_its_exposures_an_experiment_fails_and_the_next_run_makes_good_for_it() throws IOException {
        LocalDate day = DAY.plusDays(3);
        project.arrive("3.csv", "eve,2026-01-05T08:00:00Z,buy,1\neve,2026-01-05T12:00:00Z,buy,2\n");
        Path exposures = folder.resolve("exposures.csv");
        Path away = folder.resolve("away.csv");
        Files.move(exposures, away);

        RunReport failed = project.plumbline().run(day, Progress.NONE);
        assertThat(failed.steps())
                .filteredOn(step -> step.status() == StepReport.Status.ERROR)
                .extracting(StepReport::name)
                .containsOnly("exposures");
        assertThat(MaintainedProject.reads(failed)).containsOnly("2 rows of 5 days");
        assertThat(MaintainedProject.reads(project.plumbline().run(day, Progress.NONE)))
                .as("its day is not read again as long as it fails; the others wait for results that have the new file")
                .containsOnly("0 rows of 0 days", "0 rows of 4 days");

        Files.move(away, exposures);
        assertThat(daysRead(day)).containsExactly("2 rows of 5 days");
        project.assertAsFromScratch("ds = DATE'" + day + "'");
    }

    /** The experiment comes with an assignment source of its own, of the same rows. */
    private static void define(String name, String start, String metrics) {
        String source = project.text()
                .lines()
                .filter(line -> line.contains("{name: exposures,"))
                .findFirst()
                .orElseThrow();
        project.define(project.text()
                .replace(
                        source,
                        source + "\n" + source.replace("exposures,", name + ",").replace("'test'", "'" + name + "'"))
                .replace(
                        "experiments:\n",
                        "experiments:\n  - {name: " + name + ", assignment_source: " + name + ", unit: user, start: "
                                + start + ", groups: [{name: a, control: true}, {name: b}], metrics: {primary: "
                                + metrics + "}}\n"));
    }

    private static List<String> planned() {
        return project.plumbline().planned(DAY.plusDays(2), Refresh.CHANGES).stream()
                .filter(work ->
                        work.step().equals("unit-days") && work.subject().equals("events"))
                .map(work -> work.first() + " " + work.reason())
                .toList();
    }

    private static List<String> daysRead(LocalDate day) {
        return project.run(day).steps().stream()
                .filter(step ->
                        step.name().equals("unit-days") && step.subject().equals("events"))
                .map(StepReport::detail)
                .toList();
    }
}
