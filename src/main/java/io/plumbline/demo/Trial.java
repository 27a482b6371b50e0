package io.plumbline.demo;

import java.util.List;
import java.util.Optional;

/**
 * An experiment as the shop runs it.
 *
 * @param name as definitions and exposures spell it
 * @param trigger the event that exposes a visitor
 * @param firstDay number of the first day, from zero
 * @param lastDay number of the last day
 * @param arms equally likely, the control first
 */
record Trial(String name, String trigger, int firstDay, int lastDay, List<Arm> arms) {

    /** The share of visitors who see another arm from some day on. */
    private static final double CROSSOVERS = 0.005;

    /**
     * What an arm does to its visitors, as factors on their chances and values; 1 does nothing.
     *
     * @param name as exposures spell it
     * @param checkouts chance that a filled cart is bought
     * @param orderValue value of an order
     * @param searchLatency time that a search takes
     * @param logged share of the visitors whose exposures reach the log; less than 1 makes a sample ratio mismatch
     */
    record Arm(String name, double checkouts, double orderValue, double searchLatency, double logged) {

        static Arm withoutEffect(String name) {
            return new Arm(name, 1, 1, 1, 1);
        }
    }

    /** All trials; assignments are independent of each other. */
    static final List<Trial> ALL = List.of(
            new Trial(
                    "ranking_v2",
                    ShopDay.VISIT,
                    1,
                    8,
                    List.of(Arm.withoutEffect("control"), new Arm("ranked", 1.12, 1, 1.06, 1))),
            new Trial(
                    "checkout_redesign",
                    ShopDay.ADD_TO_CART,
                    2,
                    8,
                    List.of(Arm.withoutEffect("control"), Arm.withoutEffect("redesign"))),
            new Trial(
                    "free_shipping",
                    ShopDay.ADD_TO_CART,
                    1,
                    7,
                    List.of(
                            Arm.withoutEffect("control"),
                            new Arm("over_50", 1, 1.05, 1, 1),
                            new Arm("always", 1, 1.12, 1, 0.8))));

    /** The arm that a visitor is in on a day; empty on days without the trial. */
    Optional<Assignment> assignment(ShopSettings settings, long visitor, int day) {
        if (day < firstDay || day > lastDay) {
            return Optional.empty();
        }
        Draws draws = Draws.of(settings, visitor, name, 0);
        int first = draws.below(arms.size());
        double log = draws.uniform();
        boolean crossover = draws.chance(CROSSOVERS);
        int switchDay = firstDay + 1 + draws.below(lastDay - firstDay);
        Arm arm = arms.get(crossover && day >= switchDay ? (first + 1) % arms.size() : first);
        return Optional.of(new Assignment(this, arm, log < arm.logged()));
    }

    /**
     * A visitor's part in a trial on one day.
     *
     * @param trial the experiment
     * @param arm whose effects apply
     * @param logged whether exposures are written
     */
    record Assignment(Trial trial, Arm arm, boolean logged) {}
}
