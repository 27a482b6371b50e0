package io.plumbline.statistics;

/**
 * The whole of a metric, over everybody, and the part of everybody that has the treatment.
 *
 * @param dailyTotal the metric's total per day over all units, in the experiment or not, treatment included
 * @param treatedUnits number of treatment units in the comparison; for a ratio the sum of their denominators
 * @param days days over which the compared means were gathered
 * @param treatedShare share of all units that have the treatment, above 0 and at most 1: 0.05 for half of a tenth
 */
public record TopLine(double dailyTotal, double treatedUnits, double days, double treatedShare) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are no days, or {@code treatedShare} is not a share
     */
    public TopLine {
        if (!(days > 0)) {
            throw new IllegalArgumentException("number of days is " + days + ": give a number above 0");
        }
        if (!(treatedShare > 0 && treatedShare <= 1)) {
            throw new IllegalArgumentException(
                    "share of treated units is " + treatedShare + ": give a number above 0 and at most 1");
        }
    }
}
