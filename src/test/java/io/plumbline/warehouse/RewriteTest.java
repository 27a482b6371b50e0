package io.plumbline.warehouse;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are replaced by what is made of them, while others write to the same table. */
class RewriteTest extends SparkTest {

    private static final Table TABLE = new Table("sums", "ds DATE, amount BIGINT", List.of("ds"));
    private static final Commit COMMIT = new Commit("test", LocalDate.EPOCH, "", "");

    @TempDir
    private Path folder;

    @Test
    void what_others_add_after_the_rows_were_looked_up_is_not_lost() {
        Warehouse warehouse = new Warehouse(spark(), new Project.Warehouse.Folder(folder.toString()));
        warehouse.create(TABLE);
        add(warehouse, 1);
        add(warehouse, 2);
        AtomicInteger tries = new AtomicInteger();

        warehouse.rewrite(
                TABLE.name(),
                "ds = DATE'2026-01-01'",
                rows -> {
                    if (tries.incrementAndGet() == 1) {
                        add(warehouse, 4);
                    }
                    return summed(rows);
                },
                COMMIT);

        assertThat(warehouse.read(TABLE.name()).collectAsList())
                .singleElement()
                .satisfies(row -> assertThat(row.getLong(1)).isEqualTo(7));
    }

    @Test
    void whoever_is_slower_three_times_gives_up() {
        Warehouse warehouse = new Warehouse(spark(), new Project.Warehouse.Folder(folder.toString()));
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> warehouse.retried("sums", () -> {
                    tries.incrementAndGet();
                    throw new io.delta.exceptions.ConcurrentAppendException("another was faster");
                }))
                .isInstanceOf(ConflictException.class);
        assertThat(tries).hasValue(3);
    }

    private static Dataset<Row> summed(Dataset<Row> rows) {
        return rows.groupBy("ds").agg(sum("amount").as("amount"));
    }

    private static void add(Warehouse warehouse, long amount) {
        warehouse.append(TABLE.name(), spark().sql("SELECT DATE'2026-01-01' AS ds, " + amount + "L AS amount"), COMMIT);
    }
}
