package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.InterpretingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of a metric at each level, as it is printed and run: rows add up to units, and units to groups. */
class ExplainLevelsTest extends InterpretingTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void runTheThirdDay() throws IOException {
        Path given = Path.of("src/test/resources/io/plumbline/pipeline/scenarios");
        for (String file : List.of("exposures.csv", "events.csv", "plumbline.yml")) {
            Files.copy(given.resolve(file), folder.resolve(file));
        }
        assertThat(terminal().with(spark()).run("run", "--date", "2026-01-03").code())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purchases",
                "revenue",
                "order_value",
                "active_days",
                "matured",
                "trimmed",
                "revenue_per_purchase"
            })
    void unitsAddUpToGroups(String metric) {
        List<Row> units = rows(metric, "unit");
        for (Row group : rows(metric, "group")) {
            List<Row> own = units.stream()
                    .filter(unit -> unit.getAs("group_name").equals(group.getAs("group_name")))
                    .toList();
            boolean ratio = List.of(group.schema().fieldNames()).contains("denominator");
            double total = sum(own, ratio ? "numerator" : "value");
            double denominator = ratio ? sum(own, "denominator") : own.size();
            assertThat(group.<Long>getAs("units")).isEqualTo(own.size());
            assertThat(group.<Double>getAs("total")).isCloseTo(total, within(1e-12));
            assertThat(group.<Double>getAs("mean")).isCloseTo(total / denominator, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"purchases", "revenue", "order_value", "matured", "revenue_per_purchase"})
    void rowsAddUpToUnits(String metric) {
        Map<String, Double> sums = new HashMap<>();
        rows(metric, "row").forEach(row -> sums.merge(key(row), row.<Double>getAs("value"), Double::sum));
        assertThat(sums).isNotEmpty();
        for (Row unit : rows(metric, "unit")) {
            for (String side : List.of("value", "numerator", "denominator")) {
                if (List.of(unit.schema().fieldNames()).contains(side)) {
                    String key = unit.getAs("group_name") + " " + unit.getAs("unit_id") + " " + side;
                    assertThat(unit.<Double>getAs(side))
                            .as(key)
                            .isCloseTo(Optional.ofNullable(sums.get(key)).orElse(0.0), within(1e-12));
                }
            }
        }
    }

    @Test
    void rowsHaveTheirUnitTimeAndGroup() {
        assertThat(rows("matured", "row"))
                .extracting(Row::mkString)
                .allMatch(row -> row.matches("(control|treatment)u\\d2026-01-0\\d \\d\\d:\\d\\d:.*1\\.0"))
                .hasSize(5);
    }

    @Test
    void aLevelThatThereIsNotIsWrongUse() {
        Terminal.Ended ended = terminal().run("explain", "metric", "revenue", "--level", "day");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("day").contains("--help").hasLineCount(1);
    }

    private static String key(Row row) {
        boolean sides = List.of(row.schema().fieldNames()).contains("side");
        return row.getAs("group_name") + " " + row.getAs("unit_id") + " " + (sides ? row.getAs("side") : "value");
    }

    private static double sum(List<Row> rows, String column) {
        return rows.stream().mapToDouble(row -> row.<Double>getAs(column)).sum();
    }

    /** Runs what the command prints, statement by statement. */
    private static List<Row> rows(String metric, String level) {
        Terminal.Ended ended =
                terminal().run("explain", "metric", metric, "--level", level, "--sql", "--date", "2026-01-03");
        assertThat(ended.code()).as(ended.err()).isZero();
        SparkSession session = spark().newSession();
        Dataset<Row> last = session.emptyDataFrame();
        for (String statement : ended.out().strip().split(";\n\n|;$", -1)) {
            last = statement.isBlank() ? last : session.sql(statement);
        }
        return last.collectAsList();
    }

    private static Terminal terminal() {
        return new Terminal(folder);
    }
}
