package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.StoredTables;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Totals that are rolled forward against all days added up: whatever comes in between, the tables of a run are those of a
 * warehouse that has no totals, bit for bit. There is a metric for every way in which days are added up, with windows to the
 * second and to the day, covariates, and experiments that end and begin. The tests follow one another.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class RollForwardTest extends InterpretingTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
    private static final int DAYS = 40;

    private static final String SOURCES = """
            version: 1
            project: rolled
            warehouse: ./tables
            unit_types: [user]
            settings: {breakdown_min_units: 1, winsorize_relative_error: 0}
            metric_sources:
              - {name: events, path: events, format: csv, schema: "user STRING, at TIMESTAMP, event STRING, amount DOUBLE, ds DATE", timestamp: at, date_partition: ds, units: {user: user}}
              - {name: visits, path: visits, format: csv, schema: "user STRING, at TIMESTAMP, event STRING, amount DOUBLE, ds DATE", timestamp: at, timestamp_as_date: true, date_partition: ds, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures, format: csv, schema: "user STRING, at TIMESTAMP, experiment STRING, arm STRING, ds DATE", timestamp: at, date_partition: ds, experiment: experiment, group: arm, units: {user: user}}
            experiments:
              - {name: open, assignment_source: exposures, unit: user, start: 2026-01-08, analysis: {cuped_days: 7},
                 groups: &groups [{name: a, control: true}, {name: b}], metrics: {primary: ["tag:all"]}}
              - {name: ended, assignment_source: exposures, unit: user, start: 2026-01-09, end: 2026-01-20, mature_after_end: true,
                 groups: *groups, metrics: {primary: ["tag:all"]}}
              - {name: young, assignment_source: exposures, unit: user, start: 2026-01-28, analysis: {cuped_days: 3},
                 groups: *groups, metrics: {primary: ["tag:all"]}}
            metrics:
            """;

    private static final List<String> METRICS = List.of(
            "rows, type: count, source: events, breakdowns: [event]",
            "amount, type: sum, value: amount, source: events, winsorize: {upper: 0.9}",
            "average, type: mean, value: amount, source: events, cohort_window: {to: 60h}",
            "buys, type: count, source: events, cohort_window: {from: 1d, to: 9d, only_matured: true},"
                    + " filters: [{column: event, op: eq, values: [buy]}]",
            "baked, type: sum, value: amount, source: events, bake_days: 2",
            "capped, type: sum, value: amount, source: events, cap: 40",
            "least, type: min, value: amount, source: events",
            "most, type: max, value: amount, source: events",
            "latest, type: latest_value, value: amount, source: events",
            "different, type: count_distinct, value: event, source: events",
            "median, type: percentile, percentile: 0.5, value: amount, source: events",
            "bought, type: unit_count, rollup: one_time_event, source: events,"
                    + " filters: [{column: event, op: eq, values: [buy]}]",
            "active, type: unit_count, rollup: daily_participation, source: events",
            "visits, type: count, source: visits",
            "visits_later, type: sum, value: amount, source: visits, cohort_window: {from: 2d, to: 12d}",
            "visited, type: funnel, steps: [{name: look, source: events, filters: [{column: event, op: eq, values:"
                    + " [look]}]}, {name: buy, source: events, filters: [{column: event, op: eq, values: [buy]}]}]");

    @TempDir
    static Path folder;

    private static final Random RANDOM = new Random(7);
    private static List<String> metrics = METRICS;

    @BeforeAll
    static void write() {
        for (int day = 1; day <= DAYS; day++) {
            arrive("events", day, "first", rows(day, 22));
            arrive("visits", day, "first", rows(day, 9));
        }
        for (int user = 0; user < 24; user++) {
            expose("open", 8, 15, user);
            expose("ended", 9, 6, user);
            expose("young", 28, 15, user);
        }
    }

    private static void expose(String experiment, int first, int days, int user) {
        int day = first + RANDOM.nextInt(days);
        arrive(
                "exposures",
                day,
                experiment + user,
                user(user) + "," + instant(day) + "," + experiment + "," + (RANDOM.nextBoolean() ? "a" : "b") + "\n");
    }

    @Test
    void a1_totals_are_of_days_that_are_two_weeks_old_and_late_rows_of_later_days_change_nothing() {
        assertThat(totals(run(23))).containsExactly("days to 2026-01-09");
        arrive("events", 20, "late", rows(20, 5));

        assertAsAddedUp(24, "2026-01-09");
    }

    /** Of the source whose day it is; the totals of the other one hold. */
    @Test
    void a2_with_rows_that_come_to_their_days_these_are_added_up_again() {
        arrive("events", 9, "late", rows(9, 5));

        assertAsAddedUp(25, "2026-01-09");
    }

    /** Of units exposed since, covariates are from days that are in no total. */
    @Test
    void a3_a_week_later_they_have_a_week_more_and_metrics_that_come_are_made_of_totals_and_days() {
        assertThat(totals(run(30))).containsExactly("days to 2026-01-16, of which those to 2026-01-09 were known");
        metrics = new ArrayList<>(METRICS);
        metrics.add("twice, type: sum, value: amount * 2, source: events");
        metrics.add("buying_days, type: unit_count, rollup: daily_participation, source: events,"
                + " filters: [{column: event, op: eq, values: [buy]}]");

        assertAsAddedUp(32, "2026-01-16");
    }

    @Test
    void a4_with_another_window_all_days_are_added_up() {
        metrics = new ArrayList<>(metrics);
        metrics.add("late_buys, type: count, source: events, cohort_window: {from: 30h},"
                + " filters: [{column: event, op: eq, values: [buy]}]");

        assertAsAddedUp(33, "none");
    }

    @Test
    void a5_with_an_exposure_that_comes_late_all_days_are_added_up() {
        assertThat(totals(run(37))).containsExactly("days to 2026-01-23");
        arrive("exposures", 11, "late", user(99) + "," + instant(11) + ",open,b\n");

        assertAsAddedUp(38, "none");
    }

    @Tag("slow")
    @Test
    void a6_what_is_read_again_is_not_mixed_with_what_is_known() {
        assertThat(scorecards(plumbline("./tables").run(day(39), Refresh.EVERYTHING, Progress.NONE)))
                .doesNotContain("totals");
    }

    private static RunReport run(int day) {
        RunReport report = plumbline("./tables").run(day(day), Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK, report.toString());
        return report;
    }

    /** A run of the day, and one in a warehouse of its own. */
    private static void assertAsAddedUp(int day, String totals) {
        String scorecards = scorecards(run(day));
        if (totals.equals("none")) {
            assertThat(scorecards).doesNotContain("totals");
        } else {
            assertThat(scorecards).endsWith(", with totals of the days to " + totals);
        }
        Plumbline fresh = plumbline("./fresh" + System.nanoTime());
        fresh.run(day(day), Progress.NONE);
        String ofDay = "ds = DATE'" + day(day) + "'";
        StoredTables.assertSame(
                StoredTables.of(plumbline("./tables"), ofDay, "experiment <> 'ended'"),
                StoredTables.of(fresh, ofDay, "experiment <> 'ended'"));
    }

    private static String scorecards(RunReport report) {
        return report.steps().stream()
                .filter(step -> step.name().equals("scorecards"))
                .map(StepReport::detail)
                .collect(Collectors.joining());
    }

    private static List<String> totals(RunReport report) {
        return report.steps().stream()
                .filter(step -> step.name().equals("totals"))
                .map(StepReport::detail)
                .toList();
    }

    private static Plumbline plumbline(String warehouse) {
        write(
                "plumbline.yml",
                SOURCES.replace("./tables", warehouse)
                        + metrics.stream()
                                .map(metric -> "  - {tags: [all], name: " + metric + "}\n")
                                .collect(Collectors.joining()));
        return Plumbline.on(spark(), ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
    }

    private static String rows(int day, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(user(RANDOM.nextInt(24)))
                    .append(',')
                    .append(instant(day))
                    .append(',')
                    .append(List.of("look", "buy", "visit").get(RANDOM.nextInt(3)))
                    .append(',')
                    .append(RANDOM.nextInt(10) == 0 ? "" : String.valueOf(Math.exp(6 * RANDOM.nextGaussian())))
                    .append('\n');
        }
        return rows.toString();
    }

    private static String user(int number) {
        return "u" + number;
    }

    private static Instant instant(int day) {
        return day(day).atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(RANDOM.nextInt(86_400));
    }

    private static LocalDate day(int number) {
        return FIRST.plusDays(number - 1L);
    }

    private static void arrive(String source, int day, String name, String rows) {
        write(source + "/ds=" + day(day) + "/" + name + ".csv", rows);
    }

    private static void write(String name, String text) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
