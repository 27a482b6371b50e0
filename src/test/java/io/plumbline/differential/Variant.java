package io.plumbline.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A metric with random modifiers.
 *
 * @param type count, sum, mean, unit_count or ratio
 * @param sides one, or numerator and denominator
 * @param ofMetric threshold, log, denominator policy: keys of the metric itself
 */
record Variant(String name, String type, List<Part> sides, Map<String, String> ofMetric) {

    /** Windows that are not whole days long as well; the data have rows on their edges. */
    private static final List<String> WINDOWS =
            List.of("0d 1d", "1d 2d", "6h 30h", "0h 36h", "12h 3d", "1d -", "90m -", "0d -", "0d -", "0d -");

    private static final List<String> CAPS = List.of("", "", "1", "2.5", "0.3", "7", "40");

    /**
     * One side.
     *
     * @param kind count, sum, values, any, share, or one of {@link ValueKind}
     * @param value empty, or an expression that both engines understand
     * @param filter the name of an event; empty for all rows
     * @param from as definitions write it
     * @param to null for no end
     * @param cap empty for none
     */
    record Part(
            String source,
            String kind,
            String value,
            String filter,
            String from,
            @Nullable String to,
            boolean matured,
            int bake,
            String cap,
            String winsorize) {

        boolean isDaily() {
            return source.equals("visits");
        }

        boolean isWhole() {
            return to == null && Span.micros(from) == 0;
        }

        /** The same rows, counted by their values: the lower side of a mean. */
        Part values() {
            return new Part(source, "values", value, filter, from, to, matured, bake, "", "");
        }

        private Map<String, String> keys() {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put("source", source);
            if (!value.isEmpty()) {
                keys.put("value", value);
            }
            if (kind.equals("any")) {
                keys.put("rollup", isWhole() ? "one_time_event" : "custom_window");
            }
            if (kind.equals("share")) {
                keys.put("rollup", "daily_participation");
            }
            if (kind.equals(ValueKind.RECORD)) {
                keys.put("rollup", "latest_value");
            }
            if (!filter.isEmpty()) {
                keys.put("filters", "[{column: event, op: eq, values: [" + filter + "]}]");
            }
            if (!isWhole()) {
                String end = to == null ? "" : ", to: " + to;
                keys.put("cohort_window", "{from: " + from + end + (matured ? ", only_matured: true" : "") + "}");
            }
            if (bake > 0) {
                keys.put("bake_days", String.valueOf(bake));
            }
            put(keys, "cap", cap);
            put(keys, "winsorize", winsorize);
            return keys;
        }

        private static void put(Map<String, String> keys, String key, String value) {
            if (!value.isEmpty()) {
                keys.put(key, value);
            }
        }

        String type() {
            return kind.equals("any") || kind.equals("share") ? "unit_count" : ValueKind.type(kind);
        }
    }

    static List<Variant> of(Dice dice, int count) {
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            variants.add(one(dice, "m" + i));
        }
        return variants;
    }

    /** Variants of distinct values, single values and latest rows, and of ratios with one of these. */
    static List<Variant> ofValues(Dice dice, int count) {
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            variants.add(VariantValues.one(dice, "v" + i, i));
        }
        return variants;
    }

    private static Variant one(Dice dice, String name) {
        String type = dice.of(List.of("count", "sum", "sum", "mean", "unit_count", "ratio"));
        Map<String, String> ofMetric = new LinkedHashMap<>();
        if (type.equals("ratio")) {
            ofMetric.put("denominator_policy", dice.of(List.of("participating", "all_units")));
            Part upper = part(dice, dice.of(List.of("count", "sum", "any", "share")));
            Part lower = part(dice, dice.of(List.of("count", "sum", "any")));
            return new Variant(name, type, List.of(upper, lower), ofMetric);
        }
        Part side = part(dice, type.equals("unit_count") ? dice.of(List.of("any", "share")) : type);
        if (type.equals("mean")) {
            Part plain = new Part(
                    side.source(),
                    "sum",
                    side.value(),
                    side.filter(),
                    side.from(),
                    side.to(),
                    side.matured(),
                    side.bake(),
                    "",
                    "");
            return new Variant(name, type, List.of(plain, plain.values()), ofMetric);
        }
        boolean total = type.equals("count") || type.equals("sum");
        if (total && dice.chance(0.3)) {
            ofMetric.put("threshold", dice.of(List.of("{at_least: 2}", "{more_than: 1.5}", "{at_least: 0}")));
        } else if (total && !side.winsorize().contains("all") && dice.chance(0.4)) {
            ofMetric.put("log", "{base: " + dice.of(List.of("e", "2", "10", "1.5")) + "}");
        }
        return new Variant(name, type, List.of(side), ofMetric);
    }

    static Part part(Dice dice, String kind) {
        String source = dice.of(List.of("events", "events", "payments", "visits"));
        boolean share = kind.equals("share");
        String window = share ? "0d -" : dice.of(source.equals("visits") ? List.of("0d 1d", "1d 3d", "0d -") : WINDOWS);
        String[] ends = window.split(" ", -1);
        boolean closed = !ends[1].equals("-");
        boolean additive = kind.equals("count") || kind.equals("sum");
        String value = switch (source) {
            case "events" -> dice.of(List.of("amount", "cents / 100.0", "amount * 2"));
            case "payments" -> "fee";
            default -> "minutes";
        };
        String winsorize = additive && dice.chance(0.3)
                ? dice.of(List.of(
                        "{upper: 0.8}", "{lower: 0.1, upper: 0.9, population: all}", "{lower: 0.25, upper: 0.75}"))
                : "";
        return new Part(
                source,
                kind,
                kind.equals("sum") || kind.equals("mean") ? value : "",
                source.equals("events") && dice.chance(0.4) ? dice.of(List.of("purchase", "visit")) : "",
                ends[0],
                closed ? ends[1] : null,
                closed && dice.chance(0.4),
                dice.chance(0.3) ? dice.between(1, 3) : 0,
                additive ? dice.of(CAPS) : "",
                winsorize);
    }

    /** As definitions write it. */
    String yaml() {
        Stream<String> keys = type.equals("ratio")
                ? Stream.of("numerator: " + sideYaml(sides.get(0)), "denominator: " + sideYaml(sides.get(1)))
                : sides.get(0).keys().entrySet().stream().map(Variant::text);
        String all = Stream.of(
                        Stream.of("name: " + name, "type: " + type, "tags: [all]"),
                        keys,
                        ofMetric.entrySet().stream().map(Variant::text))
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "  - {%s}%n", all);
    }

    private static String sideYaml(Part side) {
        return "{type: " + side.type() + ", "
                + side.keys().entrySet().stream().map(Variant::text).collect(Collectors.joining(", ")) + "}";
    }

    private static String text(Map.Entry<String, String> entry) {
        return entry.getKey() + ": " + entry.getValue();
    }
}
