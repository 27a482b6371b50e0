package io.plumbline.differential;

import static io.plumbline.differential.Condition.event;
import static io.plumbline.differential.MetricCase.mean;
import static io.plumbline.differential.MetricCase.ratio;
import static io.plumbline.differential.MetricCase.single;

import java.util.ArrayList;
import java.util.List;

/** The metrics of a random project: every type, every modifier and every operator, over random windows and breakdowns. */
final class MetricCases {

    /** Windows over instants; the data have rows on both sides of each of their ends. */
    static final List<Span> WINDOWS = List.of(
            Span.of("0d", "1d"),
            Span.of("1d", "2d"),
            Span.of("6h", "30h"),
            Span.of("90m", null),
            Span.of("0h", "36h"),
            Span.of("1d", null),
            Span.of("12h", "3d"));

    private static final List<Span> DAY_WINDOWS =
            List.of(Span.of("0d", "1d"), Span.of("1d", "3d"), Span.of("1d", null));

    private static final List<List<String>> BREAKDOWNS =
            List.of(List.of(), List.of("country"), List.of("tier", "country"), List.of("tier"), List.of());

    private final Dice dice;
    private final List<MetricCase> cases = new ArrayList<>();

    private MetricCases(Dice dice) {
        this.dice = dice;
    }

    static List<MetricCase> of(Dice dice) {
        MetricCases all = new MetricCases(dice);
        all.counts();
        all.sums();
        all.means();
        all.unitCounts();
        all.ratios();
        all.dates();
        return all.cases;
    }

    private void add(MetricCase metric) {
        boolean shared = metric.sides().stream().allMatch(side -> side.source().equals("events"));
        cases.add(metric.by(shared ? dice.of(BREAKDOWNS) : dice.of(List.of(List.of("country"), List.of()))));
    }

    private Span window() {
        return dice.of(WINDOWS);
    }

    private Span matured() {
        return dice.of(WINDOWS.stream().filter(w -> w.to() != null).toList()).matured();
    }

    private Span anySpan() {
        return dice.chance(0.5) ? Span.ALL : dice.chance(0.6) ? window() : matured();
    }

    private void counts() {
        List<Condition> operators = Condition.everyOperator();
        for (int i = 0; i < operators.size(); i++) {
            add(single(
                    "count_" + i,
                    "count",
                    Side.count("events", operators.get(i)).in(anySpan())));
        }
        Condition any = Condition.anyOf(operators.get(5), operators.get(11), Condition.anyOf(operators.get(17)));
        add(single("count_any", "count", Side.count("events", any, operators.get(12))));
        add(single("count_sql", "count", Side.count("events", Condition.sql("amount > tier OR country = 'DE'"))));
        add(single("count_everything", "count", Side.count("events").limited("0.1", "0.75", "all")));
        add(single("count_often", "count", Side.count("events", event("visit")).in(window()))
                .threshold("more_than: 1"));
        add(single("count_zero", "count", Side.count("payments").limited("", "0.9", "nonzero"))
                .threshold("at_least: 0"));
    }

    private void sums() {
        add(single("sum_amount", "sum", Side.sum("events", "amount").in(anySpan())));
        add(single("sum_price", "sum", Side.sum("events", "price", event("purchase"))));
        add(single("sum_dollars", "sum", Side.sum("events", "cents / 100.0", event(Traps.EVENTS.get(2)))));
        add(single(
                "sum_matured", "sum", Side.sum("events", "amount").in(matured()).limited("", "0.8", "nonzero")));
        add(single("sum_both", "sum", Side.sum("events", "amount * 2").limited("0.2", "0.95", "all")));
        add(single("sum_lower", "sum", Side.sum("events", "amount").limited("0.3", "", "nonzero")));
        add(single("sum_least_zero", "sum", Side.sum("events", "amount", event("purchase")))
                .threshold("at_least: 0"));
        add(single("sum_least_debt", "sum", Side.sum("payments", "fee").in(window()))
                .threshold("at_least: -2.5"));
        add(single("sum_more", "sum", Side.sum("payments", "fee", Condition.of("ok", "is_true", "", "ok = true")))
                .threshold("more_than: 3"));
    }

    private void means() {
        add(mean("mean_amount", Side.sum("events", "amount").in(anySpan()), Side.Limits.NONE));
        add(mean("mean_price", Side.sum("events", "price", event("visit")), Side.Limits.NONE));
        add(mean(
                "mean_upper",
                Side.sum("events", "CASE WHEN flag THEN amount ELSE 0.5 END").limited("", "0.9", "nonzero"),
                new Side.Limits("", "0.8", "nonzero")));
        add(mean("mean_all", Side.sum("payments", "fee").limited("0.1", "0.9", "all"), Side.Limits.NONE));
        add(mean("mean_counts", Side.sum("events", "abs(amount)").in(window()), new Side.Limits("0.25", "", "all")));
    }

    private void unitCounts() {
        add(single("once", "unit_count", Side.any("events", event("purchase"))));
        add(single("active", "unit_count", Side.share("events")));
        add(single("active_buying", "unit_count", Side.share("payments")));
        add(single("in_window", "unit_count", Side.any("events").in(window())));
        add(single(
                "in_window_matured",
                "unit_count",
                Side.any("events", event("visit")).in(matured())));
    }

    private void ratios() {
        Side visits = Side.count("events", event("visit"));
        add(ratio("ratio_same", Side.count("events", event("purchase")).in(anySpan()), visits, "participating"));
        add(ratio("ratio_sums", Side.sum("events", "amount"), Side.sum("events", "cents"), "all_units"));
        add(ratio("ratio_signs", Side.sum("events", "cents"), Side.sum("events", "amount"), "participating"));
        add(ratio(
                "ratio_two",
                Side.sum("payments", "fee").in(window()),
                visits,
                dice.of(List.of("participating", "all_units"))));
        add(ratio(
                "ratio_limits",
                Side.sum("events", "amount").limited("0.1", "0.9", "nonzero"),
                Side.count("payments").limited("", "0.7", "nonzero"),
                dice.of(List.of("participating", "all_units"))));
        add(ratio(
                "ratio_limits_all",
                Side.sum("payments", "fee").limited("", "0.9", "all"),
                visits.limited("0.3", "0.9", "all"),
                dice.of(List.of("participating", "all_units"))));
        add(ratio("ratio_units", Side.share("events"), Side.any("payments"), "all_units"));
        add(ratio(
                "ratio_matured",
                Side.count("events").in(matured()),
                Side.any("events").in(matured()),
                dice.of(List.of("participating", "all_units"))));
    }

    private void dates() {
        Span span = dice.of(DAY_WINDOWS);
        add(single("date_rows", "count", Side.count("visits")));
        add(single("date_minutes", "sum", Side.sum("visits", "minutes").in(span).limited("0.1", "0.9", "nonzero")));
        add(single(
                "date_matured",
                "unit_count",
                Side.any("visits").in(DAY_WINDOWS.get(1).matured())));
        add(single("date_active", "unit_count", Side.share("visits")));
        add(ratio(
                "date_ratio",
                Side.sum("visits", "minutes"),
                Side.count("events").in(window()),
                "participating"));
    }
}
