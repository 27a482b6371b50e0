package io.plumbline.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed forms of {@code v_impact}, over results and catalogs that are written out. */
class ImpactViewTest extends SparkTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
    private static final LocalDate OPEN = LocalDate.parse("9999-12-31");
    private static final double Z = 1.959963984540054;
    private static final String FIXTURE = "src/test/resources/io/plumbline/statistics/top_lines.csv";

    /** Control and treatment of 1,000 units each, an impact of 100 [80, 120] a day over 10 days. */
    private static final String TEN_DAYS = results("100D", "0.8D", "1.2D", "NULL");

    /** Every line of the reference file, whose effects have an interval of 1.96 standard errors on either side. */
    @Test
    void agreesWithNumericalDifferentiation() {
        for (Row line : spark().read()
                .option("header", "true")
                .option("comment", "#")
                .option("inferSchema", "true")
                .csv(FIXTURE)
                .collectAsList()) {
            double share = line.getAs("share");
            double impact = line.getAs("impact");
            double relative = line.getAs("relative");
            double half = Z * line.<Double>getAs("standard_error");
            int days = line.getAs("days");
            Row row = row(results(line, impact - half, impact + half), catalog(days, line.getAs("total") + "D"));

            assertClose(row, "topline_ci_low", impact - half);
            assertClose(row, "topline_relative", relative);
            assertClose(row, "topline_relative_ci_low", line.getAs("relative_lower"));
            assertClose(row, "topline_relative_ci_high", line.getAs("relative_upper"));
            assertClose(row, "treated_share", share);
            assertClose(row, "projected_impact", line.getAs("projected"));
            assertClose(row, "projected_ci_high", (impact + half) / share);
            assertClose(row, "projected_relative", relative / share);
            double projectedHalf = Z * line.<Double>getAs("projected_relative_error");
            assertClose(row, "projected_relative_ci_high", relative / share + projectedHalf);
            assertThat(row.isNullAt(row.fieldIndex("reason"))).isTrue();
        }
    }

    /** What is stored for a line of the reference file, of an impact with this interval. */
    private static String results(Row line, double low, double high) {
        int units = line.getAs("units");
        int days = line.getAs("days");
        double perDay = days / (double) units;
        return """
                (SELECT DATE'2026-01-01' + INTERVAL '%d' DAY AS ds, 'e' AS experiment, 'm' AS metric, 'h' AS metric_hash,
                  'primary' AS role, 'cumulative' AS view, NULL AS dimension, NULL AS step, group_name, is_control,
                  units, CAST(units AS DOUBLE) AS denominator, %sD AS abs_ci_low, %sD AS abs_ci_high,
                  %sD AS topline_impact, NULL AS reason
                  FROM VALUES ('control', true, %d), ('treatment', false, %d) AS g (group_name, is_control, units))""".formatted(
                        days - 1,
                        low * perDay,
                        high * perDay,
                        line.<Double>getAs("impact"),
                        Math.round(units / line.<Double>getAs("share")) - units,
                        units);
    }

    @Test
    void aTotalIsTheAverageOfTheDaysOfTheExperiment() {
        String growing = "((SELECT 'm' AS metric, 'h' AS metric_hash, NULL AS dimension, ds, "
                + "CAST(1000 * datediff(ds, DATE'2025-12-31') AS DOUBLE) AS numerator FROM (SELECT explode(sequence("
                + "DATE'2025-12-25', DATE'2026-02-01')) AS ds)))";

        assertClose(row(TEN_DAYS, growing), "daily_total", 5500);
    }

    @Test
    void daysAfterTheEndOfTheExperimentDoNotCount() {
        List<Row> rows = rows(TEN_DAYS, catalog(4, "1100D"), LocalDate.parse("2026-01-04"));

        assertThat(rows.get(0).<Integer>getAs("days")).isEqualTo(4);
        assertClose(rows.get(0), "topline_relative", 0.1);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 10100D, days_missing",
        "10, NULL, days_missing",
        "10, 0D, zero_denominator",
        "10, 100D, zero_denominator"
    })
    void withoutATotalNothingIsRelative(int days, String total, String reason) {
        Row row = row(TEN_DAYS, catalog(days, total));

        assertUnknown(
                row, "topline_relative", "topline_relative_ci_low", "projected_relative", "projected_relative_ci_high");
        assertThat(row.<String>getAs("reason")).isEqualTo(reason);
        assertClose(row, "topline_impact", 100);
        assertClose(row, "projected_impact", 200);
    }

    @Test
    void aCatalogOfAnotherDefinitionIsNoTotal() {
        Row row = row(TEN_DAYS, catalog(10, "10100D").replace("'h' AS", "'other' AS"));

        assertThat(row.<String>getAs("reason")).isEqualTo("days_missing");
    }

    @Test
    void aLosingTotalKeepsTheSign() {
        Row row = row(TEN_DAYS, catalog(10, "-9900D"));

        assertClose(row, "topline_relative", 0.01);
        assertThat(row.<Double>getAs("topline_relative_ci_low")).isBetween(0.0, 0.01);
    }

    @Test
    void anOpenEndOfAnIntervalStaysOpen() {
        Row row = row(results("100D", "0.8D", "CAST(NULL AS DOUBLE)", "NULL"), catalog(10, "10100D"));

        assertUnknown(
                row, "topline_ci_high", "topline_relative_ci_high", "projected_ci_high", "projected_relative_ci_high");
        assertClose(row, "topline_relative_ci_low", 0.01 - 20 * 10_100 / 1e8);
    }

    @Test
    void anImpactThatIsUndefinedSaysWhy() {
        String none = "CAST(NULL AS DOUBLE)";
        Row row = row(results(none, none, none, "'no_units'"), catalog(10, "10100D"));

        assertUnknown(row, "topline_impact", "topline_relative", "projected_impact", "projected_relative");
        assertThat(row.<String>getAs("reason")).isEqualTo("no_units");
    }

    @Test
    void aProjectWithoutSumsHasAnEmptyView() {
        String query = ImpactView.query(TEN_DAYS, catalog(10, "10100D"), List.of());

        assertThat(spark().sql(query).collectAsList()).isEmpty();
    }

    private static String results(String impact, String low, String high, String reason) {
        return """
                (SELECT DATE'2026-01-10' AS ds, 'e' AS experiment, 'm' AS metric, 'h' AS metric_hash, 'primary' AS role,
                  'cumulative' AS view, NULL AS dimension, NULL AS step, group_name, is_control, 1000 AS units,
                  1000D AS denominator, %s AS abs_ci_low, %s AS abs_ci_high, %s AS topline_impact, %s AS reason
                  FROM VALUES ('control', true), ('treatment', false) AS g (group_name, is_control))""".formatted(low, high, impact, reason);
    }

    /** The same total on each of some days. */
    private static String catalog(int days, String total) {
        return """
                (SELECT 'm' AS metric, 'h' AS metric_hash, NULL AS dimension, CAST(%s AS DOUBLE) AS numerator,
                  explode(sequence(DATE'2026-01-01', DATE'2026-01-01' + INTERVAL '%d' DAY)) AS ds)""".formatted(total, days - 1);
    }

    private static Row row(String results, String catalog) {
        List<Row> rows = rows(results, catalog, OPEN);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static List<Row> rows(String results, String catalog, LocalDate lastDay) {
        return spark().sql(ImpactView.query(results, catalog, List.of(new ImpactView.Sum("e", "m", FIRST, lastDay))))
                .collectAsList();
    }

    private static void assertClose(Row row, String column, double expected) {
        assertThat(row.<Double>getAs(column))
                .as(column)
                .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }

    private static void assertUnknown(Row row, String... columns) {
        for (String column : columns) {
            assertThat(row.<Object>getAs(column)).as(column).isNull();
        }
    }
}
