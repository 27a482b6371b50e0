package io.plumbline.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random metrics of {@link ValueKind}s with modifiers, and the SQL of their sides. */
final class VariantValues {

    private static final List<String> KINDS = List.of(
            ValueKind.DISTINCT, ValueKind.MIN, ValueKind.MAX, ValueKind.FIRST, ValueKind.LATEST, ValueKind.RECORD);

    private VariantValues() {}

    static Variant one(Dice dice, String name, int number) {
        int kind = number % (KINDS.size() + 1);
        if (kind == KINDS.size()) {
            Variant.Part valued = part(dice, dice.of(KINDS));
            Variant.Part counted = Variant.part(dice, dice.of(List.of("count", "any")));
            List<Variant.Part> sides = dice.chance(0.5) ? List.of(valued, counted) : List.of(counted, valued);
            return new Variant(
                    name, "ratio", sides, Map.of("denominator_policy", dice.of(List.of("participating", "all_units"))));
        }
        Variant.Part side = part(dice, KINDS.get(kind));
        Map<String, String> ofMetric = new LinkedHashMap<>();
        if (ValueKind.isOneValue(side.kind())) {
            ofMetric.put("population", dice.of(List.of("all", "participating")));
        }
        if (!side.kind().equals(ValueKind.RECORD) && dice.chance(0.3)) {
            ofMetric.put("threshold", dice.of(List.of("{at_least: 2}", "{more_than: 1.5}", "{at_least: 0}")));
        }
        return new Variant(name, side.type(), List.of(side), ofMetric);
    }

    private static Variant.Part part(Dice dice, String kind) {
        Variant.Part plain = Variant.part(dice, kind);
        boolean record = kind.equals(ValueKind.RECORD);
        String value = switch (plain.source()) {
            case "events" ->
                kind.equals(ValueKind.DISTINCT)
                        ? dice.of(List.of("country", "tier", "note", "happened_at"))
                        : dice.of(List.of("amount", "cents", "amount * 2"));
            case "payments" -> kind.equals(ValueKind.DISTINCT) ? "country" : "fee";
            default -> kind.equals(ValueKind.DISTINCT) ? "country" : "minutes";
        };
        return new Variant.Part(
                plain.source(),
                kind,
                record ? "" : value,
                plain.filter(),
                plain.from(),
                plain.to(),
                plain.matured(),
                plain.bake(),
                "",
                record || dice.chance(0.7) ? "" : dice.of(List.of("{upper: 0.8}", "{lower: 0.25, upper: 0.75}")));
    }

    /** The value of a day over its rows {@code r}: a number, or for distinct values a list. */
    static String ofDay(Variant.Part side) {
        String moment = side.isDaily() ? "r.day" : "r.instant";
        String raw = "r." + side.value();
        String value = "(" + raw + ")::DOUBLE";
        String known = " FILTER (isfinite(" + value + "))";
        String passes = "(coalesce(" + passes(side) + ", false))::INT::DOUBLE";
        return switch (side.kind()) {
            case ValueKind.DISTINCT -> "list(DISTINCT " + raw + ") FILTER (" + raw + " IS NOT NULL)";
            case ValueKind.MIN -> "min(" + value + ")" + known;
            case ValueKind.MAX -> "max(" + value + ")" + known;
            case ValueKind.FIRST -> "(list(" + value + " ORDER BY " + moment + ", " + value + ")" + known + ")[1]";
            case ValueKind.LATEST ->
                "(list(" + value + " ORDER BY " + moment + " DESC, " + value + " DESC)" + known + ")[1]";
            default -> "(list(" + passes + " ORDER BY " + moment + " DESC, " + passes + " DESC))[1]";
        };
    }

    /** The value of a unit over its days' {@code v}. */
    static String ofDays(Variant.Part side) {
        return switch (side.kind()) {
            case ValueKind.DISTINCT -> "len(list_distinct(flatten(list(v) FILTER (v IS NOT NULL))))";
            case ValueKind.MIN -> "min(v)";
            case ValueKind.MAX -> "max(v)";
            case ValueKind.FIRST -> "arg_min(v, day) FILTER (v IS NOT NULL)";
            default -> "arg_max(v, day) FILTER (v IS NOT NULL)";
        };
    }

    /** Which rows are looked at: of latest rows all, and then whether the latest passes. */
    static String taken(Variant.Part side) {
        return side.kind().equals(ValueKind.RECORD) ? "true" : passes(side);
    }

    private static String passes(Variant.Part side) {
        return side.filter().isEmpty() ? "true" : "r.event = '" + side.filter() + "'";
    }
}
