package io.plumbline.summary;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.unitday.StatePart;
import io.plumbline.unitday.States;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The sketches that units have, over all units: only SQL unites sketches and knows what they stand for. */
final class SketchTotals {

    private static final String UNITS = "__units";
    private static final String TOTAL = "__total";

    private SketchTotals() {}

    /** Row with day and breakdown value → tallies of the components, all of which are sketches. */
    static Map<Row, Map<PlannedComponent, UnitTally>> of(Dataset<Row> unitDays, List<PlannedComponent> components) {
        Map<Row, Map<PlannedComponent, UnitTally>> found = new LinkedHashMap<>();
        if (components.isEmpty()) {
            return found;
        }
        StatePart part = States.parts(Aggregate.DISTINCT_SKETCH).get(0);
        List<Column> perUnit = new ArrayList<>();
        List<Column> overUnits = new ArrayList<>();
        for (PlannedComponent component : components) {
            Column sketch = col(component.column(part.name()));
            perUnit.add(part.merge().apply(sketch).as(component.column(part.name())));
            overUnits.add(count(sketch).as(component.id() + UNITS));
            overUnits.add(
                    sum(States.result(Aggregate.DISTINCT_SKETCH, any -> sketch)).as(component.id() + TOTAL));
        }
        Dataset<Row> units = aggregate(unitDays, perUnit, UNIT_ID, DS, DIMENSION, DIMENSION_VALUE);
        aggregate(units, overUnits, DS, DIMENSION, DIMENSION_VALUE)
                .collectAsList()
                .forEach(row -> found.put(row, tallies(row, components)));
        return found;
    }

    private static Dataset<Row> aggregate(Dataset<Row> rows, List<Column> aggregates, String... keys) {
        return rows.groupBy(List.of(keys).stream().map(functions::col).toArray(Column[]::new))
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
    }

    private static Map<PlannedComponent, UnitTally> tallies(Row row, List<PlannedComponent> components) {
        Map<PlannedComponent, UnitTally> tallies = new HashMap<>();
        for (PlannedComponent component : components) {
            long units = row.<Long>getAs(component.id() + UNITS);
            if (units > 0) {
                tallies.put(component, UnitTally.of(units, row.<Double>getAs(component.id() + TOTAL), 0, 0, 0));
            }
        }
        return tallies;
    }
}
