package io.plumbline.statistics;

/**
 * What a treatment does to the total of a metric.
 *
 * <pre>
 * I = (meanT − meanC)·N_t / days, N_t = treated units      var(I) = (N_t / days)²·var(meanT − meanC)
 * </pre>
 *
 * <p>The interval takes the critical value of the comparison.
 *
 * <p>Assumptions: the metric's mean is a sum over units divided by their number (or a ratio of sums, with N_t the sum of the
 * treatment's denominators), and units do not influence each other.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>an absolute effect without interval: the value is defined if the effect is, the interval NaN for the same reason;
 *   <li>no treated units: NaN, {@link Reason#NO_UNITS}; a number of them that is negative or not finite: {@link Reason#NOT_FINITE}.
 * </ul>
 */
public final class TopLineImpact {

    private TopLineImpact() {}

    /**
     * The impact per day, in units of the metric's total.
     *
     * @param comparison of control and treatment
     * @param treatedUnits number of treatment units in the comparison; for a ratio the sum of their denominators
     * @param days days over which the compared means were gathered
     * @return the impact; NaN with a reason if it is undefined
     * @throws IllegalArgumentException if there are no days
     */
    public static Effect perDay(Comparison comparison, double treatedUnits, double days) {
        if (!(days > 0)) {
            throw new IllegalArgumentException("number of days is " + days + ": give a number above 0");
        }
        double factor = treatedUnits / days;
        if (!(factor > 0) || Double.isInfinite(factor)) {
            Reason reason = factor == 0 ? Reason.NO_UNITS : Reason.NOT_FINITE;
            return Effect.withoutInterval(Double.NaN, Double.NaN, reason);
        }
        return comparison.absolute().times(factor);
    }
}
