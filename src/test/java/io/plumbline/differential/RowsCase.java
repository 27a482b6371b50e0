package io.plumbline.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random metric of a type that has a script of its own.
 *
 * @param keys of its definition, but for name and breakdowns
 * @param fragments of its script
 */
record RowsCase(String name, List<String> keys, List<String> breakdowns, Map<String, String> fragments) {

    private static final List<List<String>> BREAKDOWNS =
            List.of(List.of(), List.of("country"), List.of("tier", "country"), List.of("tier"), List.of());

    private static final List<String> PROBABILITIES =
            List.of("0.5", "0.9", "0.95", "0.99", "0.995", "0.25", "0.1", "0.01", "0.333", "0.75");

    private static final List<Span> WINDOWS = Stream.concat(
                    Stream.of(Span.ALL, Span.ALL),
                    Stream.concat(
                            MetricCases.WINDOWS.stream(),
                            MetricCases.WINDOWS.stream()
                                    .filter(w -> w.to() != null)
                                    .map(Span::matured)))
            .toList();

    static RowsCase percentile(int number, Dice dice) {
        Side side = dice.of(List.of(
                Side.sum("events", "amount"),
                Side.sum("events", "amount", dice.of(Condition.everyOperator())),
                Side.sum("events", "price", dice.of(Condition.everyOperator())),
                Side.sum("events", "cents / 100.0", Condition.event(dice.of(Traps.EVENTS))),
                Side.sum("events", "tier"),
                Side.sum("payments", "fee")));
        Span window = dice.of(WINDOWS);
        String p = dice.of(PROBABILITIES);
        Side valued = side.in(window);
        List<String> breakdowns = side.source().equals("events") ? dice.of(BREAKDOWNS) : List.of();
        Map<String, String> fragments = fragments(valued, breakdowns);
        fragments.put("value", side.value());
        fragments.put("p", p);
        fragments.put("z", "1.959963984540054");
        fragments.put("window", window.sql(false));
        int bake = dice.chance(0.25) ? dice.between(1, 2) : 0;
        String baked = "j.day <= DATE '{as_of}' - " + bake + " AND a.d0 <= DATE '{as_of}' - " + bake;
        fragments.put("matured", baked + (window.onlyMatured() ? " AND " + matured(window, bake) : ""));
        List<String> keys = new ArrayList<>(List.of("type: percentile", "percentile: " + p));
        if (bake > 0) {
            keys.add("bake_days: " + bake);
        }
        keys.addAll(valued.keys());
        return named("percentile_" + number, keys, breakdowns, fragments);
    }

    static RowsCase retention(int number, Dice dice) {
        Side start = rows(dice);
        Side completion = dice.chance(0.5) ? start : rows(dice);
        int end = dice.between(1, 4);
        int length = dice.between(1, end);
        boolean events = start.source().equals("events") && completion.source().equals("events");
        List<String> breakdowns = events ? dice.of(BREAKDOWNS) : List.of();
        Map<String, String> fragments = fragments(start, breakdowns);
        fragments.put("completion_source", completion.source());
        fragments.put("completion_condition", completion.condition());
        fragments.put("end", String.valueOf(end));
        fragments.put("length", String.valueOf(length));
        List<String> keys = new ArrayList<>(List.of(
                "type: retention",
                "start: {" + text(start) + "}",
                "completion: {" + text(completion) + "}",
                "end: " + end + "d"));
        if (length > 1 || dice.chance(0.5)) {
            keys.add("length: " + length + "d");
        }
        return named("retention_" + number, keys, breakdowns, fragments);
    }

    private static Side rows(Dice dice) {
        return dice.of(List.of(
                Side.count("events"),
                Side.count("events", Condition.event(dice.of(Traps.EVENTS))),
                Side.count("events", dice.of(Condition.everyOperator())),
                Side.count("payments"),
                Side.count("visits")));
    }

    private static String text(Side side) {
        return String.join(", ", side.keys());
    }

    /** Whether the window was over at the end of the last day that is baked. */
    private static String matured(Span window, int bake) {
        return "epoch_us(a.t0) + " + Span.micros(String.valueOf(window.to()))
                + " <= epoch_us(timezone('{zone}', (DATE '{as_of}' + 1 - " + bake + ")::TIMESTAMP))";
    }

    private static Map<String, String> fragments(Side side, List<String> breakdowns) {
        Map<String, String> fragments = new LinkedHashMap<>();
        fragments.put("source", side.source());
        fragments.put("condition", side.condition());
        fragments.put(
                "slices",
                Stream.concat(
                                Stream.of("{'dimension': '', 'label': ''}"),
                                breakdowns.stream()
                                        .map(column -> "{'dimension': '" + column + "', 'label': coalesce(j." + column
                                                + "::VARCHAR, '(unknown)')}"))
                        .collect(Collectors.joining(", ")));
        return fragments;
    }

    private static RowsCase named(
            String name, List<String> keys, List<String> breakdowns, Map<String, String> fragments) {
        fragments.put("metric", name);
        return new RowsCase(name, keys, breakdowns, fragments);
    }

    boolean usesVisits() {
        return fragments.containsValue("visits");
    }

    String yaml() {
        return "  - {name: " + name + ", " + String.join(", ", keys)
                + (breakdowns.isEmpty() ? "" : ", breakdowns: " + breakdowns) + "}\n";
    }
}
