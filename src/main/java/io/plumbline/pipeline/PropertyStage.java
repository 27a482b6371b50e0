package io.plumbline.pipeline;

import static io.plumbline.exposure.ExposureSchema.EXPERIMENT;
import static org.apache.spark.sql.functions.col;

import io.plumbline.exposure.Exposures;
import io.plumbline.exposure.UnitProperties;
import io.plumbline.plan.PropertyScan;
import io.plumbline.warehouse.Tables;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads property sources, each once in a run, and keeps what they say of exposed units until the run's scorecards are
 * computed. Nothing is stored, so that every run sees the sources as they are.
 */
final class PropertyStage implements AutoCloseable {

    private final RunContext run;
    private final Map<PropertyScan, Dataset<Row>> found = new ConcurrentHashMap<>();

    PropertyStage(RunContext run) {
        this.run = run;
    }

    /** Reads a source in the session of {@code apart}; returns of how many units something is known. */
    long load(PropertyScan scan, RunContext apart) {
        Dataset<Row> exposures = Exposures.asOf(
                apart.warehouse()
                        .read(Tables.EXPOSURES.name())
                        .filter(col(EXPERIMENT).isin(scan.experiments().toArray())),
                run.plan().asOf(),
                run.plan().project().zone());
        Dataset<Row> rows = apart.sources().read(scan.source(), run.plan().asOf());
        Dataset<Row> properties = UnitProperties.of(scan, rows, exposures).persist(StorageLevel.MEMORY_AND_DISK());
        found.put(scan, properties);
        return properties.count();
    }

    /** Exposures with everything that was found of units of a type. */
    Dataset<Row> added(Dataset<Row> exposures, String unitType) {
        Dataset<Row> all = exposures;
        for (PropertyScan scan :
                PropertyScan.of(run.plan().project(), run.plan().experiments())) {
            Dataset<Row> properties = found.get(scan);
            if (properties != null && scan.unitType().equals(unitType)) {
                all = UnitProperties.added(all, properties);
            }
        }
        return all;
    }

    @Override
    public void close() {
        found.values().forEach(Dataset::unpersist);
        found.clear();
    }
}
