package io.plumbline.definition;

import io.plumbline.metric.FilterOp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The keys of metrics, their sides, filters and options. */
final class MetricShapes {

    private static final Kind SOURCE = ReferenceKind.METRIC_SOURCE;
    private static final Kind ROLLUP =
            Kinds.choice("one_time_event", "daily_participation", "custom_window", "latest_value");

    /** Types whose unit value is one number of one component, with all modifiers. */
    private static final String[] TOTALS = {
        "count", "sum", "count_distinct", "min", "max", "first_value", "latest_value"
    };

    private static final String[] ONE_SOURCE = with(TOTALS, "mean", "unit_count", "percentile");
    private static final String[] WINDOWED = with(ONE_SOURCE, "ratio");
    private static final String[] TYPES = with(WINDOWED, "retention", "funnel");
    private static final String[] RATIO_SIDES = with(TOTALS, "unit_count");

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

    static final Shape SELECTION = Shape.of(
            "selection",
            "The rows of a source that pass some filters.",
            Key.required("source", SOURCE, "name of a metric source"),
            filters());

    static final Shape LOG = Shape.of(
            "log",
            "Takes the logarithm of positive totals; units without a positive total leave.",
            Key.required("base", Kinds.BASE, "e, 2, 10 or another number above 1"));

    static final Shape MEAN_SIDE = Shape.of(
            "mean_side",
            "Options of one side of a mean.",
            Key.optional("winsorize", Kinds.shaped(WINSORIZE), WINSORIZE.description()));

    static final Shape RATIO_SIDE = Shape.of(
            "ratio_side",
            "One side of a ratio.",
            Key.required(Shape.TYPE, Kinds.choice(RATIO_SIDES), "what is added up per unit"),
            Key.required("source", SOURCE, "name of a metric source"),
            value("sum", "count_distinct", "min", "max", "first_value", "latest_value"),
            approximate(),
            Key.required("rollup", ROLLUP, "how a unit's days become its value").onlyFor("unit_count"),
            filters(),
            window(RATIO_SIDES),
            bakeDays(RATIO_SIDES),
            cap(),
            Key.optional("winsorize", Kinds.shaped(WINSORIZE), WINSORIZE.description())
                    .onlyFor(TOTALS));

    static final Shape STEP = Shape.of(
            "step",
            "A step of a funnel.",
            Key.required("name", Kinds.NAME, "unique within the funnel"),
            Key.required("source", SOURCE, "name of a metric source"),
            filters(),
            Key.optional("within", Kinds.DURATION, "the longest time after the step before"));

    static final Shape METRIC = Kinds.definition("metric", "A measure of behaviour by which experiments are judged.")
            .and(
                    Key.required(Shape.TYPE, Kinds.choice(TYPES), "what the metric is"),
                    Key.required("source", SOURCE, "name of a metric source").onlyFor(ONE_SOURCE),
                    value("sum", "mean", "count_distinct", "min", "max", "first_value", "latest_value", "percentile"),
                    approximate(),
                    Key.required("percentile", Kinds.ALPHA, "share of the values below, such as 0.95")
                            .onlyFor("percentile"),
                    Key.required("rollup", ROLLUP, "how a unit's days become its value")
                            .onlyFor("unit_count"),
                    filters().onlyFor(ONE_SOURCE),
                    window(with(WINDOWED, "funnel")),
                    bakeDays(WINDOWED),
                    cap(),
                    Key.optional("threshold", Kinds.shaped(THRESHOLD), THRESHOLD.description())
                            .onlyFor(TOTALS),
                    Key.optional("winsorize", Kinds.shaped(WINSORIZE), WINSORIZE.description())
                            .onlyFor(TOTALS),
                    Key.optional(
                                    "population",
                                    Kinds.choice("all", "participating"),
                                    "whether units without a value count as 0, the default of first_value and"
                                            + " latest_value, or not at all, that of min and max")
                            .onlyFor("min", "max", "first_value", "latest_value"),
                    Key.optional("log", Kinds.shaped(LOG), LOG.description()).onlyFor("count", "sum"),
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
                    Key.required("start", Kinds.shaped(SELECTION), "rows whose days are start days")
                            .onlyFor("retention"),
                    Key.required("completion", Kinds.shaped(SELECTION), "rows that tell that a unit came back")
                            .onlyFor("retention"),
                    Key.required("end", Kinds.DAYS, "the last day to come back on, counted from the start day")
                            .onlyFor("retention"),
                    Key.optional("length", Kinds.DAYS, "number of days to come back on, up to the end; default 1d")
                            .onlyFor("retention"),
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

    private static String[] with(String[] types, String... more) {
        return Stream.concat(Stream.of(types), Stream.of(more)).toArray(String[]::new);
    }

    private static Shape filter() {
        return FILTER;
    }

    private static Key value(String... types) {
        return Key.required("value", SqlKind.ROW_EXPRESSION, "SQL expression over one row")
                .onlyFor(types);
    }

    private static Key approximate() {
        return Key.optional(
                        "approximate",
                        Kinds.FLAG,
                        "true to count by a sketch of bounded size, with a relative standard error of 1.6 %")
                .onlyFor("count_distinct");
    }

    private static Key filters() {
        return Key.optional("filters", Kinds.listOf(new Kind.Shaped(MetricShapes::filter)), "all must be true");
    }

    private static Key bakeDays(String... types) {
        return Key.optional(
                        "bake_days", Kinds.WHOLE, "how many days old a day must be to be read, until data are complete")
                .onlyFor(types);
    }

    private static Key cap() {
        return Key.optional(
                        "cap", Kinds.POSITIVE, "what a unit's value of one day is limited to, before days are added")
                .onlyFor("count", "sum");
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
