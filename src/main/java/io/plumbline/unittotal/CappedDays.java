package io.plumbline.unittotal;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.ExactSum;
import io.plumbline.unitday.StatePart;
import io.plumbline.unitday.States;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * The second of two steps to totals whose days are limited. The first merges, for every unit and local day, the parts of
 * the day and the leaves that are in the window, because it is the day that is limited and not its parts; the second
 * limits the value of each day and adds the days up. Both group by the unit first, so that nothing is shuffled between
 * them. Totals without limit go through both steps when some total has one: their states merge in any grouping.
 */
final class CappedDays {

    private CappedDays() {}

    /** Whether some total needs the two steps. */
    static boolean areIn(List<UnitTotal> totals) {
        return totals.stream().anyMatch(total -> total.cap().isPresent());
    }

    /** The aggregates of the second step over the columns of the first, by the name of their column. */
    static Map<String, Column> merged(UnitTotal total, Map<String, Column> ofDays) {
        Map<String, Column> parts = new LinkedHashMap<>();
        if (total.cap().isPresent()) {
            Column limited = limited(total);
            String high = total.column(States.SUM);
            String low = total.column(States.SUM_LOW);
            parts.put(high, ExactSum.high(limited).as(high));
            parts.put(low, ExactSum.low(limited).as(low));
            return parts;
        }
        for (StatePart part : States.parts(total.aggregate())) {
            String name = total.column(part.name());
            if (ofDays.containsKey(name)) {
                parts.put(name, part.merge().apply(col(name)).as(name));
            }
        }
        return parts;
    }

    /** The value of a day, or the limit where it is more; null for a day without rows. */
    private static Column limited(UnitTotal total) {
        var aggregate = total.component().component().aggregate();
        Column value = States.result(aggregate, part -> col(total.column(part)));
        Column anyRow = States.parts(aggregate).stream()
                .map(part -> col(total.column(part.name())).cast("double"))
                .reduce((a, b) -> coalesce(a, b))
                .orElseThrow()
                .isNotNull();
        return when(anyRow, least(value, lit(total.cap().orElseThrow())));
    }
}
