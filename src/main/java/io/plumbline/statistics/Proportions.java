package io.plumbline.statistics;

import java.util.Optional;

/** Cautions about metrics whose unit values are 0 or 1, which are compared as means. */
public final class Proportions {

    private static final double FEWEST_UNITS = 5;

    private Proportions() {}

    /**
     * Whether the normal approximation of a share is doubtful. Exact tests are not made; the caution belongs beside the numbers, which stay
     * defined.
     *
     * <pre>
     * caution: n·share &lt; 5 or n·(1 − share) &lt; 5 in one of the groups
     * </pre>
     *
     * <p>Assumptions: the units' values are 0 or 1, and the estimates are not adjusted by covariates.
     *
     * <p>Edge cases: a group without a mean gives no caution, since its comparison has a reason already.
     *
     * @param control estimate of the control
     * @param treatment estimate of the treatment
     * @return {@link Reason#SMALL_CELL}, or empty if there is no caution
     */
    public static Optional<Reason> caution(Estimate control, Estimate treatment) {
        return small(control) || small(treatment) ? Optional.of(Reason.SMALL_CELL) : Optional.empty();
    }

    /** Counts are whole numbers, which n·mean misses by rounding. */
    private static boolean small(Estimate share) {
        double events = Math.rint(share.n() * share.mean());
        return Math.min(events, share.n() - events) < FEWEST_UNITS;
    }
}
