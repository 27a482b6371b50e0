package io.plumbline.unittotal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.experiment.View;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How units and their days come together, and that a row holds what the unit has data of. */
class UnitValuesTest extends SparkTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-01-09");

    private static final String DEFINITIONS = """
            version: 1
            project: shop
            unit_types: [user]
            metric_sources:
              - {name: events, table: shop.events, timestamp: at, units: {user: user}}
            metrics:
              - {name: rows_seen, type: count, source: events}
              - {name: at_most_two, type: count, source: events, cap: 2}
              - {name: refunds, type: count, source: events, filters: [{column: refund, op: eq, values: [1]}]}
              - {name: second_week, type: count, source: events, cohort_window: {from: 7d, to: 14d, only_matured: true}}
            assignment_sources:
              - {name: exposures, table: shop.exposures, timestamp: at, experiment: test, group: arm, units: {user: user}}
            experiments:
              - {name: test, assignment_source: exposures, unit: user, start: 2026-01-01, groups: [{name: a, control: true}, {name: b}],
                 metrics: {primary: [rows_seen, at_most_two, refunds, second_week]}}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = View.class,
            names = {"CUMULATIVE", "DAYS_SINCE_EXPOSURE"})
    void unitsAndUnitDaysAreShuffledOnceEachAndNeitherPassesThroughTheDriver(View view) throws IOException {
        String plan = values(experiments(), view)
                .rows()
                .queryExecution()
                .executedPlan()
                .toString();
        assertThat(count(plan, "Exchange hashpartitioning")).isEqualTo(2);
        assertThat(count(plan, "Exchange")).isEqualTo(2);
        assertThat(count(plan, "Broadcast")).isZero();
    }

    @Test
    void aRowHasTheValuesOfMeasuresWithDataAndSaysForWhichTheUnitDoesNotCountYet() throws IOException {
        List<PlannedExperiment> experiments = experiments();
        UnitValues values = values(experiments, View.CUMULATIVE);
        ValueReader unit =
                new ValueReader(values.rows().schema(), values.index().size());
        List<Row> rows = values.rows().collectAsList();
        assertThat(rows).hasSize(20);
        for (Row row : rows) {
            unit.read(row);
            assertThat(unit.numerator(number(values, experiments, "rows_seen"))).isEqualTo(90);
            assertThat(unit.numerator(number(values, experiments, "at_most_two")))
                    .isEqualTo(18);
            assertThat(unit.has(number(values, experiments, "refunds"))).isFalse();
            assertThat(unit.counts(eligibility(values, experiments, "refunds"))).isTrue();
            assertThat(unit.counts(eligibility(values, experiments, "second_week")))
                    .isFalse();
        }
    }

    private static int count(String plan, String operator) {
        return plan.split(operator, -1).length - 1;
    }

    private static int number(UnitValues values, List<PlannedExperiment> experiments, String metric) {
        return experiments.get(0).metrics().stream()
                .filter(each -> each.name().equals(metric))
                .mapToInt(each -> values.index().of(each, each.measure()))
                .findFirst()
                .orElseThrow();
    }

    private static int eligibility(UnitValues values, List<PlannedExperiment> experiments, String metric) {
        return experiments.get(0).metrics().stream()
                .filter(each -> each.name().equals(metric))
                .mapToInt(each -> values.index().eligibility(each, each.measure()))
                .findFirst()
                .orElseThrow();
    }

    private List<PlannedExperiment> experiments() throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), DEFINITIONS);
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        return RunPlan.daily(project, AS_OF).experiments();
    }

    /** Twenty units with ten rows on each of nine days, none of them a refund. */
    private static UnitValues values(List<PlannedExperiment> experiments, View view) {
        Dataset<Row> units = spark().range(20)
                .selectExpr(
                        "'test' AS experiment",
                        "concat('u', id) AS unit_id",
                        "'a' AS group_name",
                        "TIMESTAMP'2026-01-01 00:00:00' AS first_exposure_at",
                        "DATE'2026-01-01' AS first_exposure_date",
                        "DATE'2026-01-09' AS last_day",
                        "DATE'2026-01-09' AS last_window_day");
        long part = Long.parseLong(
                        experiments
                                .get(0)
                                .metrics()
                                .get(0)
                                .components()
                                .get(0)
                                .id()
                                .substring(1),
                        16)
                << 4;
        Dataset<Row> days = spark().range(180)
                .selectExpr(
                        "concat('u', id % 20) AS unit_id",
                        "date_add(DATE'2026-01-01', CAST(id % 9 AS INT)) AS ds",
                        "CAST(NULL AS TIMESTAMP) AS part_start",
                        "CAST(NULL AS STRING) AS dimension",
                        "CAST(NULL AS STRING) AS dimension_value",
                        "array(named_struct('part', " + part + "L, 'value', 10D)) AS numbers");
        ViewDays shown = new ViewDays(view, LocalDate.parse("2026-01-01"), AS_OF);
        return UnitValues.of(days, units, experiments, 2, shown, new BreakdownValues(List.of(), Map.of()));
    }
}
