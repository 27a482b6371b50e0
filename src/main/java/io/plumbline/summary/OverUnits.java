package io.plumbline.summary;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.unitday.ExactSum;
import io.plumbline.unitday.States;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The states that units have of a component on a day, over all units: their number, the sum of the numbers they stand for,
 * and for minima and maxima the extreme. Sets of values are not united: the pairs of unit and value are what counts.
 */
final class OverUnits {

    private static final String TOTAL = "total";
    private static final String EXTREME = "extreme";
    private static final String UNITS = "units";

    private OverUnits() {}

    /** The aggregates over rows with one merged state per unit. */
    static List<Column> columns(PlannedComponent component) {
        Aggregate aggregate = component.component().aggregate();
        Column first = state(component, States.parts(aggregate).get(0).name());
        List<Column> columns = new ArrayList<>();
        columns.add(count(first).as(name(component, UNITS)));
        List<Column> addends = addends(component);
        for (int i = 0; i < addends.size(); i++) {
            columns.add(addends.get(i).cast(DataTypes.DoubleType).as(name(component, TOTAL + i)));
        }
        if (isExtreme(aggregate)) {
            columns.add((aggregate == Aggregate.MIN ? min(first) : max(first)).as(name(component, EXTREME)));
        }
        return columns;
    }

    /** What adds up to the total. Numbers that are not whole come in two parts, see {@link ExactSum}. */
    private static List<Column> addends(PlannedComponent component) {
        Aggregate aggregate = component.component().aggregate();
        Column number = States.result(aggregate, part -> state(component, part));
        return switch (aggregate) {
            case ROWS, VALUES, SUM ->
                States.parts(aggregate).stream()
                        .map(part -> sum(state(component, part.name())))
                        .toList();
            case MIN, MAX, FIRST, LATEST -> List.of(ExactSum.high(number), ExactSum.low(number));
            case SORTED_VALUES, LATEST_RECORD, DISTINCT, DISTINCT_SKETCH, STEPS, FIRST_STEPS -> List.of(sum(number));
        };
    }

    private static boolean isExtreme(Aggregate aggregate) {
        return aggregate == Aggregate.MIN || aggregate == Aggregate.MAX;
    }

    static double total(PlannedComponent component, Row row) {
        return IntStream.range(0, addends(component).size())
                .mapToDouble(i -> number(component, row, TOTAL + i))
                .sum();
    }

    /** Empty for aggregates without, and where no unit has a value. */
    static OptionalDouble extreme(PlannedComponent component, Row row) {
        boolean known = isExtreme(component.component().aggregate()) && units(component, row) > 0;
        return known ? OptionalDouble.of(number(component, row, EXTREME)) : OptionalDouble.empty();
    }

    static long units(PlannedComponent component, Row row) {
        return row.<Long>getAs(name(component, UNITS));
    }

    private static double number(PlannedComponent component, Row row, String name) {
        Double value = row.getAs(name(component, name));
        return value == null ? 0 : value;
    }

    private static Column state(PlannedComponent component, String part) {
        return col(component.column(part));
    }

    /** Named after the component; double underscores as in names of parts. */
    private static String name(PlannedComponent component, String what) {
        return component.id() + "__of_units__" + what;
    }
}
