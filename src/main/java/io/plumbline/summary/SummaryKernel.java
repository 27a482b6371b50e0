package io.plumbline.summary;

import static io.plumbline.exposure.ExposureSchema.DAY_INDEX;

import io.plumbline.statistics.Moments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the units of a partition: one accumulator per experiment, metric, group, breakdown value and, in the view of
 * days since exposure, day, in one pass over the rows. Spark SQL would need five aggregates for each, far beyond what it compiles into one loop.
 *
 * <p>Rows come in the order of units, so that the last bits of the result do not depend on the order in which tasks finish.
 */
final class SummaryKernel implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    /** What a partition gives out, one row per accumulator. */
    static final StructType SCHEMA =
            StructType.fromDDL("day_index INT, experiment STRING, metric STRING, step INT, group_name STRING, "
                    + "dimension STRING, dimension_value STRING, n BIGINT, mean_x DOUBLE, mean_y DOUBLE, m2_x DOUBLE, "
                    + "m2_y DOUBLE, c_xy DOUBLE, total_x DOUBLE, total_y DOUBLE, winsorized_units BIGINT, "
                    + "counted_units BIGINT, units_with_data BIGINT, means ARRAY<DOUBLE>, products ARRAY<DOUBLE>");

    /**
     * How an experiment is read from rows. Travels to the executors.
     *
     * @param cells its metrics
     * @param properties unit property → index of its column
     */
    record Reading(List<Cell> cells, Map<String, Integer> properties) implements Serializable {}

    private record Key(@Nullable Integer dayIndex, String experiment, String group, Slice slice) {}

    private final Map<String, Reading> readings;
    private final int dayIndex;
    private final int experiment;
    private final int group;
    private final int dimension;
    private final int dimensionValue;

    SummaryKernel(Map<String, Reading> readings, StructType schema) {
        this.readings = readings;
        this.dayIndex = List.of(schema.fieldNames()).indexOf(DAY_INDEX);
        this.experiment = schema.fieldIndex("experiment");
        this.group = schema.fieldIndex("group_name");
        this.dimension = schema.fieldIndex("dimension");
        this.dimensionValue = schema.fieldIndex("dimension_value");
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Map<Key, List<UnitSums>> sums = new LinkedHashMap<>();
        while (rows.hasNext()) {
            add(rows.next(), sums);
        }
        return sums.entrySet().stream()
                .flatMap(entry -> results(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private void add(Row row, Map<Key, List<UnitSums>> sums) {
        String name = row.getString(experiment);
        Reading reading = readings.get(name);
        if (reading == null) {
            return;
        }
        Integer day = dayIndex < 0 ? null : row.getInt(dayIndex);
        Slice slice = new Slice(row.getString(dimension), row.getString(dimensionValue));
        add(
                row,
                reading,
                sums.computeIfAbsent(new Key(day, name, row.getString(group), slice), key -> none(reading)),
                slice);
        if (slice.isTopLine()) {
            reading.properties().forEach((property, index) -> {
                Slice part = new Slice(property, row.getString(index));
                Key key = new Key(day, name, row.getString(group), part);
                add(row, reading, sums.computeIfAbsent(key, k -> none(reading)), Slice.TOP_LINE);
            });
        }
    }

    private static void add(Row row, Reading reading, List<UnitSums> sums, Slice slice) {
        for (int i = 0; i < sums.size(); i++) {
            Cell cell = reading.cells().get(i);
            if (slice.isTopLine() || cell.dimensions().contains(slice.dimension())) {
                cell.add(row, sums.get(i));
            }
        }
    }

    private static List<UnitSums> none(Reading reading) {
        return reading.cells().stream().map(Cell::none).toList();
    }

    private Stream<Row> results(Key key, List<UnitSums> sums) {
        List<Cell> cells =
                Objects.requireNonNull(readings.get(key.experiment())).cells();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (!sums.get(i).isEmpty()) {
                rows.add(row(key, cells.get(i), sums.get(i)));
            }
        }
        return rows.stream();
    }

    private static Row row(Key key, Cell cell, UnitSums sums) {
        Moments moments = sums.moments();
        Optional<GroupSummary.Covered> covariates = sums.covered();
        return RowFactory.create(
                key.dayIndex(),
                key.experiment(),
                cell.metric(),
                cell.step(),
                key.group(),
                key.slice().dimension(),
                key.slice().value(),
                moments.n(),
                moments.meanX(),
                moments.meanY(),
                moments.m2X(),
                moments.m2Y(),
                moments.cXY(),
                sums.totals().numerator(),
                sums.totals().denominator(),
                sums.winsorizedUnits(),
                covariates.map(known -> known.moments().n()).orElse(null),
                covariates.map(GroupSummary.Covered::withData).orElse(null),
                covariates.map(known -> known.moments().means()).orElse(null),
                covariates.map(known -> known.moments().products()).orElse(null));
    }
}
