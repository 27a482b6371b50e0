package io.plumbline.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the shop's experiments do, for those metrics of the demo project whose effect is known exactly.
 *
 * <p>A group changes the chance that a cart is bought, the value of an order and the time of a search by a factor, and
 * nothing else. Expected totals per visitor and ratios of totals change by the same factor, on every day after exposure
 * and in every segment; other experiments cancel out, because assignments are independent. Effects on metrics that are
 * not proportional to totals (visitors with an order, thresholds, winsorized values) have no such closed form and are
 * listed only where they are zero.
 */
public final class PlantedEffects {

    /** The experiment in which a fifth of one group's exposures never reached the log. */
    public static final String SAMPLE_RATIO_MISMATCH = "free_shipping";

    private PlantedEffects() {}

    /** All known effects, by experiment, group and metric. */
    public static List<PlantedEffect> all() {
        return Trial.ALL.stream()
                .flatMap(trial -> trial.arms().stream().skip(1).flatMap(arm -> effects(trial, arm)))
                .toList();
    }

    private static Stream<PlantedEffect> effects(Trial trial, Trial.Arm arm) {
        Map<String, Double> factors = new LinkedHashMap<>();
        factors.put("checkouts", arm.checkouts());
        factors.put("checkouts_first_two_days", arm.checkouts());
        factors.put("checkouts_per_cart", arm.checkouts());
        factors.put("revenue", arm.checkouts() * arm.orderValue());
        factors.put("order_value", arm.orderValue());
        factors.put("search_latency", arm.searchLatency());
        factors.put("carts", 1.0);
        factors.put("active_days", 1.0);
        factors.put("app_minutes", 1.0);
        if (arm.checkouts() == 1) {
            factors.put("buyers", 1.0);
        }
        return factors.entrySet().stream()
                .map(entry -> new PlantedEffect(trial.name(), entry.getKey(), arm.name(), entry.getValue() - 1));
    }
}
