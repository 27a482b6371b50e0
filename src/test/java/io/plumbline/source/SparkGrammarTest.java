package io.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.SqlCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's grammar accepts in definitions, and where it points when it does not. */
class SparkGrammarTest {

    private final SqlCheck grammar = new SparkGrammar();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price",
                "`a b`.c['d'][0] / 100.0",
                "CASE WHEN kind = 'x' THEN 1 ELSE 0 END",
                "kind LIKE ANY ('a%', 'b%') AND price IN (1, 2)",
                "aggregate(items, 0, (total, item) -> total + item.price)",
                "exists(items, item -> item.count > 0)",
                "named_struct('count', 1).count",
                "try_to_timestamp(at, 'M/d/yyyy H:mm:ss') >= TIMESTAMP'2026-01-01 00:00:00'",
                "unix_timestamp(at)",
                "price -- in cents\n / 100",
                "DATE'2026-01-01' + INTERVAL '1' DAY",
                "count",
            })
    void expressionsOverOneRow(String text) {
        assertThat(grammar.rowExpression(text).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            1 + count(*)                    ; count(*)
            `SUM`(price)                    ; `SUM`(price)
            max(a) - min(a)                 ; max(a)
            any_value(a)                    ; any_value(a)
            row_number()                    ; row_number()
            row_number() OVER w             ; row_number() OVER w
            explode(items)                  ; explode(items)
            a = (SELECT 1)                  ; SELECT 1
            EXISTS (SELECT 1 FROM t)        ; SELECT 1 FROM t
            now() - at                      ; now()
            at < CURRENT_TIMESTAMP          ; CURRENT_TIMESTAMP
            unix_timestamp() - 5            ; unix_timestamp()
            concat(id, uuid())              ; uuid()
            TIMESTAMP ' now '               ; TIMESTAMP ' now '
            struct(*)                       ; *
            a + ?                           ; ?
            a + :b                          ; :b
            a b                             ; a b
            a /* open                       ; /* open
            """)
    void thePartThatCannotBeIsPointedAt(String text, String part) {
        SqlCheck.Finding finding = grammar.rowExpression(text).findings().get(0);
        assertThat(text.substring(finding.start(), finding.end())).isEqualTo(part);
    }

    @Test
    void allPartsThatCannotBeAreNamed() {
        assertThat(grammar.rowExpression("sum(a) + rand() + (SELECT 1)").findings())
                .hasSize(3);
    }

    @Test
    void columnsThatAnExpressionReads() {
        assertThat(grammar.rowExpression("a.b + `c d` * f(E) + transform(xs, (x, i) -> x + i + g)")
                        .columns())
                .containsExactlyInAnyOrder("a", "c d", "E", "xs", "g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a, sum(b) FROM t JOIN u USING (c) WHERE ds >= DATE'2026-01-01' GROUP BY a",
                "WITH x AS (SELECT 1 AS a) SELECT * FROM x UNION ALL SELECT 2",
                "-- the events\nSELECT * FROM t",
                "(SELECT 1) UNION (SELECT 2)",
            })
    void queries(String text) {
        assertThat(grammar.query(text).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;",
                "SELECT 1; SELECT 2",
                "INSERT INTO t SELECT 1",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
                "FROM t INSERT INTO u SELECT *",
                "/* a */ DROP TABLE t",
                "DESCRIBE t",
                "SELECT (a FROM t",
                "",
            })
    void whatIsNotOneQuery(String text) {
        assertThat(grammar.query(text).findings()).hasSize(1);
    }

    @Test
    void columnDefinitions() {
        assertThat(grammar.tableSchema("id BIGINT NOT NULL, tags MAP<STRING, ARRAY<INT>>")
                        .findings())
                .isEmpty();
        assertThat(grammar.tableSchema("id, name").findings()).hasSize(1);
    }

    @Test
    void everyAggregateThatThisSparkHasIsKnown() {
        List<String> unknown = new ArrayList<>();
        for (Object entry :
                CollectionConverters.asJava(FunctionRegistry.expressions()).entrySet()) {
            Map.Entry<?, ?> function = (Map.Entry<?, ?>) entry;
            ExpressionInfo info = (ExpressionInfo) ((Tuple2<?, ?>) function.getValue())._1();
            String name = String.valueOf(function.getKey());
            boolean collects =
                    List.of("agg_funcs", "window_funcs", "generator_funcs").contains(info.getGroup());
            if (collects && SqlFunctions.complaint(name, 1).isEmpty()) {
                unknown.add(name);
            }
        }
        assertThat(unknown).isEmpty();
    }
}
