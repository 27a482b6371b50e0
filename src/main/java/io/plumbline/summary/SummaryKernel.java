package io.plumbline.summary;

import static io.plumbline.exposure.ExposureSchema.DAY_INDEX;

import io.plumbline.statistics.Moments;
import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ValueReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
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
 * days since exposure, day, in one pass over the rows. Spark SQL would need five aggregates for each, far beyond what it
 * compiles into one loop; and here a row costs what the unit has data of, see {@link GroupSums}.
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
     * @param ofMeasure by number of a measure: the numbers of the cells that read it
     * @param properties unit property → index of its column
     */
    record Reading(List<Cell> cells, List<BitSet> ofMeasure, Map<String, Integer> properties) implements Serializable {

        static Reading of(List<Cell> cells, int measures, Map<String, Integer> properties) {
            List<BitSet> ofMeasure =
                    Stream.generate(BitSet::new).limit(measures).toList();
            for (int i = 0; i < cells.size(); i++) {
                int cell = i;
                cells.get(i)
                        .measures()
                        .forEach(measure -> ofMeasure.get(measure).set(cell));
            }
            return new Reading(cells, ofMeasure, properties);
        }

        /** The cells of which a unit has data. */
        BitSet cells(ValueReader unit) {
            BitSet found = new BitSet();
            for (int measure : unit.measures()) {
                found.or(ofMeasure.get(measure));
            }
            return found;
        }
    }

    private record Key(@Nullable Integer dayIndex, String experiment, String group, Slice slice) {}

    private final Map<String, Reading> readings;
    private final StructType schema;
    private final int measures;
    private final int eligibilities;
    private final int dayIndex;
    private final int experiment;
    private final int group;
    private final int dimension;
    private final int dimensionValue;

    SummaryKernel(Map<String, Reading> readings, UnitValues values) {
        this.readings = readings;
        this.schema = values.rows().schema();
        this.measures = values.index().size();
        this.eligibilities = values.index().eligibilities();
        this.dayIndex = schema.fieldIndex(DAY_INDEX);
        this.experiment = schema.fieldIndex("experiment");
        this.group = schema.fieldIndex("group_name");
        this.dimension = schema.fieldIndex("dimension");
        this.dimensionValue = schema.fieldIndex("dimension_value");
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Map<Key, GroupSums> sums = new LinkedHashMap<>();
        ValueReader unit = new ValueReader(schema, measures);
        while (rows.hasNext()) {
            Row row = rows.next();
            Reading reading = readings.get(row.getString(experiment));
            if (reading != null) {
                unit.read(row);
                add(row, unit, reading, sums);
            }
        }
        return sums.entrySet().stream()
                .flatMap(entry -> results(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private void add(Row row, ValueReader unit, Reading reading, Map<Key, GroupSums> sums) {
        Slice slice = new Slice(row.getString(dimension), row.getString(dimensionValue));
        List<GroupSums> groups = groups(row, slice, reading, sums);
        BitSet cells = reading.cells(unit);
        for (int i = cells.nextSetBit(0); i >= 0; i = cells.nextSetBit(i + 1)) {
            Cell cell = reading.cells().get(i);
            if (unit.counts(cell.eligibility())
                    && (slice.isTopLine() || cell.dimensions().contains(slice.dimension()))) {
                Cell.Outcome outcome = cell.of(unit);
                for (GroupSums each : groups) {
                    each.add(i, outcome);
                }
            }
        }
        if (slice.isTopLine()) {
            groups.forEach(each -> each.count(unit));
        }
    }

    /** Where the unit is shown: under the breakdown value of the row, or on the top line and under its properties. */
    private List<GroupSums> groups(Row row, Slice slice, Reading reading, Map<Key, GroupSums> sums) {
        List<GroupSums> groups = new ArrayList<>();
        groups.add(sums(row, slice, reading, sums));
        if (slice.isTopLine()) {
            reading.properties()
                    .forEach((property, index) ->
                            groups.add(sums(row, new Slice(property, row.getString(index)), reading, sums)));
        }
        return groups;
    }

    private GroupSums sums(Row row, Slice slice, Reading reading, Map<Key, GroupSums> sums) {
        Integer day = row.isNullAt(dayIndex) ? null : row.getInt(dayIndex);
        Key key = new Key(day, row.getString(experiment), row.getString(group), slice);
        return sums.computeIfAbsent(key, none -> new GroupSums(reading.cells(), eligibilities));
    }

    private Stream<Row> results(Key key, GroupSums sums) {
        List<Cell> cells =
                Objects.requireNonNull(readings.get(key.experiment())).cells();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            UnitSums complete = sums.complete(i);
            if (!complete.isEmpty()) {
                rows.add(row(key, cells.get(i), complete));
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
