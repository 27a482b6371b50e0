package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.plan.MetricSql;
import io.plumbline.plan.MetricText;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics of distinct, extreme, first and latest values and of latest rows, explained in words and in SQL that runs. */
class ValueSqlTest extends ValueScenarios {

    @ParameterizedTest
    @MethodSource("metrics")
    void theSqlOfAMetricGivesTheNumbersOfTheRun(String name) {
        Experiment experiment = project().experiments().values().iterator().next();
        SparkSession session = spark().newSession();
        Dataset<Row> computed = session.emptyDataFrame();
        for (String statement : MetricSql.statements(project(), metric(name), experiment, THIRD_DAY)) {
            computed = session.sql(statement);
        }
        for (Row row : computed.collectAsList()) {
            Row expected = plumbline()
                    .table("v_scorecard")
                    .filter("metric = '" + name + "' AND group_name = '" + row.getAs("group_name") + "'")
                    .head();
            assertThat(row.<Long>getAs("units")).isEqualTo(expected.<Long>getAs("units"));
            assertThat(row.<Double>getAs("total")).isCloseTo(expected.<Double>getAs("total"), within(1e-9));
            assertThat(row.<Double>getAs("mean")).isCloseTo(expected.<Double>getAs("mean"), within(1e-9));
        }
    }

    static Stream<String> metrics() {
        return project().metrics().keySet().stream();
    }

    @Test
    void anApproximateNumberSaysItsError() {
        assertThat(MetricText.of(project(), metric("rooms_about")))
                .contains("unit value   approximate number of distinct values of room of rooms at or after exposure\n")
                .contains(" 1. counted by a HyperLogLog sketch: relative standard error 1.6 %\n");
    }

    @Test
    void theFiltersOfALatestRowAreNoFiltersOfRows() {
        assertThat(MetricText.of(project(), metric("subscribers")))
                .contains("unit value   latest row of subscriptions at or after exposure\n")
                .contains(" where all rows\n")
                .contains(" 1. 1 if it passes plan = 'pro', of several at one instant any of them, else 0\n");
    }

    @Test
    void unitsThatLeaveAreNamed() {
        assertThat(MetricText.of(project(), metric("worst")))
                .contains("group mean   sum of unit values / number of exposed units with a value\n");
        assertThat(MetricText.of(project(), metric("best_matured")))
                .contains("group mean   sum of unit values / number of matured units; units without rows count as 0\n");
    }

    private static Metric metric(String name) {
        return Objects.requireNonNull(project().metrics().get(name));
    }
}
