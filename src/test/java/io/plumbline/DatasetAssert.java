package io.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Compares two datasets as tables: the same column names and types in the same order, and the same rows in any order. A
 * column's nullability is not compared, because a literal table says nothing about it.
 */
public final class DatasetAssert {

    private static final int SHOWN_ROWS = 20;
    private static final OnSharedSession SUITE = new OnSharedSession();

    private DatasetAssert() {}

    /** Fails unless both hold the same rows, each as often. */
    public static void assertEqual(Dataset<Row> expected, Dataset<Row> actual) {
        compare(expected, actual, SUITE::assertDataFrameNoOrderEquals);
    }

    /**
     * Fails unless both hold the same rows, where a floating-point number may be off by {@code tolerance}. Rows are
     * paired after sorting by the other columns first, so those should tell the rows apart.
     */
    public static void assertApproximatelyEqual(Dataset<Row> expected, Dataset<Row> actual, double tolerance) {
        compare(
                expected,
                actual,
                (left, right) -> SUITE.assertDataFrameApproximateEquals(sorted(left), sorted(right), tolerance));
    }

    private static void compare(Dataset<Row> expected, Dataset<Row> actual, Comparison comparison) {
        assertThat(columns(actual)).as("columns").isEqualTo(columns(expected));
        try {
            comparison.check(nullable(expected), nullable(actual));
        } catch (AssertionError difference) {
            String message = "The rows differ.%nExpected:%n%s%nActual:%n%s".formatted(shown(expected), shown(actual));
            throw new AssertionError(message, difference);
        }
    }

    private static List<String> columns(Dataset<Row> dataset) {
        return Arrays.stream(dataset.schema().fields())
                .map(field -> field.name() + " " + field.dataType().catalogString())
                .toList();
    }

    private static Dataset<Row> nullable(Dataset<Row> dataset) {
        return dataset.sparkSession()
                .createDataFrame(dataset.collectAsList(), dataset.schema().asNullable());
    }

    private static Dataset<Row> sorted(Dataset<Row> dataset) {
        Column[] order = Stream.concat(
                        fields(dataset).filter(field -> !isApproximate(field)),
                        fields(dataset).filter(DatasetAssert::isApproximate))
                .map(field -> dataset.col("`" + field.name() + "`"))
                .toArray(Column[]::new);
        return dataset.coalesce(1).sort(order);
    }

    private static Stream<StructField> fields(Dataset<Row> dataset) {
        return Arrays.stream(dataset.schema().fields());
    }

    private static boolean isApproximate(StructField field) {
        return field.dataType().equals(DataTypes.DoubleType) || field.dataType().equals(DataTypes.FloatType);
    }

    private static String shown(Dataset<Row> dataset) {
        return dataset.collectAsList().stream()
                .map(row -> row.mkString("  ", " | ", ""))
                .sorted()
                .limit(SHOWN_ROWS)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** One comparison of the library. */
    private interface Comparison {
        void check(Dataset<Row> expected, Dataset<Row> actual);
    }

    /** The library's assertions over the tests' own session instead of one that the library starts. */
    private static final class OnSharedSession extends JavaDatasetSuiteBase {

        private static final long serialVersionUID = 1L;

        @Override
        public SparkSession spark() {
            return SparkTest.spark();
        }
    }
}
