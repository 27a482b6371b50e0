package io.plumbline.summary;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.unitday.StatePart;
import io.plumbline.unitday.States;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The components of a source over all its units, experiment or not, on one day.
 *
 * @param day the local day
 * @param slice the breakdown value, or the whole
 * @param totals component id → the sum of its units' numbers of the day
 * @param extremes component id → for minima the least of its units' numbers, for maxima the greatest
 * @param units component id → number of units of which it is known
 */
public record CatalogTotal(
        LocalDate day, Slice slice, Map<String, Double> totals, Map<String, Double> extremes, Map<String, Long> units) {

    /** What a day without rows, or a breakdown value without data, has. */
    public static CatalogTotal none(LocalDate day, Slice slice) {
        return new CatalogTotal(day, slice, Map.of(), Map.of(), Map.of());
    }

    /** Totals of every day and breakdown value in the unit-days; small enough for the driver. */
    public static List<CatalogTotal> of(Dataset<Row> unitDays, List<PlannedComponent> all) {
        List<PlannedComponent> components = all.stream()
                .filter(component -> States.isNumeric(component.component().aggregate()))
                .toList();
        if (components.isEmpty()) {
            return List.of();
        }
        List<Column> perUnit = new ArrayList<>();
        List<Column> overUnits = new ArrayList<>();
        for (PlannedComponent component : components) {
            for (StatePart part : States.parts(component.component().aggregate())) {
                String name = component.column(part.name());
                perUnit.add(part.merge().apply(col(name)).as(name));
            }
            overUnits.addAll(OverUnits.columns(component));
        }
        return aggregate(
                        aggregate(
                                unitDays.filter(col(UNIT_ID).isNotNull()),
                                perUnit,
                                UNIT_ID,
                                DS,
                                DIMENSION,
                                DIMENSION_VALUE),
                        overUnits,
                        DS,
                        DIMENSION,
                        DIMENSION_VALUE)
                .collectAsList()
                .stream()
                .map(row -> of(row, components))
                .toList();
    }

    private static Dataset<Row> aggregate(Dataset<Row> rows, List<Column> aggregates, String... keys) {
        Column[] columns = List.of(keys).stream().map(name -> col(name)).toArray(Column[]::new);
        return rows.groupBy(columns)
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
    }

    private static CatalogTotal of(Row row, List<PlannedComponent> components) {
        Map<String, Double> totals = new HashMap<>();
        Map<String, Double> extremes = new HashMap<>();
        Map<String, Long> units = new HashMap<>();
        for (PlannedComponent component : components) {
            totals.put(component.id(), OverUnits.total(component, row));
            OverUnits.extreme(component, row).ifPresent(extreme -> extremes.put(component.id(), extreme));
            units.put(component.id(), OverUnits.units(component, row));
        }
        return new CatalogTotal(
                row.<java.sql.Date>getAs(DS).toLocalDate(),
                new Slice(row.getAs(DIMENSION), row.getAs(DIMENSION_VALUE)),
                totals,
                extremes,
                units);
    }
}
