package io.plumbline;

import static io.plumbline.DatasetAssert.assertApproximatelyEqual;
import static io.plumbline.DatasetAssert.assertEqual;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What two equal tables are, and what is said about two that differ. */
class DatasetAssertTest extends SparkTest {

    @Test
    void row_order_does_not_count() {
        assertEqual(table("('a', 1), ('b', 2)"), table("('b', 2), ('a', 1)"));
    }

    @Test
    void the_number_of_equal_rows_counts() {
        assertThatThrownBy(() -> assertEqual(table("('a', 1), ('a', 1)"), table("('a', 1)")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(
                        () -> assertEqual(table("('a', 1), ('a', 1), ('b', 2)"), table("('a', 1), ('b', 2), ('b', 2)")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void nulls_are_equal_to_nulls_only() {
        assertEqual(table("('a', null), ('b', 2)"), table("('b', 2), ('a', null)"));
        assertThatThrownBy(() -> assertEqual(table("('a', null), ('b', 2)"), table("('a', 0), ('b', 2)")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_difference_shows_both_tables() {
        assertThatThrownBy(() -> assertEqual(table("('a', 1), ('b', 2)"), table("('a', 1), ('b', 3)")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The rows differ.")
                .hasMessageContaining("b | 2")
                .hasMessageContaining("b | 3");
    }

    @Test
    void column_names_and_types_count() {
        assertThatThrownBy(() -> assertEqual(table("('a', 1)"), table("('a', 1.5D)")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("columns")
                .hasMessageContaining("value int")
                .hasMessageContaining("value double");
    }

    @Test
    void an_approximate_comparison_allows_its_tolerance_and_no_more() {
        Dataset<Row> expected = table("('a', 1.0D), ('b', 2.0D)");
        assertApproximatelyEqual(expected, table("('b', 2.0D + 1e-12D), ('a', 1.0D)"), 1e-9);
        assertThatThrownBy(() -> assertApproximatelyEqual(expected, table("('a', 1.0D), ('b', 2.1D)"), 1e-9))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("b | 2.1");
        assertThatThrownBy(() -> assertApproximatelyEqual(expected, table("('a', 1.0D)"), 1e-9))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertApproximatelyEqual(expected, table("('a', 1.0D), ('b', null)"), 1e-9))
                .isInstanceOf(AssertionError.class);
    }

    private static Dataset<Row> table(String rows) {
        return spark().sql("SELECT * FROM VALUES " + rows + " AS t(unit_id, value)");
    }
}
