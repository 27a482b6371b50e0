package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.inspect.Walk;
import io.plumbline.inspect.WalkLine;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where numbers come from, by example: the walks of the metrics of {@link ScenariosTest} from their 15 source rows. */
class WalkScenariosTest extends SparkTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-03");

    @TempDir
    static Path folder;

    private static Project project;
    private static Plumbline plumbline;

    @BeforeAll
    static void runTheThirdDay() {
        Scenario scenario = Scenario.of(spark(), folder, "scenarios").run(DAY.toString());
        project = scenario.project();
        plumbline = scenario.plumbline();
    }

    @Test
    void k01RowsAreLeftOutByFilterUnitExposureAndTimeAndUnitsByCrossOver() {
        assertThat(walk("purchases")).isEqualTo("""
            rows in the days of the experiment         15
            rows that pass the filters                 13
            rows with a unit                           12
            rows of an exposed unit                    c 5  t 6
            rows at or after exposure                  c 4  t 4
            rows of an analysed unit                   c 3  t 4
            units exposed                              c 3 (3.0)  t 3 (4.0)
            units in one group                         c 2 (3.0)  t 3 (4.0)
            units analysed                             c 2 (3.0)  t 3 (4.0)
            units analysed, with a row                 c 1 (3.0)  t 2 (4.0)
            units analysed, not zero                   c 1 (3.0)  t 2 (4.0)
            result units                               c 2  t 3
            result total                               c (3.0)  t (4.0)
            result mean                                c (1.5)  t (1.3333333333333333)
            """);
    }

    @Test
    void k02ValuesOfRowsAreAddedUpAndRowsWithoutOneAreCounted() {
        assertThat(rows(walk("revenue"))).isEqualTo("""
            rows in the days of the experiment         15
            rows that pass the filters                 13 (1281.0)
            rows with a unit                           12 (1211.0)
            rows of an exposed unit                    c 5 (1130.0)  t 6 (72.0)
            rows at or after exposure                  c 4 (1030.0)  t 4 (14.0)
            rows of an analysed unit                   c 3 (30.0)  t 4 (14.0)
            rows with a value                          c 2 (30.0)  t 4 (14.0)
            """);
    }

    @Test
    void k03BothSidesOfAMeanAreWalkedAndUnitsWithoutDenominatorLeave() {
        assertThat(walk("order_value"))
                .contains("numerator rows with a value                c 2 (30.0)  t 4 (14.0)\n")
                .contains("denominator rows with a value              c 2 (30.0)  t 4 (14.0)\n")
                .contains("units in one group                         c 2 (30.0)  t 3 (14.0)\n")
                .contains("units analysed                             c 1 (30.0)  t 2 (14.0)\n")
                .contains("result denominator                         c (2.0)  t (4.0)\n");
    }

    @Test
    void k04AWindowTakesRowsAndItsMaturityUnits() {
        assertThat(walk("matured"))
                .contains("rows at or after exposure                  c 4  t 4\n")
                .contains("rows in the window                         c 3  t 4\n")
                .contains("rows of an analysed unit                   c 2  t 3\n")
                .contains("units in one group                         c 2 (2.0)  t 3 (3.0)\n")
                .contains("units matured                              c 2 (2.0)  t 2 (3.0)\n");
    }

    @Test
    void k05WinsorizedUnitsAreCountedAndTheirLimitedValuesAreTheTotal() {
        assertThat(walk("trimmed"))
                .contains("units analysed                             c 2 (30.0)  t 3 (14.0)\n")
                .contains("units analysed, winsorized                 c 1 (30.0)  t 0\n")
                .contains("result total                               c (7.0)  t (14.0)\n");
    }

    @Test
    void k06ANumberThatIsNotDefinedIsWalkedToNothing() {
        Walk walk = plumbline.reconcile("scenarios", "nothing", DAY);
        assertThat(text(walk)).contains("units analysed                             c 0  t 0\n");
        assertThat(walk.lines()).filteredOn(line -> line.step().equals("mean")).allMatch(line -> line.value() == null);
        assertThat(walk.differences()).isEmpty();
    }

    @Test
    void k10EveryWalkEndsInTheStoredResults() {
        for (String metric : project.metrics().keySet()) {
            Walk walk = plumbline.reconcile("scenarios", metric, DAY);
            assertThat(walk.differences()).as(metric).isEmpty();
            assertThat(walk.gap()).as(metric).isEmpty();
        }
    }

    private static String walk(String metric) {
        return text(plumbline.reconcile("scenarios", metric, DAY));
    }

    private static String rows(String text) {
        return text.lines()
                .filter(line -> line.startsWith("rows "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** A line per step with the numbers of control and treatment, as {@code n (value)}. */
    private static String text(Walk walk) {
        Map<String, String> steps = new LinkedHashMap<>();
        for (WalkLine line : walk.lines()) {
            if (!Set.of(Walk.STORED, Walk.DIFFERENCE).contains(line.part())) {
                String group = line.group() == null ? "" : line.group().substring(0, 1);
                String n = line.n() == null ? "" : " " + line.n();
                String value = line.value() == null ? "" : " (" + line.value() + ")";
                steps.merge(line.part() + " " + line.step(), (group + n + value).strip(), (a, b) -> a + "  " + b);
            }
        }
        return steps.entrySet().stream()
                .map(step -> String.format(Locale.ROOT, "%-42s %s%n", step.getKey(), step.getValue()))
                .collect(Collectors.joining());
    }
}
