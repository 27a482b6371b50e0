package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.InterpretingTest;
import io.plumbline.demo.DemoProject;
import io.plumbline.demo.Shop;
import io.plumbline.demo.ShopSettings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a range of days, and what past days say of an experiment to come; the shop's first days have been run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RangeCommandsTest extends InterpretingTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-06");

    @TempDir
    static Path folder;

    @BeforeAll
    static void runOneDay() {
        DemoProject.create(folder);
        new Shop(spark(), ShopSettings.DEFAULT.withVisitors(300)).write(DemoProject.data(folder), DAY);
        Terminal.Ended run = terminal().run("run", "--date", DAY.toString());
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    @Order(1)
    void a_backfill_computes_the_days_of_a_range_that_no_run_has() {
        String[] range = {"backfill", "--start", "2026-03-04", "--end", DAY.toString(), "--only-missing"};
        Terminal.Ended first = terminal().run(range);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err().lines().findFirst().orElse("")).isEqualTo("Days 2026-03-04 to 2026-03-05");
        assertThat(first.err()).contains("scorecards visitor_id 2026-03-05 …");
        Terminal.Ended again = terminal().run(range);
        assertThat(again.err()).isEqualTo("No day is missing.\n");
        Terminal.Ended runs = terminal().run("runs", "--output", "csv");
        assertThat(runs.out()
                        .lines()
                        .filter(line -> line.contains(",backfill,"))
                        .map(line -> line.split(",", -1)[2]))
                .containsExactlyInAnyOrder("2026-03-04", "2026-03-05");
        Terminal.Ended days =
                terminal().run("show", "experiment_results", "--where", "ds = '2026-03-05' AND metric = 'revenue'");
        assertThat(days.out().lines().count()).isGreaterThan(2);
    }

    @Test
    @Order(2)
    void a_backfill_that_ends_before_it_starts_is_refused() {
        Terminal.Ended wrong = terminal().run("backfill", "--start", "2026-03-06", "--end", "2026-03-05");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--end 2026-03-05 is before --start 2026-03-06");
    }

    @Test
    @Order(3)
    void power_says_how_many_units_an_effect_needs_and_which_effect_units_find() {
        String[] asked = {"power", "--metric", "revenue", "--source-experiment", "free_shipping", "--output", "csv"};
        Terminal.Ended units = terminal().run(with(asked, "--mde", "0.05"));
        assertThat(units.code()).as(units.err()).isZero();
        List<String> lines = units.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("metric,relative_effect,control_units,treatment_units,days");
        String[] needed = lines.get(1).split(",", -1);
        assertThat(needed[1]).isEqualTo("0.05");
        assertThat(needed[2]).isEqualTo(needed[3]);
        assertThat(Long.parseLong(needed[4])).isPositive();
        String both = String.valueOf(2 * Long.parseLong(needed[2]));
        Terminal.Ended effect = terminal().run(with(asked, "--units", both));
        assertThat(Double.parseDouble(effect.out().lines().toList().get(1).split(",", -1)[1]))
                .isCloseTo(0.05, within(1e-5));
        assertThat(terminal().run(with(asked, "--mde", "0")).code()).isEqualTo(2);
        assertThat(terminal().run(asked).out().lines())
                .as("effects from 1 to 20 %")
                .hasSize(6);
    }

    @Test
    @Order(4)
    void power_from_the_history_of_a_metric_needs_no_experiment() {
        String[] asked = {"power", "--metric", "revenue", "--history", "3", "--mde", "0.05", "--output", "csv"};
        long all = days(terminal().run(asked));
        long some = days(terminal().run(with(asked, "--where", "country = 'US'")));
        assertThat(some).as("fewer units come in a day").isGreaterThan(all);
        assertThat(days(terminal().run(with(asked, "--alternative", "greater"))))
                .as("one side is found earlier")
                .isLessThan(all);
        Terminal.Ended unread = terminal().run("power", "--metric", "revenue", "--history", "300");
        assertThat(unread.code()).isEqualTo(99);
        assertThat(unread.err()).contains("which was not read; run `plumbline backfill --start ");
        Terminal.Ended both = terminal().run(with(asked, "--source-experiment", "free_shipping"));
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--history is for a metric without --source-experiment; leave one of them out");
    }

    private static long days(Terminal.Ended ended) {
        assertThat(ended.code()).as(ended.err()).isZero();
        return Long.parseLong(ended.out().lines().toList().get(1).split(",", -1)[4]);
    }

    private static Terminal terminal() {
        return new Terminal(folder).with(spark());
    }

    private static String[] with(String[] words, String... last) {
        return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
    }
}
