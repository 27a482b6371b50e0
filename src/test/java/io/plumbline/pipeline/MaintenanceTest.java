package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance makes tables smaller and changes nothing that is read from them. The tests follow one another. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class MaintenanceTest extends InterpretingTest {

    private static final LocalDate DAY = MaintainedProject.DAY;
    private static final String UNIT_DAYS = MaintainedProject.UNIT_DAYS;
    private static final String NOW = MaintainedProject.NOW;
    private static final String THRICE = MaintainedProject.THRICE;

    @TempDir
    static Path folder;

    private static MaintainedProject project;

    private static Set<String> kept = Set.of();

    @BeforeAll
    static void runTwoDaysAndChangeTheMetrics() {
        project = new MaintainedProject(spark(), folder);
        project.define(MaintainedProject.BEFORE + THRICE);
        project.run(DAY.minusDays(1));
        project.run(DAY);
        project.define(NOW);
        project.run(DAY);
    }

    @Test
    void a1_what_would_be_done_is_said_and_not_done() {
        Map<String, Long> versions = project.versions();
        assertThat(MaintainedProject.chores(
                        project.plumbline().maintenance().planned(Retention.DEFAULT, Maintenance.Unused.LEFT)))
                .startsWith(
                        "drop " + UNIT_DAYS + ": 1 component that no metric needs, on 2 days",
                        "fold " + UNIT_DAYS + ": 4 layers of 2 days into one each")
                .contains("compact runs: 2 files in 1 partition");
        assertThat(project.versions()).isEqualTo(versions);
    }

    @Test
    void a2_layers_become_one_and_everything_that_is_read_stays_as_it_is() {
        String scorecard = project.plumbline().analyze("test", DAY).results().toString();
        Map<String, List<String>> tables = StoredTables.of(project.plumbline(), "true", "true");
        long rows = project.plumbline().table(UNIT_DAYS).count();
        int files = project.files();
        Set<String> definitions = project.definitions();

        MaintenanceReport report = project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT);

        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK, report.toString());
        assertThat(project.layers()).containsExactly("base");
        assertThat(project.plumbline().table(UNIT_DAYS).count()).isLessThan(rows);
        assertThat(project.files()).isLessThan(files);
        Set<String> gone = new TreeSet<>(definitions);
        gone.removeAll(project.definitions());
        assertThat(gone)
                .singleElement()
                .satisfies(component -> assertThat(project.held()).isNotEmpty().doesNotContain(component));
        assertThat(project.plumbline().analyze("test", DAY).results()).hasToString(scorecard);

        assertThat(MaintainedProject.reads(project.run(DAY))).containsOnly("0 rows of 0 days");
        StoredTables.assertSame(StoredTables.of(project.plumbline(), "true", "true"), tables);
    }

    @Test
    void a3_done_again_it_finds_nothing_to_do() {
        project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT);
        Map<String, Long> versions = project.versions();
        assertThat(project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT).chores())
                .isEmpty();
        assertThat(project.versions()).isEqualTo(versions);
        kept = project.definitions();
    }

    @Test
    void a4_a_metric_that_comes_back_is_computed_again_and_alone() {
        project.define(NOW + THRICE);
        assertThat(project.plumbline().planned(DAY, Refresh.CHANGES))
                .filteredOn(work -> work.step().equals("unit-days"))
                .singleElement()
                .satisfies(work -> assertThat(work.reason()).contains("only these are computed"));
        project.run(DAY);
        assertThat(project.layers()).hasSize(2);
        Map<String, List<String>> tables = project.tables();

        Plumbline fresh = project.open((NOW + THRICE).replace("./tables", "./fresh"));
        fresh.backfill(DAY.minusDays(1), DAY, Progress.NONE);
        StoredTables.assertSame(tables, StoredTables.of(fresh, "ds = DATE'" + DAY + "'", "true"));
        assertThat(StoredTables.rows(project.plumbline(), "metric_daily", "true"))
                .isEqualTo(StoredTables.rows(fresh, "metric_daily", "true"));
    }

    /** A layer that the loads do not have is that of a run which is going on or was killed. */
    @Test
    void a5_a_layer_that_is_not_recorded_is_left_alone_and_never_counts_twice() {
        Map<String, List<String>> tables = project.tables();
        project.forget(project.added(kept));

        assertThat(project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT).chores())
                .noneMatch(chore -> chore.action() == Chore.Action.FOLD || chore.action() == Chore.Action.DROP);
        assertThat(project.layers()).hasSize(2);

        project.define(NOW + THRICE + "  - {name: another, type: sum, value: amount * 5, source: events}\n");
        project.run(DAY);
        assertThat(project.layers()).as("all of the days was read again").containsExactly("base");
        project.define(NOW + THRICE);
        project.run(DAY);
        StoredTables.assertSame(project.tables(), tables);
    }

    @Test
    void a6_killed_between_the_loads_and_the_table_it_goes_on_where_it_was() {
        project.define(NOW);
        Set<String> added = project.added(kept);
        project.forget(added);

        assertThat(added).hasSize(2);
        assertThat(MaintainedProject.chores(project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT)
                        .chores()))
                .contains("drop " + UNIT_DAYS + ": 2 components that no metric needs, on 2 days");
        assertThat(project.held()).isNotEmpty().doesNotContainAnyElementsOf(added);
        assertThat(project.plumbline().maintenance().planned(Retention.DEFAULT, Maintenance.Unused.LEFT))
                .isEmpty();
    }

    @Test
    void a7_files_are_removed_after_the_time_for_which_they_are_kept() {
        assertThatThrownBy(() -> Retention.besideJobs(Duration.ofDays(6))).hasMessageContaining("may be in use");
        Map<String, List<String>> tables = StoredTables.of(project.plumbline(), "true", "true");
        Retention none = new Retention(Duration.ZERO);
        assertThat(project.maintain(none, Maintenance.Unused.LEFT).chores())
                .anyMatch(chore ->
                        chore.action() == Chore.Action.VACUUM && chore.table().equals(UNIT_DAYS));
        assertThat(project.plumbline().maintenance().planned(none, Maintenance.Unused.LEFT))
                .isEmpty();
        StoredTables.assertSame(StoredTables.of(project.plumbline(), "true", "true"), tables);
    }

    @Test
    void a8_a_table_of_a_source_that_is_gone_is_removed_only_if_that_is_asked_for() {
        List<String> extra =
                StoredTables.rows(project.plumbline(), "metric_daily", "metric = 'extra' AND ds = DATE'" + DAY + "'");
        project.define(NOW.replaceAll("(?m)^.*name: extra,.*\n", ""));
        assertThat(MaintainedProject.chores(project.maintain(Retention.DEFAULT, Maintenance.Unused.LEFT)
                        .chores()))
                .contains("leave unit_day__extra__user: although its source or unit type is not defined any more");
        assertThat(MaintainedProject.chores(project.maintain(Retention.DEFAULT, Maintenance.Unused.REMOVED)
                        .chores()))
                .contains("remove unit_day__extra__user: as its source or unit type is not defined any more");
        assertThat(folder.resolve("tables/unit_day__extra__user")).doesNotExist();
        assertThat(StoredTables.rows(project.plumbline(), "loads", "source = 'extra'"))
                .isEmpty();

        project.define(NOW);
        project.run(DAY);
        assertThat(StoredTables.rows(
                        project.plumbline(), "metric_daily", "metric = 'extra' AND ds = DATE'" + DAY + "'"))
                .isEqualTo(extra);
    }
}
