package io.plumbline.definition;

import io.plumbline.metric.FilterOp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys of metrics, their sides, filters and options. */
final class MetricShapes {

    private static final Kind SOURCE = ReferenceKind.METRIC_SOURCE;
    private static final Kind ROLLUP = Kinds.choice("one_time_event", "daily_participation", "custom_window");

    static final Shape FILTER = Shape.of(
                    "filter",
                    "A condition on one row; a row passes only when it is true.",
                    Key.optional("column", Kinds.COLUMN, "a column of the source or one of its named expressions"),
                    Key.required("op", ScalarKind.choice(operators()), "the comparison")
                            .onlyWith("column"),
                    Key.optional("values", new Kind.OneOrMore(ScalarKind.literal()), "what the column is compared with")
                            .onlyWith("column"),
                    Key.optional("sql", SqlKind.ROW_EXPRESSION, "a SQL condition over one row"),
                    Key.optional(
                            "any_of", Kinds.someOf(new Kind.Shaped(MetricShapes::filter)), "true when any of these is"))
            .withExactlyOne("column", "sql", "any_of");

    static final Shape COHORT_WINDOW = Shape.of(
            "cohort_window",
            "The half-open span of time since exposure in which rows count.",
            Key.optional("from", Kinds.DURATION, "start; default 0d"),
            Key.optional("to", Kinds.DURATION, "end, exclusive; default none"),
            Key.optional("only_matured", Kinds.FLAG, "true to leave out units whose window has not ended"));

    static final Shape THRESHOLD = Shape.of(
                    "threshold",
                    "Turns a unit's total into 1 or 0.",
                    Key.optional("at_least", Kinds.NUMBER, "1 when the total is this or more"),
                    Key.optional("more_than", Kinds.NUMBER, "1 when the total is more than this"))
            .withExactlyOne("at_least", "more_than");

    static final Shape WINSORIZE = Shape.of(
            "winsorize",
            "Sets totals outside two quantiles to the quantile.",
            Key.optional("lower", Kinds.PROBABILITY, "probability of the lower bound"),
            Key.optional("upper", Kinds.PROBABILITY, "probability of the upper bound"),
            Key.optional("population", Kinds.choice("nonzero", "all"), "whose totals count; default nonzero"));

    static final Shape MEAN_SIDE = Shape.of(
            "mean_side",
            "Options of one side of a mean.",
            Key.optional("winsorize", Kinds.shaped(WINSORIZE), WINSORIZE.description()));

    static final Shape RATIO_SIDE = Shape.of(
            "ratio_side",
            "One side of a ratio.",
            Key.required(Shape.TYPE, Kinds.choice("count", "sum", "unit_count"), "what is added up per unit"),
            Key.required("source", SOURCE, "name of a metric source"),
            value("sum"),
            Key.required("rollup", ROLLUP, "how a unit's days become its value").onlyFor("unit_count"),
            filters(),
            window("count", "sum", "unit_count"),
            Key.optional("winsorize", Kinds.shaped(WINSORIZE), WINSORIZE.description())
                    .onlyFor("count", "sum"));

    static final Shape STEP = Shape.of(
            "step",
            "A step of a funnel.",
            Key.required("name", Kinds.NAME, "unique within the funnel"),
            Key.required("source", SOURCE, "name of a metric source"),
            filters(),
            Key.optional("within", Kinds.DURATION, "the longest time after the step before"));

    static final Shape METRIC = Kinds.definition("metric", "A measure of behaviour by which experiments are judged.")
            .and(
                    Key.required(
                            Shape.TYPE,
                            Kinds.choice("count", "sum", "mean", "unit_count", "ratio", "funnel"),
                            "what the metric is"),
                    Key.required("source", SOURCE, "name of a metric source")
                            .onlyFor("count", "sum", "mean", "unit_count"),
                    value("sum", "mean"),
                    Key.required("rollup", ROLLUP, "how a unit's days become its value")
                            .onlyFor("unit_count"),
                    filters().onlyFor("count", "sum", "mean", "unit_count"),
                    window("count", "sum", "mean", "unit_count", "ratio", "funnel"),
                    Key.optional("threshold", Kinds.shaped(THRESHOLD), THRESHOLD.description())
                            .onlyFor("count", "sum"),
                    Key.optional("winsorize", Kinds.shaped(WINSORIZE), WINSORIZE.description())
                            .onlyFor("count", "sum"),
                    Key.optional("numerator", Kinds.shaped(MEAN_SIDE), "options of the sum of values")
                            .onlyFor("mean"),
                    Key.optional("denominator", Kinds.shaped(MEAN_SIDE), "options of the number of values")
                            .onlyFor("mean"),
                    Key.required("numerator", Kinds.shaped(RATIO_SIDE), "the upper side")
                            .onlyFor("ratio"),
                    Key.required("denominator", Kinds.shaped(RATIO_SIDE), "the lower side")
                            .onlyFor("ratio"),
                    Key.optional(
                                    "denominator_policy",
                                    Kinds.choice("participating", "all_units"),
                                    "whether units without denominator count; default participating")
                            .onlyFor("ratio"),
                    Key.required("steps", Kinds.someOf(Kinds.shaped(STEP)), "the steps in their order")
                            .onlyFor("funnel"),
                    Key.optional(
                                    "order",
                                    Kinds.choice("ordered", "strict", "unordered"),
                                    "how the steps follow each other; default ordered")
                            .onlyFor("funnel"),
                    Key.optional("window", Kinds.DURATION, "the longest time from the start to any step; default none")
                            .onlyFor("funnel"),
                    Key.optional(
                                    "start",
                                    Kinds.choice("first_step", "exposure"),
                                    "what the window is counted from; default first_step")
                            .onlyFor("funnel"),
                    Key.optional(
                                    "attempts",
                                    Kinds.choice("first", "best"),
                                    "whether an abandoned attempt may be tried again; default first")
                            .onlyFor("funnel"),
                    Key.optional("session", Kinds.COLUMN, "the column that all steps of an attempt must share")
                            .onlyFor("funnel"),
                    Key.optional("count", Kinds.choice("units", "sessions"), "what is counted; default units")
                            .onlyFor("funnel"),
                    Key.optional("only_matured", Kinds.FLAG, "true to leave out units whose window has not elapsed")
                            .onlyFor("funnel"),
                    Key.optional("breakdowns", Kinds.listOf(Kinds.COLUMN), "columns by which the metric is also shown"),
                    Key.optional(
                            "desired_change",
                            Kinds.choice("increase", "decrease", "none"),
                            "the direction that is good; default none"));

    private MetricShapes() {}

    private static Shape filter() {
        return FILTER;
    }

    private static Key value(String... types) {
        return Key.required("value", SqlKind.ROW_EXPRESSION, "SQL expression over one row")
                .onlyFor(types);
    }

    private static Key filters() {
        return Key.optional("filters", Kinds.listOf(new Kind.Shaped(MetricShapes::filter)), "all must be true");
    }

    private static Key window(String... types) {
        return Key.optional("cohort_window", Kinds.shaped(COHORT_WINDOW), COHORT_WINDOW.description())
                .onlyFor(types);
    }

    private static List<String> operators() {
        return Arrays.stream(FilterOp.values())
                .map(op -> op.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
