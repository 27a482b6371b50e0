package io.plumbline.benchmark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** The Spark that Plumbline runs on, in a session of its own. */
final class SparkEngine implements Engine {

    private final SparkSession spark;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    SparkEngine(SparkSession spark, ShopData data) {
        this.spark = spark.newSession();
        this.spark.read().parquet(data.events().toString()).createOrReplaceTempView("events");
        this.spark.read().parquet(data.exposures().toString()).createOrReplaceTempView("exposures");
    }

    @Override
    public String name() {
        return "Spark";
    }

    @Override
    public void prepare(LocalDate day) {
        close();
        Dataset<Row> first = spark.sql(Engine.firstExposures(day)).persist(StorageLevel.MEMORY_AND_DISK());
        first.count();
        first.createOrReplaceTempView("first_exposures");
        kept.add(first);
    }

    @Override
    public List<List<Object>> rows(String query) {
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : spark.sql(query).collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                values.add(row.get(i));
            }
            rows.add(values);
        }
        return rows;
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
        kept.clear();
    }
}
