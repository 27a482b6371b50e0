package io.plumbline.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them: enough digits to compare, no more. Undefined numbers are a dash. */
final class Numbers {

    /** What stands for a number that is not defined. */
    static final String UNDEFINED = "–";

    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e12;

    private Numbers() {}

    /** A count with thousands separators. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** At most four significant digits, all digits before the point, and the exponent of very small or large numbers. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (Double.isNaN(value)) {
            return UNDEFINED;
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < SMALL || size >= LARGE) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        return size >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** A fraction in percent with two decimals; three significant digits below a hundredth of a percent. */
    static String share(double fraction) {
        if (!Double.isFinite(fraction)) {
            return number(fraction);
        }
        double percent = 100 * fraction;
        boolean tiny = percent != 0 && Math.abs(percent) < 0.01;
        return tiny ? String.format(Locale.ROOT, "%.2e%%", percent) : String.format(Locale.ROOT, "%,.2f%%", percent);
    }

    /** A relative change: a sign, then percent with one decimal from 10 % on, with two below. */
    static String change(double fraction) {
        if (!Double.isFinite(fraction)) {
            return number(fraction);
        }
        double percent = 100 * fraction;
        return String.format(Locale.ROOT, Math.abs(percent) >= 10 ? "%+,.1f%%" : "%+.2f%%", percent);
    }

    /** An absolute change, with a sign. */
    static String difference(double value) {
        return value > 0 ? "+" + number(value) : number(value);
    }

    /** A p-value with three decimals; smaller ones with an exponent, or as a bound once nothing is left of them. */
    static String probability(double p) {
        if (Double.isNaN(p)) {
            return UNDEFINED;
        }
        if (p < 1e-15) {
            return "<1e-15";
        }
        return p < 0.001 ? String.format(Locale.ROOT, "%.1e", p) : String.format(Locale.ROOT, "%.3f", p);
    }
}
