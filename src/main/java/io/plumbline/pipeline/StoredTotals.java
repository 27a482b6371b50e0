package io.plumbline.pipeline;

import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static org.apache.spark.sql.functions.col;

import io.plumbline.experiment.View;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.Numbers;
import io.plumbline.unittotal.UnitTotals;
import io.plumbline.unittotal.ViewDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Totals of units that stand for the oldest days of some experiments.
 *
 * @param lastDay the last of these days
 * @param holding ids of the components whose numbers are those of the days as they are now
 * @param rows see {@link UnitTotals}
 */
record StoredTotals(LocalDate lastDay, Set<String> holding, Dataset<Row> rows) {
    StoredTotals {
        holding = Set.copyOf(holding);
    }

    /** Whether a view may read them: one that tells no days apart, all of these among its own. */
    boolean isPartOf(ViewDays days) {
        return days.view() == View.CUMULATIVE && !lastDay.isBefore(days.firstRead()) && !lastDay.isAfter(days.asOf());
    }

    /** The components of totals that can be read here. */
    List<PlannedComponent> components(List<UnitTotal> totals) {
        return UnitTotals.components(totals).stream()
                .filter(component -> holding.contains(component.id()))
                .toList();
    }

    /** The rows with numbers of some components. */
    Dataset<Row> numbers(List<PlannedComponent> some) {
        return rows.select(UnitTotals.columns())
                .withColumn(NUMBERS, Numbers.only(some))
                .filter(col(NUMBERS).isNotNull());
    }
}
