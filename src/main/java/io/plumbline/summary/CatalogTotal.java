package io.plumbline.summary;

import static io.plumbline.unitday.UnitDaySchema.DIMENSION;
import static io.plumbline.unitday.UnitDaySchema.DIMENSION_VALUE;
import static io.plumbline.unitday.UnitDaySchema.DS;
import static io.plumbline.unitday.UnitDaySchema.UNIT_ID;
import static org.apache.spark.sql.functions.col;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.unitday.StateInput;
import io.plumbline.unitday.States;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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

    private record Cell(LocalDate day, Slice slice) {
        static Cell of(Row row) {
            return new Cell(
                    row.<java.sql.Date>getAs(DS).toLocalDate(),
                    new Slice(row.getAs(DIMENSION), row.getAs(DIMENSION_VALUE)));
        }
    }

    /** What a day without rows, or a breakdown value without data, has. */
    public static CatalogTotal none(LocalDate day, Slice slice) {
        return new CatalogTotal(day, slice, Map.of(), Map.of(), Map.of());
    }

    /**
     * Totals of every day and breakdown value in the unit-days; small enough for the driver.
     *
     * @param partitions into how many parts units are shuffled; sums of sums follow from it in their last bits
     */
    public static List<CatalogTotal> of(Dataset<Row> unitDays, List<PlannedComponent> all, int partitions) {
        List<PlannedComponent> numeric = all.stream()
                .filter(component -> States.isNumeric(component.component().aggregate()))
                .toList();
        Map<Cell, Map<PlannedComponent, UnitTally>> tallies = new LinkedHashMap<>();
        tally(unitDays.filter(col(UNIT_ID).isNotNull()), numeric, partitions, tallies);
        return tallies.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void tally(
            Dataset<Row> known,
            List<PlannedComponent> components,
            int partitions,
            Map<Cell, Map<PlannedComponent, UnitTally>> tallies) {
        if (components.isEmpty()) {
            return;
        }
        Stream<String> keys = Stream.of(UNIT_ID, DS, DIMENSION, DIMENSION_VALUE);
        CatalogKernel kernel = new CatalogKernel(
                new StateInput(components, CatalogKernel.STATES),
                components.stream().map(each -> each.component().aggregate()).toList());
        known.select(Stream.concat(keys, StateInput.columns(components).stream())
                        .map(functions::col)
                        .toArray(Column[]::new))
                .repartition(partitions, col(UNIT_ID))
                .sortWithinPartitions(UNIT_ID)
                .mapPartitions(kernel, Encoders.row(CatalogKernel.SCHEMA))
                .collectAsList()
                .forEach(row -> tallies.computeIfAbsent(Cell.of(row), cell -> new HashMap<>())
                        .merge(components.get(row.<Integer>getAs("component")), tally(row), UnitTally::merge));
    }

    private static UnitTally tally(Row row) {
        return UnitTally.of(
                row.<Long>getAs("units"),
                row.<Double>getAs("high"),
                row.<Double>getAs("low"),
                row.<Double>getAs("least"),
                row.<Double>getAs("greatest"));
    }

    private static CatalogTotal of(Cell cell, Map<PlannedComponent, UnitTally> tallies) {
        Map<String, Double> totals = new HashMap<>();
        Map<String, Double> extremes = new HashMap<>();
        Map<String, Long> units = new HashMap<>();
        tallies.forEach((component, tally) -> {
            totals.put(component.id(), tally.total());
            units.put(component.id(), tally.units());
            Aggregate aggregate = component.component().aggregate();
            if (aggregate == Aggregate.MIN || aggregate == Aggregate.MAX) {
                extremes.put(component.id(), aggregate == Aggregate.MIN ? tally.least() : tally.greatest());
            }
        });
        return new CatalogTotal(cell.day(), cell.slice(), totals, extremes, units);
    }
}
