package io.plumbline.unittotal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.experiment.View;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Selection;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.UnitTotal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How Spark brings units and their days together: see the plan, which is the same for totals of every kind. */
class UnitTotalsTest extends SparkTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-01-09");

    @ParameterizedTest
    @EnumSource(
            value = View.class,
            names = {"CUMULATIVE", "DAYS_SINCE_EXPOSURE"})
    void unitsAndUnitDaysAreShuffledOnceEachAndNeitherPassesThroughTheDriver(View view) {
        for (OptionalDouble cap : List.of(OptionalDouble.empty(), OptionalDouble.of(2))) {
            String plan = plan(view, cap);
            assertThat(count(plan, "Exchange hashpartitioning")).isEqualTo(2);
            assertThat(count(plan, "Exchange")).isEqualTo(2);
            assertThat(count(plan, "Broadcast")).isZero();
        }
    }

    private static int count(String plan, String operator) {
        return plan.split(operator, -1).length - 1;
    }

    private static String plan(View view, OptionalDouble cap) {
        Dataset<Row> units = spark().range(20)
                .selectExpr(
                        "'test' AS experiment",
                        "concat('u', id) AS unit_id",
                        "'control' AS group_name",
                        "TIMESTAMP'2026-01-01 10:00:00' AS first_exposure_at",
                        "DATE'2026-01-01' AS first_exposure_date",
                        "DATE'2026-01-09' AS last_day",
                        "DATE'2026-01-09' AS last_window_day");
        Dataset<Row> days = spark().range(200)
                .selectExpr(
                        "concat('u', id % 20) AS unit_id",
                        "date_add(DATE'2026-01-01', CAST(id % 9 AS INT)) AS ds",
                        "CAST(NULL AS TIMESTAMP) AS part_start",
                        "CAST(NULL AS STRING) AS dimension",
                        "CAST(NULL AS STRING) AS dimension_value",
                        "array(named_struct('part', 16L, 'value', CAST(id AS DOUBLE))) AS numbers");
        PlannedComponent rows = new PlannedComponent(
                "c1", Component.rows(new Selection("events", List.of())), EventTime.Precision.INSTANT, List.of());
        List<UnitTotal> totals = List.of(new UnitTotal(rows, CohortWindow.ALL, Rollup.Kept.STATES, cap));
        ViewDays shown = new ViewDays(view, LocalDate.parse("2026-01-01"), AS_OF);
        return UnitTotals.of(days, units, totals, 2, shown, new BreakdownValues(List.of(), Map.of()))
                .queryExecution()
                .executedPlan()
                .toString();
    }
}
