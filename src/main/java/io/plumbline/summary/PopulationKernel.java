package io.plumbline.summary;

import io.plumbline.unittotal.UnitValues;
import io.plumbline.unittotal.ValueReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Picks of every analysed unit, from the top line, the values from which winsorization bounds are taken. */
final class PopulationKernel implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    /**
     * A side of a measure with bounds of its own. Travels to the executors.
     *
     * @param eligibility number of what decides which units count; −1 for all with data
     * @param values the measure
     * @param numerator whether it is the upper side
     * @param nonzero whether only units with values other than 0 are members
     * @param ratio whether the measure has a lower side
     */
    record Side(
            String experiment, int eligibility, PairReader values, boolean numerator, boolean nonzero, boolean ratio)
            implements Serializable {

        /** The value of a member; null for other units. */
        @Nullable
        Double of(ValueReader unit) {
            if (eligibility >= 0 && !unit.counts(eligibility)) {
                return null;
            }
            PairReader.Raw raw = values.raw(unit);
            if (raw == null || (nonzero && raw.numerator() == 0)) {
                return null;
            }
            if (ratio && (nonzero || values.dropsZeroDenominators()) && raw.denominator() == 0) {
                return null;
            }
            return numerator ? raw.numerator() : raw.denominator();
        }
    }

    private final List<Side> sides;
    private final StructType schema;
    private final int measures;
    private final int experiment;
    private final int dimension;

    PopulationKernel(List<Side> sides, UnitValues values) {
        this.sides = List.copyOf(sides);
        this.schema = values.rows().schema();
        this.measures = values.index().size();
        this.experiment = schema.fieldIndex("experiment");
        this.dimension = schema.fieldIndex("dimension");
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Map<String, List<Integer>> ofExperiment = new HashMap<>();
        for (int i = 0; i < sides.size(); i++) {
            ofExperiment
                    .computeIfAbsent(sides.get(i).experiment(), name -> new ArrayList<>())
                    .add(i);
        }
        ValueReader unit = new ValueReader(schema, measures);
        return stream(rows)
                .filter(row -> row.isNullAt(dimension) && ofExperiment.containsKey(row.getString(experiment)))
                .map(row -> {
                    unit.read(row);
                    return row(unit, ofExperiment.getOrDefault(row.getString(experiment), List.of()));
                })
                .iterator();
    }

    private Row row(ValueReader unit, List<Integer> some) {
        @Nullable Object[] columns = new Object[sides.size()];
        for (int i : some) {
            columns[i] = sides.get(i).of(unit);
        }
        return RowFactory.create(columns);
    }

    private static Stream<Row> stream(Iterator<Row> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
    }
}
