package io.plumbline.differential;

import static io.plumbline.differential.MetricCase.ratio;
import static io.plumbline.differential.MetricCase.single;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Random metrics of distinct values, single values and latest rows, and ratios of them: any source, value, filters, window,
 * threshold, winsorization, population and breakdowns.
 */
final class ValueCases {

    /** Variants of each kind in a project of every build; {@link #RATIOS} ratios come on top. */
    static final int VARIANTS = 4;

    /** Variants of each kind in larger projects. */
    static final int MORE_VARIANTS = 8;

    static final int RATIOS = 12;

    private static final List<String> KINDS = List.of(
            ValueKind.DISTINCT,
            ValueKind.DISTINCT_NUMBER,
            ValueKind.SKETCH,
            ValueKind.MIN,
            ValueKind.MAX,
            ValueKind.FIRST,
            ValueKind.LATEST,
            ValueKind.RECORD);

    private static final List<String> SOURCES = List.of("events", "events", "events", "payments", "visits");

    private static final Map<String, List<String>> NUMBERS = Map.of(
            "events", List.of("amount", "price", "cents", "tier", "amount * 2", "CASE WHEN flag THEN amount END"),
            "payments", List.of("fee", "fee - 1"),
            "visits", List.of("minutes"));

    private static final Map<String, List<String>> FLOATING = Map.of(
            "events", List.of("amount", "price", "amount * 2"),
            "payments", List.of("fee", "fee - 1"),
            "visits", List.of("minutes"));

    private static final Map<String, List<String>> OTHERS = Map.of(
            "events",
                    List.of("event", "country", "note", "tier", "cents", "flag", "signup", "happened_at", "cents % 7"),
            "payments", List.of("country", "ok", "paid_at"),
            "visits", List.of("country"));

    private static final List<List<String>> BREAKDOWNS =
            List.of(List.of(), List.of(), List.of("country"), List.of("tier", "country"));

    private static final List<Span> DAY_WINDOWS =
            List.of(Span.of("0d", "1d"), Span.of("1d", "3d"), Span.of("1d", null), Span.of("2d", null));

    private static final List<Side.Limits> LIMITS = List.of(
            new Side.Limits("", "0.9", "nonzero"),
            new Side.Limits("0.2", "0.8", "all"),
            new Side.Limits("0.3", "", "nonzero"),
            new Side.Limits("0.1", "0.95", "nonzero"));

    private final Dice dice;

    private ValueCases(Dice dice) {
        this.dice = dice;
    }

    static List<MetricCase> of(Dice dice, int variants) {
        ValueCases random = new ValueCases(dice);
        List<MetricCase> cases = new ArrayList<>();
        for (String kind : KINDS) {
            for (int i = 0; i < variants; i++) {
                cases.add(random.alone(kind + "_" + i, kind));
            }
        }
        for (int i = 0; i < RATIOS; i++) {
            cases.add(random.ofTwo("ratio_" + i));
        }
        return cases;
    }

    private MetricCase alone(String name, String kind) {
        Side side = side(kind);
        MetricCase metric = single(name, side.type(), kind.equals(ValueKind.RECORD) ? side : limited(side))
                .of(population())
                .by(breakdowns(side));
        boolean hasThreshold = !kind.equals(ValueKind.RECORD) && dice.chance(0.25);
        return hasThreshold
                ? metric.threshold(dice.of(List.of("at_least: 0", "more_than: 1", "at_least: 3", "more_than: -2.5")))
                : metric;
    }

    private MetricCase ofTwo(String name) {
        Side upper = dice.chance(0.25) ? Side.sum("events", "amount") : limited(side(dice.of(KINDS)));
        Side lower = dice.chance(0.25) ? Side.count("events") : limited(side(dice.of(KINDS)));
        boolean sameSource = upper.source().equals(lower.source());
        return ratio(name, upper, lower, population()).by(sameSource ? breakdowns(upper) : List.of());
    }

    private Side side(String kind) {
        String source = dice.of(SOURCES);
        return new Side(source, kind, value(kind, source), filters(source), span(source), Side.Limits.NONE);
    }

    private String value(String kind, String source) {
        return switch (kind) {
            case ValueKind.RECORD -> "";
            case ValueKind.DISTINCT, ValueKind.SKETCH -> dice.of(OTHERS.getOrDefault(source, List.of()));
            case ValueKind.DISTINCT_NUMBER -> dice.of(FLOATING.getOrDefault(source, List.of()));
            default -> dice.of(NUMBERS.getOrDefault(source, List.of()));
        };
    }

    private List<Condition> filters(String source) {
        if (dice.chance(0.4)) {
            return List.of();
        }
        return switch (source) {
            case "events" -> List.of(dice.of(Condition.everyOperator()));
            case "payments" -> List.of(Condition.of("ok", "is_true", "", "ok = true"));
            default -> List.of(Condition.of("country", "eq", "DE", "country = 'DE'"));
        };
    }

    private Span span(String source) {
        if (dice.chance(0.5)) {
            return Span.ALL;
        }
        Span span = dice.of(source.equals("visits") ? DAY_WINDOWS : MetricCases.WINDOWS);
        return span.to() != null && dice.chance(0.4) ? span.matured() : span;
    }

    private Side limited(Side side) {
        if (side.kind().equals(ValueKind.RECORD) || dice.chance(0.7)) {
            return side;
        }
        Side.Limits limits = dice.of(LIMITS);
        return side.limited(limits.lower(), limits.upper(), limits.population());
    }

    private String population() {
        return dice.of(List.of("participating", "all_units"));
    }

    private List<String> breakdowns(Side side) {
        return side.source().equals("events") ? dice.of(BREAKDOWNS) : dice.of(List.of(List.of("country"), List.of()));
    }
}
