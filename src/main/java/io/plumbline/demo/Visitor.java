package io.plumbline.demo;

import java.util.Optional;

/**
 * What does not change about a visitor from day to day.
 *
 * @param number from zero
 * @param country ISO code; empty for the few whose address says nothing
 * @param device web or app platform
 * @param visitsPerDay how often the visitor comes, on average
 * @param eagerness factor on the chance that a filled cart is bought, 1 on average over visitors
 * @param spending factor on the value of every order
 */
record Visitor(
        long number, Optional<String> country, String device, double visitsPerDay, double eagerness, double spending) {

    private static final double[] EAGERNESS = {0.4, 1, 1.6};
    private static final double SPENDING_SIGMA = 0.8;

    static Visitor of(ShopSettings settings, long number) {
        Draws draws = Draws.of(settings, number, "visitor", 0);
        Optional<String> country = draws.chance(0.03) ? Optional.empty() : Optional.of(country(draws.uniform()));
        double device = draws.uniform();
        return new Visitor(
                number,
                country,
                device < 0.45 ? "desktop" : device < 0.75 ? "android" : "ios",
                draws.lognormal(0.4, 0.6),
                EAGERNESS[draws.below(EAGERNESS.length)],
                draws.lognormal(1, SPENDING_SIGMA));
    }

    /** The id that all tables carry. */
    String id() {
        return "v" + (100_000 + number);
    }

    /** Whether the visitor has the shop's app. */
    boolean hasApp() {
        return !device.equals("desktop");
    }

    private static String country(double uniform) {
        if (uniform < 0.55) {
            return "US";
        }
        if (uniform < 0.75) {
            return "CA";
        }
        return uniform < 0.9 ? "MX" : "BR";
    }
}
