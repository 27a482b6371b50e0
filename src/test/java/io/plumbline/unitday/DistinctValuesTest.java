package io.plumbline.unitday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.SparkTest;
import io.plumbline.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two values have one text if and only if they are equal, whatever their type. */
class DistinctValuesTest extends SparkTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0.0D                                       | -0.0D
                    array(1, 2)                                | array(1, 2)
                    struct(1 AS a, 'x' AS b)                   | struct(1 AS a, 'x' AS b)
                    array(1.50BD)                              | array(1.5BD + 0.00BD)
                    array(timestamp'2026-01-01 00:00:00Z')     | array(timestamp'2026-01-01 01:00:00+01:00')
                    """)
    void equalValuesShareAText(String one, String other) {
        assertThat(text(one)).isNotNull().isEqualTo(text(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    array('a, b')                                     | array('a', 'b')
                    array('null')                                     | array(CAST(NULL AS STRING))
                    array('')                                         | CAST(array() AS ARRAY<STRING>)
                    struct('a, b' AS x, 'c' AS y)                     | struct('a' AS x, 'b, c' AS y)
                    struct('a' AS x, CAST(NULL AS STRING) AS y)       | struct(CAST(NULL AS STRING) AS x, 'a' AS y)
                    array(timestamp'2026-01-01 00:00:00.000001Z')     | array(timestamp'2026-01-01 00:00:00.000002Z')
                    array(X'00FF')                                    | array(X'00FE')
                    """)
    void differentValuesDoNot(String one, String other) {
        assertThat(text(one)).isNotNull().isNotEqualTo(text(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "array(0.0D)",
                "array(CAST(1 AS FLOAT))",
                "struct('a' AS x, struct(1.5D AS z) AS y)",
                "array(array(double('NaN')))",
                "map('a', 1)",
                "array(map('a', 1))"
            })
    void valuesThatHoldWhatHasNoSingleTextAreRefused(String value) {
        assertThatThrownBy(() -> text(value))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'" + value + "'")
                .hasMessageMatching(".*(DOUBLE|FLOAT|MAP<.*>): .*(cast it|sorted).*");
    }

    @Test
    void noValueHasNoText() {
        assertThat(text("CAST(NULL AS ARRAY<INT>)")).isNull();
        assertThat(text("double('NaN')")).isNull();
    }

    private static String text(String value) {
        var rows = spark().range(1).toDF();
        return rows.select(DistinctValues.text(value, rows)).head().getString(0);
    }
}
