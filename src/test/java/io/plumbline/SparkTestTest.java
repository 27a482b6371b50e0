package io.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests' session behaves as a run's session does. */
class SparkTestTest extends SparkTest {

    @Test
    void timestamps_are_read_in_utc() {
        Row row = spark().sql("SELECT CAST(unix_timestamp(TIMESTAMP '1970-01-02 00:00:00') AS BIGINT)")
                .first();
        assertThat(row.getLong(0)).isEqualTo(86_400L);
    }

    @Test
    void arithmetic_follows_ansi() {
        assertThatThrownBy(
                        () -> spark().sql("SELECT 1 / (id - id) FROM range(1)").collectAsList())
                .hasMessageContaining("DIVIDE_BY_ZERO");
    }

    @Test
    void delta_replaces_exactly_one_partition(@TempDir Path folder) {
        String path = folder.resolve("t").toString();
        spark().sql("SELECT DATE'2026-01-01' AS ds, 1 AS value UNION ALL SELECT DATE'2026-01-02', 2")
                .write()
                .format("delta")
                .partitionBy("ds")
                .save(path);
        spark().sql("SELECT DATE'2026-01-02' AS ds, 3 AS value")
                .write()
                .format("delta")
                .mode("overwrite")
                .option("replaceWhere", "ds = '2026-01-02'")
                .save(path);
        DatasetAssert.assertEqual(
                spark().sql("SELECT * FROM VALUES (DATE'2026-01-01', 1), (DATE'2026-01-02', 3) AS t(ds, value)"),
                spark().read().format("delta").load(path));
    }
}
