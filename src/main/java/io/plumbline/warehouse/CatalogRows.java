package io.plumbline.warehouse;

import static io.plumbline.warehouse.TypedRows.finite;

import io.plumbline.analysis.CatalogValue;
import java.sql.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Catalog values as rows of {@link Tables#METRIC_DAILY}. */
public final class CatalogRows {

    private static final StructType SCHEMA = Tables.METRIC_DAILY.schema();

    private CatalogRows() {}

    /** The row of a value. */
    public static Row of(CatalogValue value, String runId) {
        Map<String, @Nullable Object> cells = new HashMap<>();
        cells.put("ds", Date.valueOf(value.day()));
        cells.put("metric", value.metric());
        cells.put("metric_hash", value.metricHash());
        cells.put("dimension", value.slice().dimension());
        cells.put("dimension_value", value.slice().value());
        cells.put("value", finite(value.value()));
        cells.put("numerator", finite(value.numerator()));
        cells.put("denominator", finite(value.denominator()));
        cells.put("units", value.units());
        cells.put("row_count", value.rowCount());
        cells.put("run_id", runId);
        return TypedRows.of(SCHEMA, cells);
    }
}
