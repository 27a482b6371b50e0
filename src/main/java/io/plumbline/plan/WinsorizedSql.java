package io.plumbline.plan;

import io.plumbline.metric.Winsorization;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Winsorization as SQL: bounds over all groups, and unit values within them.
 *
 * @param sides of one metric
 */
record WinsorizedSql(List<Side> sides) {

    /** Whether some side is winsorized. */
    boolean isNeeded() {
        return sides.stream().anyMatch(side -> side.value().winsorization().isPresent());
    }

    /** The bounds of every winsorized side, in one row. */
    String bounds() {
        List<String> columns = new ArrayList<>();
        for (Side side : sides) {
            side.value().winsorization().ifPresent(w -> {
                quantile(side, w, w.lower(), "lower", columns);
                quantile(side, w, w.upper(), "upper", columns);
            });
        }
        return "-- Winsorization bounds: observed totals of all groups together\nbounds AS (\n  SELECT\n    "
                + String.join(",\n    ", columns) + "\n  FROM units\n)";
    }

    /** The units with their limited values. */
    String limited() {
        String values = sides.stream().map(this::limited).collect(Collectors.joining(",\n    "));
        return "-- Unit level, within the bounds\nlimited AS (\n  SELECT unit_id, group_name,\n    " + values
                + "\n  FROM units CROSS JOIN bounds\n)";
    }

    private void quantile(Side side, Winsorization w, OptionalDouble p, String bound, List<String> columns) {
        p.ifPresent(probability -> columns.add("percentile_disc(" + probability + ") WITHIN GROUP (ORDER BY "
                + member(w, side.name(), "NULL") + ") AS " + side.name() + "_" + bound));
    }

    private String limited(Side side) {
        return side.value()
                .winsorization()
                .map(w -> {
                    String value = side.name();
                    String floored = w.lower().isPresent() ? "GREATEST(" + value + ", " + value + "_lower)" : value;
                    String limited = w.upper().isPresent() ? "LEAST(" + floored + ", " + value + "_upper)" : floored;
                    return member(w, limited, value) + " AS " + value;
                })
                .orElse(side.name());
    }

    /** One expression for members of the population, another for all other units. */
    private String member(Winsorization w, String then, String otherwise) {
        if (w.population() == Winsorization.Population.ALL) {
            return then;
        }
        String condition = sides.stream().map(s -> s.name() + " <> 0").collect(Collectors.joining(" AND "));
        return "IF(" + condition + ", " + then + ", " + otherwise + ")";
    }
}
