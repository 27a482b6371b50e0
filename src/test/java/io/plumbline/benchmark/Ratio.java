package io.plumbline.benchmark;

import java.util.Locale;

/**
 * One line of the report.
 *
 * @param what is divided by what
 * @param cpu quotient of processor times
 * @param wall quotient of elapsed times
 * @param goal what the processor times' quotient should be
 * @param detail seconds behind it
 */
record Ratio(String what, double cpu, double wall, Goal goal, String detail) {

    /**
     * A bound.
     *
     * @param atLeast whether larger is better
     * @param bound NaN for none
     */
    record Goal(boolean atLeast, double bound) {

        static final Goal NONE = new Goal(true, Double.NaN);

        static Goal atLeast(double bound) {
            return new Goal(true, bound);
        }

        static Goal atMost(double bound) {
            return new Goal(false, bound);
        }

        String text() {
            return Double.isNaN(bound) ? "" : (atLeast ? ">= " : "<= ") + number(bound);
        }

        String verdict(double value) {
            if (Double.isNaN(bound)) {
                return "";
            }
            return (atLeast ? value >= bound : value <= bound) ? "met" : "missed";
        }
    }

    /** How much one work costs of another. */
    static Ratio of(String what, Cost one, Cost other, Goal goal) {
        return new Ratio(
                what,
                one.cpuSeconds() / other.cpuSeconds(),
                one.wallSeconds() / other.wallSeconds(),
                goal,
                String.format(
                        Locale.ROOT,
                        "%s / %s CPU s, %s / %s s",
                        number(one.cpuSeconds()),
                        number(other.cpuSeconds()),
                        number(one.wallSeconds()),
                        number(other.wallSeconds())));
    }

    String verdict() {
        return goal.verdict(cpu);
    }

    /** Three digits that count. */
    static String number(double value) {
        if (Double.isNaN(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
