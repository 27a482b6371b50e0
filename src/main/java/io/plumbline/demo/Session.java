package io.plumbline.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One visit from landing to leaving: searches, product pages, perhaps a cart, perhaps an order, perhaps a question. */
final class Session {

    private static final double CART = 0.3;
    private static final double CHECKOUT = 0.45;
    private static final double OUTLIER = 0.002;
    private static final double OUTLIER_FACTOR = 30;

    private static final double ORDER_SIGMA = 0.4;

    private final String id;
    private final Visitor visitor;
    private final List<Trial.Assignment> assignments;
    private final Draws draws;
    private final List<ShopEvent> events = new ArrayList<>();
    private final Optional<String> campaign;
    private final ShopEvent.Tracking tracking;

    Session(String id, Visitor visitor, List<Trial.Assignment> assignments, Draws draws) {
        this.id = id;
        this.visitor = visitor;
        this.assignments = assignments;
        this.draws = draws;
        this.campaign = draws.chance(0.25)
                ? Optional.of(draws.oneOf("spring_sale_email", "spring_sale_search", "newsletter", "partner"))
                : Optional.empty();
        this.tracking = tracking(visitor, draws);
    }

    /** The rows from the landing page on, in order. */
    List<ShopEvent> events(Instant start) {
        Instant now = page(start, ShopDay.VISIT, "/");
        for (int i = draws.repeats(0.5, 4); i > 0; i--) {
            now = search(now);
        }
        String category = draws.oneOf("clothing", "electronics", "garden", "books");
        String product = "/p/" + category + "/" + draws.below(500);
        for (int i = draws.repeats(0.65, 6); i > 0; i--) {
            now = shopping(now, "product_view", product, category, Optional.empty());
        }
        if (draws.chance(CART)) {
            now = shopping(now, ShopDay.ADD_TO_CART, product + "/add", category, Optional.empty());
            if (draws.chance(CHECKOUT * visitor.eagerness() * factor(Factor.CHECKOUTS))) {
                now = shopping(now, "checkout", "/checkout/done", category, Optional.of(orderCents()));
            }
        }
        if (draws.chance(0.04)) {
            add(now, "support", "/help", Optional.empty(), Optional.empty(), Optional.empty());
        }
        return events;
    }

    private static ShopEvent.Tracking tracking(Visitor visitor, Draws draws) {
        if (draws.chance(0.005)) {
            return ShopEvent.Tracking.ANONYMOUS;
        }
        return visitor.hasApp() && draws.chance(0.03) ? ShopEvent.Tracking.NEXT_DAY : ShopEvent.Tracking.SAME_DAY;
    }

    private long orderCents() {
        double cents = draws.lognormal(4_500, ORDER_SIGMA) * visitor.spending() * factor(Factor.ORDER_VALUE);
        return draws.whole(draws.chance(OUTLIER) ? cents * OUTLIER_FACTOR : cents);
    }

    private Instant page(Instant at, String name, String page) {
        return add(at, name, page, Optional.empty(), Optional.empty(), latency(1));
    }

    private Instant search(Instant at) {
        return add(
                at,
                "search",
                "/search?q=" + draws.oneOf("shoes", "lamp", "phone", "tent"),
                Optional.empty(),
                Optional.empty(),
                latency(1.5 * factor(Factor.SEARCH_LATENCY)));
    }

    private Instant shopping(Instant at, String name, String page, String category, Optional<Long> cents) {
        return add(at, name, page, Optional.of(category), cents, latency(1));
    }

    private Optional<Long> latency(double factor) {
        return Optional.of(draws.whole(draws.lognormal(180, 0.5) * factor));
    }

    private Instant add(
            Instant at,
            String name,
            String page,
            Optional<String> category,
            Optional<Long> cents,
            Optional<Long> latency) {
        events.add(new ShopEvent(id, events.size(), at, name, page, category, cents, latency, campaign, tracking));
        return at.plusMillis(2_000 + draws.below(120_000));
    }

    private double factor(Factor factor) {
        return assignments.stream()
                .map(Trial.Assignment::arm)
                .mapToDouble(arm -> factor.of(arm))
                .reduce(1, (a, b) -> a * b);
    }

    /** What a trial can change. */
    private enum Factor {
        CHECKOUTS,
        ORDER_VALUE,
        SEARCH_LATENCY;

        double of(Trial.Arm arm) {
            return switch (this) {
                case CHECKOUTS -> arm.checkouts();
                case ORDER_VALUE -> arm.orderValue();
                case SEARCH_LATENCY -> arm.searchLatency();
            };
        }
    }
}
