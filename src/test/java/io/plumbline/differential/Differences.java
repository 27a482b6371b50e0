package io.plumbline.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what was computed with what is expected, and says what differs. */
final class Differences {

    private static final double RELATIVE = 1e-9;
    /** Share of what was added up that rounding may leave behind where terms cancel: some hundred units in the last place. */
    private static final double ROUNDING = 1e-13;

    private final String what;
    private final List<String> found = new ArrayList<>();
    private int compared;

    Differences(String what) {
        this.what = what;
    }

    int compared() {
        return compared;
    }

    List<String> found() {
        return found;
    }

    /** Rows that only one of the tables has. */
    void keys(Table expected, Table actual) {
        expected.rows().keySet().stream()
                .filter(key -> !actual.rows().containsKey(key))
                .forEach(key -> found.add(what + " " + key + ": missing"));
        actual.rows().keySet().stream()
                .filter(key -> !expected.rows().containsKey(key))
                .forEach(key -> found.add(what + " " + key + ": not expected"));
    }

    void counts(Table expected, Table actual, String... columns) {
        expected.rows().forEach((key, row) -> {
            Map<String, @Nullable Object> other = actual.rows().get(key);
            for (String column : columns) {
                if (other != null) {
                    long left = ((Number) present(row.get(column))).longValue();
                    Object right = other.get(column);
                    check(right != null && left == ((Number) right).longValue(), key, column, left, right);
                }
            }
        });
    }

    /** Numbers that agree to 1e-9; {@code scale} gives for a row what its terms add up to without their signs. */
    void numbers(Table expected, Table actual, String column, Scale scale) {
        expected.rows().forEach((key, row) -> {
            Map<String, @Nullable Object> other = actual.rows().get(key);
            if (other != null) {
                Double left = (Double) row.get(column);
                Double right = (Double) other.get(column);
                boolean alike = Objects.equals(left, right)
                        || (left != null
                                && right != null
                                && Math.abs(left - right) <= RELATIVE * Math.abs(left) + ROUNDING * scale.of(row));
                check(alike, key, column, left, right);
            }
        });
    }

    private void check(boolean alike, String key, String column, @Nullable Object expected, @Nullable Object actual) {
        compared++;
        if (!alike) {
            found.add(what + " " + key + " " + column + ": DuckDB " + expected + ", Plumbline " + actual);
        }
    }

    private static Object present(@Nullable Object value) {
        return value == null ? Long.MIN_VALUE : value;
    }

    /** How much was added up. */
    interface Scale {
        Scale NONE = row -> 0;
        Scale X = row -> number(row, "scale_x");
        Scale Y = row -> number(row, "scale_y");
        Scale VARIANCE = row -> number(row, "scale_v");
        /** Of a quotient: the errors of both sides. */
        Scale QUOTIENT = row -> {
            double y = Math.abs(number(row, "denominator"));
            return y == 0
                    ? number(row, "scale_x")
                    : (number(row, "scale_x") + Math.abs(number(row, "mean")) * number(row, "scale_y")) / y;
        };

        double of(Map<String, @Nullable Object> row);

        private static double number(Map<String, @Nullable Object> row, String column) {
            Object value = row.get(column);
            return value == null ? 0 : ((Number) value).doubleValue();
        }
    }
}
