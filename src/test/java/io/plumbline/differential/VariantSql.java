package io.plumbline.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A metric with modifiers as DuckDB's SQL, from the rows of the files.
 *
 * @param lastDay the last day of exposures, and of rows but those of windows that mature
 */
record VariantSql(World world, Variant variant, String experiment, LocalDate lastDay, boolean matures, LocalDate asOf) {

    private static final Pattern PROBABILITY = Pattern.compile("(lower|upper): ([0-9.]+)");

    /** The results of the metric, of the whole time since exposure or of each day since. */
    String results(boolean byDay) {
        Variant.Part upper = variant.sides().get(0);
        boolean hasLower = variant.sides().size() == 2;
        Map<String, String> names = new LinkedHashMap<>();
        names.put("experiment", experiment);
        names.put("metric", variant.name());
        names.put("days", byDay ? "generate_series(0, DATE '" + asOf + "' - d0)" : "[NULL::BIGINT]");
        names.put("counts", variant.sides().stream().map(this::counts).collect(Collectors.joining(" AND ")));
        names.put("x", side(upper));
        names.put("y", side(hasLower ? variant.sides().get(1) : upper));
        names.put("threshold", threshold());
        names.put("y_value", hasLower ? "coalesce(y.v, 0)" : "1");
        names.put("participates", participates(hasLower));
        bounds(names, "x", upper.winsorize());
        bounds(names, "y", hasLower ? variant.sides().get(1).winsorize() : "");
        String base = variant.ofMetric().getOrDefault("log", "");
        names.put("has_scaled", base.isEmpty() ? "true" : "x1 > 0");
        names.put(
                "scaled",
                base.isEmpty()
                        ? "x1"
                        : base.contains("e}") ? "ln(x1)" : "ln(x1) / ln(" + base.replaceAll("[^0-9.]", "") + ")");
        return filled("modifiers/metric.sql", names);
    }

    private String participates(boolean hasLower) {
        if (hasLower) {
            return variant.ofMetric().containsValue("all_units") ? "true" : "y0 <> 0";
        }
        return variant.ofMetric().containsValue("participating") ? "found IS NOT NULL" : "true";
    }

    private static void bounds(Map<String, String> names, String side, String winsorize) {
        Matcher probabilities = PROBABILITY.matcher(winsorize);
        names.put(side + "_lower", "NULL");
        names.put(side + "_upper", "NULL");
        while (probabilities.find()) {
            names.put(side + "_" + probabilities.group(1), probabilities.group(2));
        }
        names.put(
                side + "_member",
                winsorize.isEmpty() ? "false" : winsorize.contains("all") ? "true" : "(x0 <> 0 AND y0 <> 0)");
    }

    /** The last day of which rows are read. */
    LocalDate last(Variant.Part side) {
        LocalDate end = side.to() != null && matures ? asOf : lastDay;
        LocalDate baked = asOf.minusDays(side.bake());
        return baked.isBefore(end) ? baked : end;
    }

    /** Unit and day count: baked, over, and with a window that is over where only these count. */
    String counts(Variant.Part side) {
        String day = "d0 + coalesce(k, 0)::INT <= DATE '" + last(side) + "'";
        String baked = side.bake() == 0 ? "true" : "d0 <= DATE '" + asOf.minusDays(side.bake()) + "'";
        String over = "true";
        if (side.matured()) {
            String to = Objects.requireNonNull(side.to());
            over = side.isDaily()
                    ? "d0 + " + Span.days(to) + " <= DATE '" + last(side) + "' + 1"
                    : "epoch_us(t0) + " + Span.micros(to) + " <= "
                            + world.start(last(side).plusDays(1));
        }
        return "(k IS NULL OR " + day + ") AND " + baked + " AND " + over;
    }

    String threshold() {
        String limit = variant.ofMetric().getOrDefault("threshold", "");
        String number = limit.replaceAll("[^0-9.]", "");
        if (limit.isEmpty()) {
            return "coalesce(x.v, 0)";
        }
        return "(coalesce(x.v, 0) " + (limit.contains("at_least") ? ">=" : ">") + " " + number + ")::INT";
    }

    private String side(Variant.Part side) {
        if (!ValueKind.isValueKind(side.kind())) {
            return filled("modifiers/side.sql", names(side));
        }
        Map<String, String> names = names(side);
        names.put("filter", VariantValues.taken(side));
        names.put("of_day", VariantValues.ofDay(side));
        names.put("of_days", VariantValues.ofDays(side));
        return filled("modifiers/value_side.sql", names);
    }

    /** What the SQL of a side leaves open. */
    Map<String, String> names(Variant.Part side) {
        Map<String, String> names = new LinkedHashMap<>();
        String value = "(r." + side.value() + ")::DOUBLE";
        String days = "(CASE WHEN k IS NULL THEN DATE '" + last(side) + "' - any_value(d0) + 1 ELSE 1 END)";
        names.put("source", side.source());
        names.put("last", "DATE '" + last(side) + "'");
        names.put("cap", side.cap().isEmpty() ? "'Infinity'::DOUBLE" : side.cap() + "::DOUBLE");
        names.put("filter", side.filter().isEmpty() ? "true" : "r.event = '" + side.filter() + "'");
        names.put("window", window(side));
        names.put(
                "of_day",
                switch (side.kind()) {
                    case "sum", "mean" -> "coalesce(fsum(" + value + ") FILTER (isfinite(" + value + ")), 0)";
                    case "values" -> "count(*) FILTER (isfinite(" + value + "))";
                    default -> "count(*)::DOUBLE";
                });
        names.put(
                "of_days",
                switch (side.kind()) {
                    case "any" -> "1";
                    case "share" -> "count(DISTINCT day) / " + days;
                    default -> "fsum(v)";
                });
        return names;
    }

    private static String window(Variant.Part side) {
        if (side.isDaily()) {
            return "r.day >= p.d0 + " + Span.days(side.from())
                    + (side.to() == null ? "" : " AND r.day < p.d0 + " + Span.days(side.to()));
        }
        return "epoch_us(r.instant) >= epoch_us(p.t0) + " + Span.micros(side.from())
                + (side.to() == null ? "" : " AND epoch_us(r.instant) < epoch_us(p.t0) + " + Span.micros(side.to()));
    }

    /** A file beside this class with its names replaced. */
    static String filled(String file, Map<String, String> names) {
        try (InputStream in = VariantSql.class.getResourceAsStream(file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> name : names.entrySet()) {
                text = text.replace("{" + name.getKey() + "}", name.getValue());
            }
            return text;
        } catch (IOException failure) {
            throw new IllegalStateException(file, failure);
        }
    }

    /** Names of the columns that say which result a row is. */
    static List<String> keys() {
        return List.of("experiment", "metric", "day_index", "group_name");
    }
}
