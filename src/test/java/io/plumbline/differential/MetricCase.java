package io.plumbline.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a random project.
 *
 * @param policy of ratios, and of metrics that have a population: participating or all_units
 * @param threshold such as {@code at_least: 0}; empty for none
 */
record MetricCase(
        String name,
        String type,
        Side numerator,
        @Nullable Side denominator,
        String policy,
        String threshold,
        List<String> breakdowns) {

    static MetricCase single(String name, String type, Side side) {
        return new MetricCase(name, type, side, null, "participating", "", List.of());
    }

    static MetricCase mean(String name, Side sum, Side.Limits ofCounts) {
        return new MetricCase(name, "mean", sum, sum.values(ofCounts), "participating", "", List.of());
    }

    static MetricCase ratio(String name, Side numerator, Side denominator, String policy) {
        return new MetricCase(name, "ratio", numerator, denominator, policy, "", List.of());
    }

    MetricCase of(String population) {
        return new MetricCase(name, type, numerator, denominator, population, threshold, breakdowns);
    }

    MetricCase threshold(String text) {
        return new MetricCase(name, type, numerator, denominator, policy, text, breakdowns);
    }

    MetricCase by(List<String> columns) {
        return new MetricCase(name, type, numerator, denominator, policy, threshold, columns);
    }

    Optional<Side> lower() {
        return Optional.ofNullable(denominator);
    }

    List<Side> sides() {
        return denominator == null ? List.of(numerator) : List.of(numerator, denominator);
    }

    String yaml() {
        List<String> keys = new ArrayList<>(List.of("name: " + name, "type: " + type));
        if (type.equals("ratio")) {
            keys.add("numerator: " + numerator.yaml());
            keys.add("denominator: " + lower().orElseThrow().yaml());
            keys.add("denominator_policy: " + policy);
        } else {
            keys.addAll(numerator.keys());
            keys.addAll(limits());
            if (ValueKind.isOneValue(numerator.kind())) {
                keys.add("population: " + (policy.equals("all_units") ? "all" : policy));
            }
        }
        if (!threshold.isEmpty()) {
            keys.add("threshold: {" + threshold + "}");
        }
        if (!breakdowns.isEmpty()) {
            keys.add("breakdowns: " + breakdowns);
        }
        return "  - {" + String.join(", ", keys) + "}\n";
    }

    private List<String> limits() {
        List<String> keys = new ArrayList<>();
        boolean mean = type.equals("mean");
        if (!numerator.limits().equals(Side.Limits.NONE)) {
            String winsorize = "winsorize: " + numerator.limits().yaml();
            keys.add(mean ? "numerator: {" + winsorize + "}" : winsorize);
        }
        if (mean && !lower().orElseThrow().limits().equals(Side.Limits.NONE)) {
            keys.add(
                    "denominator: {winsorize: " + lower().orElseThrow().limits().yaml() + "}");
        }
        return keys;
    }
}
