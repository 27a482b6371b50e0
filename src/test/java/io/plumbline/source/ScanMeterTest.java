package io.plumbline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.SparkTest;
import io.plumbline.TaskReads;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the meter says is what Spark's tasks say that they have read: once for every time that the files are scanned,
 * whatever becomes of the rows. The files hold 1,000 rows, 100 of each of 10 days.
 */
class ScanMeterTest extends SparkTest {

    @TempDir
    static Path folder;

    private final SparkSession session = spark().newSession();
    private final ScanMeter meter =
            ScanMeter.on(session, place -> place.endsWith("/own")).orElseThrow();
    private TaskReads tasks;

    @BeforeAll
    static void write() {
        Dataset<Row> rows = spark().range(1000)
                .select(col("id"), col("id").mod(lit(10)).cast("int").as("day"))
                .coalesce(1);
        rows.write().partitionBy("day").orc(path("days"));
        rows.write().orc(path("own"));
        rows.limit(10).write().format("delta").save(path("table"));
    }

    @BeforeEach
    void count() {
        tasks = TaskReads.of("orc");
    }

    @AfterEach
    void stop() {
        tasks.close();
        meter.close();
    }

    @Test
    void rowsCountAsTheyComeOutOfTheScanWhateverTheFiltersLetPass() {
        days().filter("day IN (3, 4)").filter("id % 7 = 1").collectAsList();
        assertRead(200);
        assertThat(meter.count().orElseThrow().files()).isEqualTo(2);
        assertThat(meter.count().orElseThrow().fileBytes()).isPositive();
    }

    @Test
    void aSecondScanInTheSameQueryAndAnotherExecutionCountAgain() {
        Dataset<Row> twice = days().filter("day = 1").unionByName(days().filter("day = 2 AND id > 0"));
        twice.write().format("noop").mode("overwrite").save();
        assertRead(200);
        twice.write().format("noop").mode("overwrite").save();
        assertThat(meter.count().orElseThrow().rows()).isEqualTo(400);
    }

    @Test
    void aCachedDatasetCountsOnceAndInTheSessionThatFilledIt() {
        Dataset<Row> cached = days().filter("day = 5").persist();
        cached.count();
        cached.groupBy("id").count().collectAsList();
        assertThat(meter.count().orElseThrow().rows()).isEqualTo(100);
        SparkSession later = spark().newSession();
        try (ScanMeter other = ScanMeter.on(later, place -> false).orElseThrow()) {
            later.range(3).join(cached, "id").collectAsList();
            assertThat(other.count()).hasValue(ScanCount.NONE);
        } finally {
            cached.unpersist();
        }
    }

    @Test
    void rowsOfWhichNothingIsLeftAndThoseOfSubQueriesCount() {
        Dataset<Row> none = days().filter("day = 6").groupBy("id").count().filter("count > 1");
        none.join(session.range(10_000), "id").groupBy("count").count().collectAsList();
        assertRead(100);
        session.sql("SELECT 1 WHERE (SELECT max(id) FROM orc.`" + path("days") + "` WHERE day = 7) > 0")
                .collectAsList();
        assertThat(meter.count().orElseThrow().rows()).isEqualTo(200);
    }

    @Test
    void whatIsWrittenIsMeasuredAtItsSource() {
        days().filter("day = 8").write().format("delta").save(path("copy" + System.nanoTime()));
        assertRead(100);
    }

    @Test
    void aQueryThatFailsHasReadWhatItHasRead() {
        Dataset<Row> failing = days().filter("day = 9").repartition(1).selectExpr("raise_error('no') AS never");
        assertThatThrownBy(failing::collectAsList).hasMessageContaining("no");
        assertRead(100);
    }

    @Test
    void aQueryThatCannotBeResolvedHasReadNothingAndThoseAfterItCount() {
        assertThatThrownBy(() -> days().select("nothing").collectAsList()).hasMessageContaining("nothing");
        assertThat(meter.count()).hasValue(ScanCount.NONE);
        days().filter("day = 1").collectAsList();
        assertRead(100);
    }

    @Test
    void ownTablesTransactionLogsAndOtherSessionsDoNotCount() {
        session.read().orc(path("own")).collectAsList();
        session.sql("DESCRIBE HISTORY delta.`" + path("table") + "`").collectAsList();
        spark().read().orc(path("days")).collectAsList();
        assertThat(meter.count()).hasValue(ScanCount.NONE);
        session.read().format("delta").load(path("table")).collectAsList();
        assertThat(meter.count().orElseThrow().rows()).isEqualTo(10);
    }

    private void assertRead(long rows) {
        assertThat(meter.count().orElseThrow().rows()).isEqualTo(rows).isEqualTo(tasks.records());
    }

    private Dataset<Row> days() {
        return session.read().orc(path("days"));
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }
}
