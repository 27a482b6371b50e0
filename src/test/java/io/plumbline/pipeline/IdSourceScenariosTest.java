package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When ids are known to belong together, by example: rows and definitions stand in {@link IdScenarios}. */
class IdSourceScenariosTest extends SparkTest {

    @TempDir
    Path folder;

    @Test
    void j01APropertySourcePairsIdsFromAllItsRowsUpToTheDayOrWithoutTimeAlways() {
        Scenario scenario = IdScenarios.of(
                        spark(),
                        folder,
                        IdScenarios.resolved("timed", "first_touch", "accounts", "[spent]"),
                        IdScenarios.resolved("always", "first_touch", "ledger", "[spent]"))
                .run("2026-01-03");
        // u1 of c1 7; u3 of c3, which was exposed before t1, 350; u2a of t2 10, which accounts say on the fourth day.
        String where = " AND dimension IS NULL";
        assertThat(scenario.results("experiment = 'timed'" + where)).isEqualTo("""
                control    5 units  total 357.0000  mean 71.4000
                treatment  5 units  total 0.0000  mean 0.0000
                """);
        assertThat(scenario.results("experiment = 'always'" + where)).isEqualTo("""
                control    5 units  total 357.0000  mean 71.4000
                treatment  5 units  total 10.0000  mean 2.0000
                """);

        IdScenarios.assertExplained(scenario, "2026-01-03");

        scenario.rewrite("accounts.csv", "device,user,since,plan\n1,2,never,free\n");
        RunReport report = scenario.plumbline().run(LocalDate.parse("2026-01-03"), Progress.NONE);
        assertThat(report.steps())
                .filteredOn(step -> step.status() == StepReport.Status.ERROR)
                .as("the source fails with its experiments, and nothing else does")
                .extracting(StepReport::name)
                .containsOnly("ids");
        assertThat(scenario.results("experiment = 'timed'" + where))
                .as("what was published stays")
                .contains("total 357");
    }

    @Test
    void j02APairThatIsSeenLaterIsUnknownBeforeAndItsDaysAreCutAgain() {
        Scenario scenario = IdScenarios.of(spark(), folder, IdScenarios.resolved("first_touch", "[spent]"))
                .run("2026-01-03");
        assertThat(scenario.results("ds = DATE'2026-01-03' AND dimension IS NULL"))
                .isEqualTo("""
                control    5 units  total 84.0000  mean 16.8000
                treatment  5 units  total 1800.0000  mean 360.0000
                """);

        RunReport report = scenario.plumbline().run(LocalDate.parse("2026-01-04"), Progress.NONE);
        assertThat(report.steps())
                .filteredOn(step -> step.subject().equals("orders"))
                .extracting(StepReport::detail)
                .containsExactly("12 rows of 2 days, 1 of them read again because ids were paired since");
        // u7 of c7, from the instant of its exposure on the first day: 9; u3 now of c3, from half past nine: 350.
        assertThat(scenario.results("ds = DATE'2026-01-04' AND dimension IS NULL"))
                .isEqualTo("""
                control    5 units  total 443.0000  mean 88.6000
                treatment  5 units  total 1500.0000  mean 300.0000
                """);

        scenario.rewrite("logins.csv", IdScenarios.LOGINS + "c4,u1,2026-01-03T00:00:00Z\n");
        scenario.run("2026-01-03");
        assertThat(scenario.results("ds = DATE'2026-01-03' AND dimension IS NULL"))
                .as("u1 of c4, which was exposed two hours earlier")
                .startsWith("control    5 units  total 1084.0000");
    }
}
