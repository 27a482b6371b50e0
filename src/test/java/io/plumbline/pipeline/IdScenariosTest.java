package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.inspect.Walk;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which unit an event belongs to that carries another id, by example: rows and definitions stand in {@link IdScenarios}. */
class IdScenariosTest extends SparkTest {

    private static final String METRICS =
            "[spent, first_day, items, latest, capped, active, clicks_made, spent_per_click, order_size]";

    @TempDir
    static Path folder;

    private static @Nullable Scenario given;

    @BeforeAll
    static void runTheThirdDay() {
        given = IdScenarios.of(
                        spark(),
                        folder,
                        IdScenarios.resolved("strict", "[spent, first_day, clicks_made, spent_per_click]"),
                        IdScenarios.resolved("first_touch", METRICS),
                        IdScenarios.resolved("last_touch", "[spent, items, capped, active, spent_per_click]"),
                        "name: users, metrics: {primary: [spent, first_day]}, views: [cumulative]")
                .run("2026-01-03");
    }

    @Test
    void i13TheSqlOfEveryMetricGivesTheSameNumbers() {
        IdScenarios.assertExplained(Objects.requireNonNull(given), "2026-01-03");
    }

    @ParameterizedTest
    @CsvSource({"strict, spent", "first_touch, spent_per_click", "last_touch, active"})
    void i14RowsAreWalkedToTheUnitsThatTheyBelongTo(String experiment, String metric) {
        Walk walk =
                Objects.requireNonNull(given).plumbline().reconcile(experiment, metric, LocalDate.parse("2026-01-03"));
        assertThat(walk.differences()).isEmpty();
        assertThat(walk.gap()).isEmpty();
    }

    @Test
    void i15StepsSayWhatStrictLeavesOut() {
        Walk walk =
                Objects.requireNonNull(given).plumbline().reconcile("strict", "spent", LocalDate.parse("2026-01-03"));
        // Six devices of the control are exposed, and x1, which is in both groups. u1 is c1's; c3 and c7 have no pair.
        assertThat(walk.lines().stream()
                        .filter(line ->
                                "control".equals(line.group()) && line.part().equals("units"))
                        .limit(3)
                        .map(line -> line.step() + " " + line.n()))
                .containsExactly("exposed 6", "in one group 5", "with ids that are 1:1 3");
    }

    @Test
    void i01StrictKeepsPairsThatAreOneToOneAndLeavesOutTheUnitsOfAllOthers() {
        // c1 has u1 alone; c3 has no pair; c7 is paired with u7 on the fourth day only: both count as zero.
        assertThat(topLine("strict", "spent")).isEqualTo("""
                control    3 units  total 7.0000  mean 2.3333
                treatment  0 units  total 0.0000  mean unknown
                """);
    }

    @Test
    void i02ThatHoldsForMetricsThatNeedNoResolutionToo() {
        assertThat(topLine("strict", "clicks_made")).startsWith("""
                control    3 units  total 2.0000  mean 0.6667
                """);
    }

    @Test
    void i03FirstTouchGivesAnEventIdToTheUnitThatWasExposedFirst() {
        // Control: u1 of c1 7, u2a and u2b of c2 70, u4 of c4 7. Treatment: u3 of t1 300, u5 of t5 300, u6 of t6 1200.
        assertThat(topLine("first_touch", "spent")).isEqualTo("""
                control    5 units  total 84.0000  mean 16.8000
                treatment  5 units  total 1800.0000  mean 360.0000
                """);
    }

    @Test
    void i04LastTouchGivesItToTheUnitThatWasExposedLast() {
        // u3 of t2, without the order before t2 was exposed; u6 of t5, with those from midnight on; u4 stays with c4: a
        // tie.
        assertThat(topLine("last_touch", "spent")).isEqualTo("""
                control    5 units  total 84.0000  mean 16.8000
                treatment  5 units  total 1200.0000  mean 240.0000
                """);
    }

    @Test
    void i05WindowsEndExactlyForAResolvedIdToo() {
        assertThat(topLine("strict", "first_day")).startsWith("control    3 units  total 3.0000");
        assertThat(topLine("first_touch", "first_day")).isEqualTo("""
                control    5 units  total 40.0000  mean 8.0000
                treatment  5 units  total 1800.0000  mean 360.0000
                """);
    }

    @Test
    void i06SeveralEventIdsOfAUnitAreAddedUpInEveryState() {
        // c2 has bought a by both ids: items a and b. The latest value is that of the later id.
        assertThat(topLine("first_touch", "items")).isEqualTo("""
                control    5 units  total 5.0000  mean 1.0000
                treatment  5 units  total 5.0000  mean 1.0000
                """);
        assertThat(topLine("first_touch", "latest")).isEqualTo("""
                control    5 units  total 51.0000  mean 10.2000
                treatment  5 units  total 1200.0000  mean 240.0000
                """);
        assertThat(topLine("first_touch", "order_size")).isEqualTo("""
                control    3 units  total 84.0000  mean 12.0000
                treatment  3 units  total 1800.0000  mean 360.0000
                """);
        assertThat(topLine("last_touch", "items")).endsWith("treatment  5 units  total 3.0000  mean 0.6000\n");
    }

    @Test
    void i07ADayOfSeveralEventIdsIsOneDay() {
        assertThat(topLine("first_touch", "capped")).isEqualTo("""
                control    5 units  total 64.0000  mean 12.8000
                treatment  5 units  total 100.0000  mean 20.0000
                """);
        assertThat(topLine("first_touch", "active")).isEqualTo("""
                control    5 units  total 1.6667  mean 0.3333
                treatment  5 units  total 1.5000  mean 0.3000
                """);
        assertThat(topLine("last_touch", "capped")).endsWith("treatment  5 units  total 50.0000  mean 10.0000\n");
        assertThat(topLine("last_touch", "active")).endsWith("treatment  5 units  total 0.8333  mean 0.1667\n");
    }

    @Test
    void i08AMetricMayHaveOneSideOfEach() {
        assertThat(topLine("first_touch", "spent_per_click")).isEqualTo("""
                control    2 units  total 77.0000  mean 25.6667
                treatment  1 units  total 0.0000  mean 0.0000
                """);
        assertThat(topLine("last_touch", "spent_per_click")).isEqualTo("""
                control    2 units  total 77.0000  mean 25.6667
                treatment  1 units  total 200.0000  mean 200.0000
                """);
    }

    @Test
    void i09ResultsAreShownByColumnAndByPropertyOfTheExposedUnit() {
        assertThat(results("first_touch", "spent", "dimension IS NOT NULL")).isEqualTo("""
                DE control    5 units  total 55.0000  mean 11.0000
                DE treatment  5 units  total 1100.0000  mean 220.0000
                FR control    5 units  total 29.0000  mean 5.8000
                FR treatment  5 units  total 700.0000  mean 140.0000
                app control    3 units  total 7.0000  mean 2.3333
                app treatment  3 units  total 1500.0000  mean 500.0000
                web control    2 units  total 77.0000  mean 38.5000
                web treatment  2 units  total 300.0000  mean 150.0000
                """);
    }

    @Test
    void i10AnExperimentOfTheSameSourceThatResolvesNothingIsUntouched() {
        assertThat(topLine("users", "spent")).isEqualTo("""
                control    1 units  total 6.0000  mean 6.0000
                treatment  1 units  total 0.0000  mean 0.0000
                """);
    }

    @Test
    void i11TheShareOfUnitsThatLoseIsAHealthCheck() {
        assertThat(health("strict"))
                .isEqualTo(
                        "0.875 alert 7 of 8 units with a pair of ids have ids that are not 1:1 and "
                                + "are left out; 2 units have no pair and count as zero; 7 event ids, one of them with 2 units at most");
        assertThat(health("first_touch"))
                .isEqualTo(
                        "0.375 alert 3 of 8 units with a pair of ids lost an event id to "
                                + "another unit; 2 units have no pair and count as zero; 7 event ids, one of them with 2 units at most");
    }

    @Test
    void i12UnitsThatAreLeftOutAreNotCountedAsExposedAndCrossOverUnitsAreNoPartOfIt() {
        Scenario scenario = Objects.requireNonNull(given);
        assertThat(scenario.plumbline()
                        .table("experiment_exposures_daily")
                        .filter("experiment = 'strict'")
                        .orderBy("group_name")
                        .select("cumulative_units")
                        .collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactly(3L, 0L);
        assertThat(scenario.plumbline()
                        .table("experiment_health")
                        .filter("experiment = 'strict' AND check_name = 'crossover'")
                        .head()
                        .<String>getAs("detail"))
                .isEqualTo("1 of 11 units were seen in more than one group and are left out");
    }

    private static String health(String experiment) {
        Row row = Objects.requireNonNull(given)
                .plumbline()
                .table("experiment_health")
                .filter("check_name = 'id_resolution' AND experiment = '" + experiment + "'")
                .head();
        return row.<Double>getAs("value") + " " + row.getAs("status") + " " + row.getAs("detail");
    }

    private static String topLine(String experiment, String metric) {
        return results(experiment, metric, "dimension IS NULL");
    }

    private static String results(String experiment, String metric, String where) {
        return Objects.requireNonNull(given)
                .results("experiment = '" + experiment + "' AND metric = '" + metric + "' AND " + where);
    }
}
