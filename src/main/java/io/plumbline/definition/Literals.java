package io.plumbline.definition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;

/** Reads the texts of single values. */
final class Literals {

    /** {@code 7d}, {@code 12h}, {@code 30m}: up to six digits, so that no sum of them overflows. */
    static final String DURATION = "[0-9]{1,6}[dhm]";

    private static final int DECIMAL_DIGITS = 38;

    private Literals() {}

    /** A number of YAML's core schema; NaN for text that is none. */
    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A number as exact as SQL can hold it: a long, else a decimal of up to 38 digits, else a double. */
    static Number exact(String text) {
        try {
            BigDecimal decimal = new BigDecimal(text);
            if (decimal.scale() == 0 && decimal.precision() < 19) {
                return decimal.longValueExact();
            }
            boolean fits =
                    decimal.precision() <= DECIMAL_DIGITS && decimal.scale() >= 0 && decimal.scale() <= DECIMAL_DIGITS;
            return fits ? decimal : (Number) decimal.doubleValue();
        } catch (NumberFormatException e) {
            return number(text);
        }
    }

    /** A duration as {@link #DURATION} writes it. */
    static Duration duration(String text) {
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'd' -> Duration.ofHours(24 * count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofMinutes(count);
        };
    }

    static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
