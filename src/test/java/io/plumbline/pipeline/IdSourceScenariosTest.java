package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When ids are known to belong together, by example: rows and definitions stand in {@link IdScenarios}. */
class IdSourceScenariosTest extends SparkTest {

    private static final String MUTUAL = """
            version: 1
            project: mutual
            unit_types: [visitor, account, session]
            metric_sources:
              - {name: sessions, path: sessions.csv, format: csv, options: &header {header: "true"}, schema: "visitor STRING, session STRING, at TIMESTAMP", timestamp: at, units: {visitor: visitor, session: session}}
              - {name: logins, path: logins.csv, format: csv, options: *header, schema: "account STRING, session STRING, at TIMESTAMP", timestamp: at, units: {account: account, session: session}}
            metrics:
              - {name: sessions_begun, type: count, source: sessions}
              - {name: logins_made, type: count, source: logins}
            assignment_sources:
              - {name: met_visitors, path: exposures.csv, format: csv, options: *header, schema: "visitor STRING, account STRING, group_name STRING, at TIMESTAMP", timestamp: at, columns: {experiment: "'visitors'"}, experiment: experiment, group: group_name, units: {visitor: visitor}}
              - {name: met_accounts, path: exposures.csv, format: csv, options: *header, schema: "visitor STRING, account STRING, group_name STRING, at TIMESTAMP", timestamp: at, columns: {experiment: "'accounts'"}, experiment: experiment, group: group_name, units: {account: account}}
            experiments:
              - {name: visitors, assignment_source: met_visitors, unit: visitor, start: 2026-01-01, groups: &groups [{name: control, control: true}, {name: treatment}], metrics: {primary: [logins_made]}, views: [cumulative], id_resolution: {source: sessions, unit: session, mode: first_touch}}
              - {name: accounts, assignment_source: met_accounts, unit: account, start: 2026-01-01, groups: *groups, metrics: {primary: [sessions_begun]}, views: [cumulative], id_resolution: {source: logins, unit: session, mode: first_touch}}
            """;

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

    /** Sessions know visitors, logins know accounts: each finds the units of the other's rows. */
    @Test
    void j03TwoSourcesMayKnowEachOthersUnits() {
        Scenario scenario = Scenario.of(
                        spark(),
                        folder,
                        Map.of("plumbline.yml", MUTUAL, "sessions.csv", """
                                visitor,session,at
                                v1,s1,2026-01-01T09:00:00Z
                                v1,s1,2026-01-01T11:00:00Z
                                v1,s1,2026-01-01T12:00:00Z
                                v2,s2,2026-01-01T12:00:00Z
                                """, "logins.csv", """
                                account,session,at
                                a1,s1,2026-01-01T09:30:00Z
                                a1,s1,2026-01-01T10:30:00Z
                                a2,s2,2026-01-01T13:00:00Z
                                """, "exposures.csv", """
                                visitor,account,group_name,at
                                v1,a1,control,2026-01-01T10:00:00Z
                                v2,a2,treatment,2026-01-01T10:00:00Z
                                """))
                .run("2026-01-01");
        assertThat(scenario.results("experiment = 'visitors'")).isEqualTo("""
                control    1 units  total 1.0000  mean 1.0000
                treatment  1 units  total 1.0000  mean 1.0000
                """);
        assertThat(scenario.results("experiment = 'accounts'")).isEqualTo("""
                control    1 units  total 2.0000  mean 2.0000
                treatment  1 units  total 1.0000  mean 1.0000
                """);
        RunReport again = scenario.plumbline().run(LocalDate.parse("2026-01-01"), Progress.NONE);
        assertThat(again.steps())
                .filteredOn(step -> step.name().equals("unit-days"))
                .extracting(StepReport::detail)
                .as("nothing is left to read")
                .containsOnly("0 rows of 0 days");
    }
}
