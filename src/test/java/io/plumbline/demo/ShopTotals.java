package io.plumbline.demo;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.covar_samp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Totals per visitor and their moments per group, by plain Spark: a second opinion on the shop's planted effects. */
final class ShopTotals {

    /** Metric → its numerator and denominator among the totals below. */
    static final Map<String, List<String>> METRICS = Map.of(
            "checkouts", List.of("checkouts", "one"),
            "carts", List.of("carts", "one"),
            "revenue", List.of("revenue", "one"),
            "order_value", List.of("revenue", "checkouts"),
            "checkouts_per_cart", List.of("checkouts", "carts"),
            "search_latency", List.of("latency", "searches"));

    private static final Map<String, String> TOTALS = Map.of(
            "checkouts", "count_if(event = 'checkout')",
            "carts", "count_if(event = 'add_to_cart')",
            "revenue", "coalesce(sum(revenue_cents), 0) / 100",
            "latency", "coalesce(sum(latency_ms) FILTER (WHERE event = 'search'), 0)",
            "searches", "count_if(event = 'search')");

    private ShopTotals() {}

    /** One row per experiment and group: {@code n}, and means and covariances of each metric's two sides. */
    static Dataset<Row> of(Shop shop) {
        Dataset<Row> exposed = shop.exposures()
                .groupBy("experiment", "visitor_id")
                .agg(
                        expr("min(exposed_at) AS t0"),
                        expr("min(group_name) AS group_name"),
                        expr("max(group_name) AS last"))
                .filter("group_name = last");
        Dataset<Row> events = shop.events().withColumnRenamed("visitor_id", "id");
        Column counted = col("id")
                .equalTo(col("visitor_id"))
                .and(col("event_time").geq(col("t0")))
                .and(expr("experiment <> 'free_shipping' OR ds <= DATE'2026-03-11'"));
        List<Column> totals = new ArrayList<>(List.of(lit(1).as("one")));
        TOTALS.forEach((name, sql) -> totals.add(expr(sql).as(name)));
        List<Column> moments = new ArrayList<>(List.of(count(lit(1)).as("n")));
        METRICS.forEach((metric, sides) -> {
            Column x = col(sides.get(0));
            Column y = col(sides.get(1));
            moments.addAll(List.of(avg(x).as(metric + "_x"), avg(y).as(metric + "_y")));
            moments.addAll(List.of(
                    covar_samp(x, x).as(metric + "_xx"),
                    covar_samp(x, y).as(metric + "_xy"),
                    covar_samp(y, y).as(metric + "_yy")));
        });
        return exposed.join(events, counted, "left")
                .groupBy("experiment", "group_name", "visitor_id")
                .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new))
                .groupBy("experiment", "group_name")
                .agg(moments.get(0), moments.subList(1, moments.size()).toArray(Column[]::new));
    }

    /** How far a group is from where the effect puts it, in standard errors of the log of the ratio to the control. */
    static double distance(Row control, Row group, PlantedEffect effect) {
        double log = Math.log(mean(group, effect.metric()) / mean(control, effect.metric()));
        double expected = Math.log1p(effect.relativeEffect());
        return (log - expected) / Math.sqrt(variance(control, effect.metric()) + variance(group, effect.metric()));
    }

    private static double mean(Row row, String metric) {
        return value(row, metric + "_x") / value(row, metric + "_y");
    }

    /** Of the log of a ratio of means, by the delta method. */
    private static double variance(Row row, String metric) {
        double x = value(row, metric + "_x");
        double y = value(row, metric + "_y");
        double sum = value(row, metric + "_xx") / (x * x)
                - 2 * value(row, metric + "_xy") / (x * y)
                + value(row, metric + "_yy") / (y * y);
        return sum / row.<Long>getAs("n");
    }

    private static double value(Row row, String column) {
        return row.<Double>getAs(column);
    }
}
